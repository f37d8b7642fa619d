from typing import Annotated

from fastapi import FastAPI, Header

from fastapi_todo_kit import Access, Host, LinkTarget, TodoKitSettings, Transaction, todo_router

INVOICES = {"42": "ann", "43": "bob"}  # by number, whose they are


async def may_reach(access: Access, target: LinkTarget, _transaction: Transaction) -> bool:
    is_invoice = (target.source, target.type) == ("billing", "invoice")
    return is_invoice and INVOICES.get(target.id) == access.principal.user_id


async def get_current_user(x_user: Annotated[str, Header()]) -> str:
    return x_user


app = FastAPI()
host = Host(current_user=get_current_user, link_policy=may_reach)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
