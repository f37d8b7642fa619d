from fastapi import FastAPI

from fastapi_todo_kit import Host, Message, TodoKitSettings, auth_router, todo_router

WORDS = {"verify": "Welcome. Is this address yours? {link}", "reset": "Choose a new password: {link}"}
sent: list[tuple[str, str]] = []  # stands for the provider of mail


class BrandedMailer:
    async def send(self, message: Message) -> None:
        text = WORDS[message.kind].format(link=message.link) if message.kind in WORDS else message.text
        sent.append((message.to, text))


settings = TodoKitSettings()
host = Host(mailer=BrandedMailer())
app = FastAPI()
app.include_router(auth_router(settings, host), prefix="/auth")
app.include_router(todo_router(settings, host), prefix="/api")
