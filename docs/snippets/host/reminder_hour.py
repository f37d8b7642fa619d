from fastapi import FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


async def get_claims() -> dict[str, str]:
    return {"sub": "ann", "morning": "7"}


app = FastAPI()
host = Host(
    current_user=get_claims, user_id=lambda claims: claims["sub"], reminder_hour=lambda claims: int(claims["morning"])
)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
