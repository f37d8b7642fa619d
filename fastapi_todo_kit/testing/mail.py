"""A mailer for tests: it keeps what it is given."""

from fastapi_todo_kit.host import Message


class MemoryMailer:
    """Keeps mails instead of sending them. Give it to `Host(mailer=...)`, and call `send_mails` in the test."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def send(self, message: Message) -> None:
        """Keep a mail."""
        self.messages.append(message)

    def to(self, address: str) -> list[Message]:
        """Return what an address got, the oldest first."""
        return [message for message in self.messages if message.to == address]

    def last_token(self, address: str) -> str:
        """Return the token of the link that an address got last.

        Raises:
            LookupError: it got none.
        """
        links = [message.link for message in self.to(address) if message.link]
        if not links:
            raise LookupError(f"no link was sent to {address}; has send_mails been called?")
        return links[-1].rpartition("token=")[2]
