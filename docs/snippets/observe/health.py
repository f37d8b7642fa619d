from fastapi import FastAPI

from fastapi_todo_kit import TodoKitSettings, health_router

settings = TodoKitSettings()
app = FastAPI()
# --8<-- [start:mount]
app.include_router(health_router(settings), prefix="/health")
# --8<-- [end:mount]
