"""What `todo-kit users` does: the first superuser comes from here, because nobody else could make it."""

from pydantic import ValidationError

from fastapi_todo_kit.auth.accounts import accounts_of
from fastapi_todo_kit.auth.admin.schemas import UserCreate
from fastapi_todo_kit.auth.admin.service import change_account, create_user
from fastapi_todo_kit.auth.credentials.emails import email_key
from fastapi_todo_kit.auth.mail.delivery import deliver
from fastapi_todo_kit.auth.users.repository import UserRepository
from fastapi_todo_kit.auth.users.schemas import UserRead
from fastapi_todo_kit.auth.work import AccountWork, Client
from fastapi_todo_kit.core.errors import ConfigurationError, RequestError
from fastapi_todo_kit.settings import TodoKitSettings

_OPERATOR = Client("", "todo-kit users", "cli")


async def create(settings: TodoKitSettings, email: str, *, superuser: bool) -> UserRead:
    """Make an account, and send its mail, but no other.

    Raises:
        ConfigurationError: that is no address, or there is an account of it, which was not only registered.
    """
    try:
        new = UserCreate(email=email, is_superuser=superuser)
    except ValidationError:
        raise ConfigurationError(f"{email!r} is no address of mail.") from None
    accounts = accounts_of(settings)
    try:
        user = await accounts.write(_OPERATOR, lambda work: create_user(work, new))
        await deliver(accounts, only=user["email"])
    except RequestError as error:
        raise ConfigurationError(error.detail) from error
    finally:
        await accounts.database.close()
    return user


async def promote(settings: TodoKitSettings, email: str) -> UserRead:
    """Make an account that of a superuser; its sessions end, for they say what was before.

    Raises:
        ConfigurationError: there is no account of this address, or it is disabled, or registered by nobody knows whom.
    """
    accounts = accounts_of(settings)
    try:
        return await accounts.write(_OPERATOR, lambda work: _promote(work, email))
    except RequestError as error:
        raise ConfigurationError(error.detail) from error
    finally:
        await accounts.database.close()


async def _promote(work: AccountWork, email: str) -> UserRead:
    user = await UserRepository(work).lock_by_key(email_key(email))
    if user is None:
        raise ConfigurationError(f"Nobody has registered with {email}; run `todo-kit users create --superuser`.")
    return await change_account(work, user, {"is_superuser": True})
