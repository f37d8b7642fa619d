from typing import Annotated

from fastapi import Depends, FastAPI

from fastapi_todo_kit import ExternalUser, Host, TodoKitSettings, jwt_user, todo_router

user = jwt_user(issuer="https://example.eu.auth0.com/", audience="https://api.example.com")

app = FastAPI()
app.include_router(todo_router(TodoKitSettings(), Host(current_user=user)), prefix="/api")


@app.get("/me")
async def me(me: Annotated[ExternalUser, Depends(user)]) -> str | None:
    return me.claims.get("email")
