from fastapi import FastAPI

from fastapi_todo_kit import TodoKitSettings, auth_router, todo_router

settings = TodoKitSettings()  # TODO_KIT_AUTH__SECRET and the rest, from the environment or .env
app = FastAPI()
app.include_router(auth_router(settings), prefix="/auth")
app.include_router(todo_router(settings), prefix="/api")
