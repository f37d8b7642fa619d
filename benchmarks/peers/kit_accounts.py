"""The kit with its own accounts, mounted as its README shows: an access token with each request, and no host.

Nothing else is turned on or off: mails, the purge and the look at revocations run as they do for anybody.
"""

from fastapi import FastAPI

from benchmarks.peers import DATABASE_URL, JWT_SECRET, POOL_SIZE
from fastapi_todo_kit import Pool, TodoKitSettings, auth_router, todo_router


def settings_for(database_url: str) -> TodoKitSettings:
    """Return the settings of the application, with which a token for it is signed too."""
    return TodoKitSettings(
        database_url=database_url, auth={"secret": JWT_SECRET}, pool=Pool(size=POOL_SIZE, overflow=0)
    )


app = FastAPI()
app.include_router(auth_router(settings_for(DATABASE_URL)), prefix="/auth")
app.include_router(todo_router(settings_for(DATABASE_URL)))
