import asyncio

from fastapi_todo_kit import TodoKitSettings, send_mails


async def main() -> None:
    sent = await send_mails(TodoKitSettings())  # with a mailer of your own: send_mails(settings, host)
    print(f"{sent} mails were sent")


asyncio.run(main())
