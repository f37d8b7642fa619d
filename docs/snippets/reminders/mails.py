from fastapi_todo_kit import Host, MailNotifier, Recipient, TodoKitSettings

ADDRESSES = {"ann": "ann@example.com"}  # stands for your table of users


async def find_recipient(user_id: str, _tenant: str | None) -> Recipient | None:
    return Recipient(email=ADDRESSES[user_id]) if user_id in ADDRESSES else None


settings = TodoKitSettings()
host = Host(notifier=MailNotifier(settings), recipient=find_recipient)
