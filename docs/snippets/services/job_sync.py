from zoneinfo import ZoneInfo

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import TodoKitSettings, sync_todo_services
from fastapi_todo_kit.schemas import TodoCreate, TodoQuery

engine = create_engine("sqlite:///./host.db")
settings = TodoKitSettings()


# @celery_app.task
def plan_the_day(user_id: str, zone: str) -> str:
    with (
        Session(engine) as session,
        session.begin(),
        sync_todo_services(settings, session=session, user_id=user_id, time_zone=ZoneInfo(zone)) as kit,
    ):
        overdue = kit.todos.page(TodoQuery(overdue=True, count="exact"))
        todo = kit.todos.create(TodoCreate(title=f"Look at {overdue.get('count')} overdue todos", priority=1))
        return todo["title"]


if __name__ == "__main__":
    print(plan_the_day("ann", "Europe/Berlin"))
