from datetime import timedelta
from typing import Annotated

from fastapi import Depends, FastAPI

from fastapi_todo_kit import (
    AuthUser,
    TodoKitSettings,
    auth_router,
    current_user,
    fresh_user,
    optional_user,
    require_scope,
    todo_router,
)

settings = TodoKitSettings()
CurrentUser = Annotated[AuthUser, Depends(current_user(settings))]
OptionalUser = Annotated[AuthUser | None, Depends(optional_user(settings))]
ReportReader = Annotated[AuthUser, Depends(require_scope(settings, "reports:read"))]
FreshUser = Annotated[AuthUser, Depends(fresh_user(settings, max_age=timedelta(minutes=10)))]

app = FastAPI()
app.include_router(auth_router(settings), prefix="/auth")
app.include_router(todo_router(settings), prefix="/api")


@app.get("/profile")
async def profile(user: CurrentUser) -> dict[str, str | None]:
    return {"id": user.id, "time_zone": user.time_zone}


@app.get("/greeting")
async def greeting(user: OptionalUser) -> str:
    return "Hello" if user is None else f"Hello, {user.id}"


@app.get("/reports")
async def reports(user: ReportReader) -> list[str]:
    return [f"a report for {user.id}"]


@app.post("/payout")
async def payout(user: FreshUser) -> str:
    return f"paid out to {user.id}"
