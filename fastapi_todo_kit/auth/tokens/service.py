"""What can be done with personal access tokens."""

import uuid
from typing import Any, Final, cast

from fastapi_todo_kit.auth.authentication.caller import lock_caller
from fastapi_todo_kit.auth.call import AccountCall
from fastapi_todo_kit.auth.credentials.random_tokens import digest, new_personal_token
from fastapi_todo_kit.auth.tokens.repository import TokenRepository
from fastapi_todo_kit.auth.tokens.schemas import NewTokenRead, TokenCreate, TokenPage
from fastapi_todo_kit.auth.work import AccountWork
from fastapi_todo_kit.core.account_errors import TokenNotFound
from fastapi_todo_kit.core.errors import InvalidInput, LimitReached
from fastapi_todo_kit.storage.tables import new_id

SCOPES: Final = frozenset({"todos:read", "todos:write", "spaces:manage", "account:read"})
"""What a token can be allowed: reading todos and all around them, changing them, reading the account."""
MOST_TOKENS: Final = 100


async def delete_tokens(work: AccountWork, user_id: uuid.UUID) -> None:
    """Remove every personal access token of a user."""
    await TokenRepository(work).delete_all(user_id)


class TokenService:
    """The verbs of personal access tokens, for the one who calls."""

    def __init__(self, call: AccountCall) -> None:
        self._call = call

    async def page(self) -> TokenPage:
        """Return the tokens of the user, without their secrets."""
        user_id = self._call.user.user_id
        rows = await self._call.read(lambda work: TokenRepository(work).page(user_id))
        return {"items": cast("Any", [dict(row._mapping) for row in rows])}

    async def create(self, new: TokenCreate) -> NewTokenRead:
        """Make a token, and return it this once.

        Raises:
            LoginTooOld: the login is long ago; a stolen access token must not become a lasting one.
            InvalidInput: a scope is unknown, or the end is in the past.
            LimitReached: the user has as many as there may be.
        """
        self._call.check_fresh()
        self._check_scopes(new.scopes)
        return await self._call.write(lambda work: self._create(work, new))

    async def delete(self, token_id: uuid.UUID) -> None:
        """Revoke a token of the user.

        Raises:
            TokenNotFound: there is none such.
        """
        user_id = self._call.user.user_id
        if not await self._call.write(lambda work: TokenRepository(work).delete(user_id, token_id)):
            raise TokenNotFound

    def _check_scopes(self, scopes: list[str]) -> None:
        known = SCOPES | set(self._call.auth.scopes)
        for number, scope in enumerate(scopes):
            if scope not in known:
                detail = f"There is no such scope; there are {', '.join(sorted(known))}."
                raise InvalidInput(
                    errors=[{"pointer": f"#/scopes/{number}", "code": "unknown_scope", "detail": detail}]
                )

    async def _create(self, work: AccountWork, new: TokenCreate) -> NewTokenRead:
        if new.expires_at is not None and new.expires_at <= work.now:
            place = {"pointer": "#/expires_at", "code": "in_the_past", "detail": "This moment has passed."}
            raise InvalidInput(errors=[place])
        tokens, user_id = TokenRepository(work), (await lock_caller(work, self._call.user)).id
        if await tokens.count(user_id) >= MOST_TOKENS:
            raise LimitReached(limit="tokens_per_user", maximum=MOST_TOKENS)
        token = new_personal_token()
        shown: dict[str, Any] = {
            "id": new_id(),
            "name": new.name,
            "hint": token[-4:],
            "scopes": sorted(set(new.scopes)),
            "created_at": work.now,
            "expires_at": new.expires_at,
            "used_at": None,
        }
        await tokens.add({**shown, "user_id": user_id, "digest": digest(token)})
        return cast("NewTokenRead", {**shown, "token": token})
