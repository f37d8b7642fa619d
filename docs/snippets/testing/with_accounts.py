from fastapi import FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, auth_router, todo_router
from fastapi_todo_kit.testing import MemoryMailer

settings = TodoKitSettings(
    database_url="sqlite://",
    auth={
        "secret": "a secret of the tests, of at least 32 bytes",
        "argon2": {"memory_kib": 19_456, "passes": 2, "lanes": 1},  # as cheap as it may be
    },
    mail={"in_background": False},
)
mailer = MemoryMailer()
host = Host(mailer=mailer)
app = FastAPI()
app.include_router(auth_router(settings, host), prefix="/auth")
app.include_router(todo_router(settings, host), prefix="/api")
