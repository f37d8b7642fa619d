"""What the API takes of passwords."""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from fastapi_todo_kit.auth.users.schemas import EmailChange, MailedToken, Password
from fastapi_todo_kit.core.fields import text_of

__all__ = ["EmailChange", "Login", "LoginForm", "PasswordChange", "PasswordReset"]


_Typed = Annotated[str, text_of(320), Field(max_length=320)]


class _Body(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


class Login(_Body):
    """Address and password."""

    email: _Typed
    password: Password


class LoginForm(BaseModel):
    """The password form of OAuth 2 (RFC 6749, section 4.3.2); `username` is the address."""

    username: _Typed
    password: Password
    grant_type: Literal["password"] | None = None


class PasswordChange(_Body):
    """The present password, if there is one, and the new one."""

    current_password: Password | None = None
    new_password: Password


class PasswordReset(_Body):
    """The token of the link in the mail, and the new password."""

    token: MailedToken
    password: Password
