from fastapi import FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


async def get_current_user() -> str:
    return "ann"


app = FastAPI()


@app.get("/todos/{name}")
async def read_page(name: str) -> str:  # was there before the kit
    return f"The page {name}"


# GET /todos/{id} would be the page's, whichever id: so the kit's are called tasks. Or give it a prefix of its own.
kit = todo_router(TodoKitSettings(), Host(current_user=get_current_user), paths={"todos": "tasks"})
app.include_router(kit)
