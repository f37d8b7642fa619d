from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from fastapi_todo_kit import Host, RequestError, TodoKitSettings, todo_router


async def get_current_user() -> str:
    return "ann"


async def in_our_format(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestError)
    return JSONResponse({"error": error.code, "message": error.detail}, error.status)


app = FastAPI()
app.add_exception_handler(RequestError, in_our_format)
app.include_router(todo_router(TodoKitSettings(), Host(current_user=get_current_user)), prefix="/api")
