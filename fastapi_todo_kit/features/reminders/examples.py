"""How the operations on reminders are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Thing

EXAMPLES: Final = Examples(
    bodies={
        "create_reminder": [{"minutes_before": 10}],
        "update_reminder": [{"minutes_before": 20}],
        "snooze_reminder": [{"until": "2199-01-01T00:00:00Z"}],
    },
    things={"reminder": Thing("create_reminder", {"minutes_before": 15}, is_personal=True)},
)
