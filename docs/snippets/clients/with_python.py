import os

from todo_client import AuthenticatedClient
from todo_client.api.todos import todo_kit_create_todo, todo_kit_update_todo
from todo_client.models import FixedValue, Problem, TodoCreate, TodoRead, TodoUpdate

client = AuthenticatedClient(base_url=os.environ["API_URL"], token=os.environ["TOKEN"])

due = FixedValue(datetime_="2031-01-11T09:00:00", timezone="Europe/Berlin")
todo = todo_kit_create_todo.sync(client=client, body=TodoCreate(title="Renew the passport", due=due))
if isinstance(todo, Problem):
    raise SystemExit(f"{todo.code}: {todo.detail} ({todo.request_id})")
assert todo is not None  # None is an answer that the document does not know

# Only a time with a zone is a moment; one without is a wall clock wherever its reader is, and a date a whole day.
if isinstance(todo.due, FixedValue):
    print(todo.title, todo.due.datetime_, todo.due.timezone)

changed = todo_kit_update_todo.sync(
    todo_id=todo.id, client=client, body=TodoUpdate(due=None), if_match=f'"{todo.version}"'
)
print(changed.due if isinstance(changed, TodoRead) else changed)
