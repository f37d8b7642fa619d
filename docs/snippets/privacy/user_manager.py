import os
import uuid
from typing import Any

from fastapi_users import BaseUserManager, UUIDIDMixin

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.fastapi_users import ErasesTodos

SECRET = os.environ.get("SECRET", "for development only, and long enough for HS256")


class UserManager(ErasesTodos, UUIDIDMixin, BaseUserManager[Any, uuid.UUID]):
    todo_settings = TodoKitSettings()
    reset_password_token_secret = SECRET
    verification_token_secret = SECRET
