from typing import Annotated

from fastapi import FastAPI, Header

from fastapi_todo_kit import Action, Host, Membership, RolePolicy, TodoKitSettings, todo_router
from fastapi_todo_kit.policy import GRANTS

policy = RolePolicy(
    {
        "robot": {Action.CREATE_TODO},  # a role of your own
        "editor": GRANTS["editor"] - {Action.DELETE_LIST},  # a role of the kit's that may do less
    }
)


async def get_current_user() -> str:
    return "ann"


async def get_membership(x_role: Annotated[str, Header()]) -> Membership:
    return Membership("acme", x_role)  # yours looks the role up


app = FastAPI()
host = Host(current_user=get_current_user, space=get_membership, policy=policy)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
