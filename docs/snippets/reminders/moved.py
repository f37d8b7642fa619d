import asyncio

from fastapi_todo_kit import Host, Recipient, TodoKitSettings, migrate, refresh_reminders

zones = {"ann": "Asia/Tokyo"}  # stands for your table of users


def find_recipient(user_id: str, _tenant: str | None) -> Recipient | None:
    return Recipient(time_zone=zones.get(user_id))


async def main() -> None:
    settings = TodoKitSettings()
    await migrate(settings)  # in a deployment: `todo-kit migrate`
    await refresh_reminders(settings, Host(recipient=find_recipient), user_id="ann")


asyncio.run(main())
