from typing import Annotated

from fastapi import Depends, FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, todo_router
from fastapi_todo_kit.auth.external.access import ExternalUser, jwt_user

user = jwt_user(issuer="https://example.eu.auth0.com/", audience="https://api.example.com")

app = FastAPI()
app.include_router(todo_router(TodoKitSettings(), Host(current_user=user)), prefix="/api")


@app.get("/me")
async def me(me: Annotated[ExternalUser, Depends(user)]) -> str | None:
    return me.claims.get("email")
