from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from fastapi_todo_kit import EXPOSED_HEADERS, Host, TodoKitSettings, todo_router


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://app.example.com"],
    allow_methods=["*"],
    allow_headers=["*"],  # or at least Content-Type, If-Match, If-None-Match, Idempotency-Key and what your login sends
    expose_headers=EXPOSED_HEADERS,
)
app.include_router(todo_router(TodoKitSettings(), Host(current_user=get_current_user)), prefix="/api")
