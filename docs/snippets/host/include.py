from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


async def require_api_key(x_api_key: Annotated[str | None, Header()] = None) -> None:
    if x_api_key != "secret":
        raise HTTPException(403, "Unknown API key")


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
tasks = todo_router(TodoKitSettings(), Host(current_user=get_current_user))
app.include_router(tasks, prefix="/v1", tags=["tasks"], dependencies=[Depends(require_api_key)])
