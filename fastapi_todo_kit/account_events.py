"""What happens to accounts, as the host hears of it: one frozen class for each kind.

A class never loses a field or changes its meaning. None of them holds a secret.
"""

from datetime import datetime

import msgspec


class AccountEvent(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="account"):
    """Something that happened to an account. `address` is the client's, `user_id` is None where nobody is known."""

    at: datetime
    user_id: str | None
    address: str
    request_id: str


class Registered(AccountEvent, frozen=True, tag="account.registered"):
    """An account was made, by its owner, a superuser or a provider of logins; its address may not be verified yet."""

    email: str


class LoggedIn(AccountEvent, frozen=True, tag="account.logged_in"):
    """A session began. `method` is `password`, or `oauth:` and the name of a provider."""

    session_id: str
    method: str


class LoginRejected(AccountEvent, frozen=True, tag="account.login_rejected"):
    """A login failed. `email` is what was typed; `reason` is credentials, limit, disabled or unverified."""

    email: str
    reason: str


class PasswordChanged(AccountEvent, frozen=True, tag="account.password_changed"):
    """The password is another one. `method` is `change`, or `reset` for a link in a mail."""

    method: str


class RefreshReused(AccountEvent, frozen=True, tag="account.refresh_reused"):
    """A used refresh token came again, so somebody has a copy of it; its session was revoked."""

    session_id: str


class TokenUsed(AccountEvent, frozen=True, tag="account.token_used"):
    """A personal access token was used; told at most once a minute for each token."""

    token_id: str
