from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException

from fastapi_todo_kit import Host, Membership, Recipient, TodoKitSettings, todo_router
from fastapi_todo_kit.testing import MemoryNotifier

# These stand for your tables.
USERS = {"ann": ("ann@example.com", "Europe/Berlin"), "bob": ("bob@example.com", "America/New_York")}
ROLES = {("acme", "ann"): "owner", ("acme", "bob"): "viewer"}


async def get_current_user(x_user: Annotated[str, Header()]) -> str:
    return x_user


async def get_membership(user: Annotated[str, Depends(get_current_user)]) -> Membership:
    role = ROLES.get(("acme", user))
    if role is None:
        raise HTTPException(404, "No such organisation")
    return Membership("acme", role)


def find_recipient(user_id: str, tenant: str | None) -> Recipient | None:
    if user_id not in USERS:
        return None  # the account is gone
    email, zone = USERS[user_id]
    role = None if tenant is None else ROLES.get((tenant, user_id))
    return Recipient(
        membership=None if tenant is None or role is None else Membership(tenant, role), time_zone=zone, email=email
    )


settings = TodoKitSettings()
notifier = MemoryNotifier()  # a notifier of your own, or MailNotifier(settings)
host = Host(current_user=get_current_user, space=get_membership, recipient=find_recipient, notifier=notifier)
app = FastAPI()
app.include_router(todo_router(settings, host), prefix="/api")
