from fastapi import FastAPI

from fastapi_todo_kit import Host, Notification, TodoKitSettings, todo_router

pushed: list[tuple[str, str]] = []  # stands for the provider of push messages


async def get_current_user() -> str:
    return "ann"


class PushNotifier:
    async def notify(self, notification: Notification) -> None:
        pushed.append((notification.user_id, notification.title))


settings = TodoKitSettings()
host = Host(current_user=get_current_user, notifier=PushNotifier())
app = FastAPI()
app.include_router(todo_router(settings, host), prefix="/api")
