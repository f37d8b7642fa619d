from fastapi_todo_kit import Notification

passed_on: set[str] = (
    set()
)  # stands for a table with the id as its primary key, or for the provider's own deduplication
pushed: list[str] = []  # stands for the provider of push messages


class OnceNotifier:
    async def notify(self, notification: Notification) -> None:
        if notification.id in passed_on:
            return
        pushed.append(notification.title)
        passed_on.add(notification.id)
