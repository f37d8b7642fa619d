"""What goes wrong with accounts. Not in `auth/`, which cannot be imported where its extra is missing."""

from fastapi_todo_kit.core.errors import (
    CHALLENGE,
    Conflict,
    Forbidden,
    MalformedRequest,
    NotFound,
    RequestError,
    Unauthenticated,
    Unavailable,
)


class InvalidToken(Unauthenticated):
    """The token is damaged, expired or revoked, or its account cannot be used; refresh it, or log in again."""

    headers: dict[str, str] = {CHALLENGE: 'Bearer error="invalid_token"'}  # noqa: RUF012  (replaced, never changed)


class WrongCredentials(Unauthenticated):
    """The address or the password is wrong."""


class LoginTooOld(Unauthenticated):
    """This needs a login that is not so long ago; log in again."""

    # RFC 9470
    headers: dict[str, str] = {CHALLENGE: 'Bearer error="insufficient_user_authentication"'}  # noqa: RUF012  (replaced, never changed)


class TooManyAttempts(RequestError):
    """Too many attempts failed; wait, or log in from a place that you have used before."""

    status = 429


class InvalidLink(MalformedRequest):
    """The link was used already, or is too old; ask for a new one."""


class LoginFailed(MalformedRequest):
    """The provider did not confirm this login; begin again."""


class CrossSiteRequest(Forbidden):
    """A page of another site may not do this with your cookies."""

    title = "Cross-site request"


class AddressNotVerified(Forbidden):
    """Follow the link in the mail that verifies your address, then log in."""


class RegistrationClosed(Forbidden):
    """Accounts are made by the people who run this application."""


class UserNotFound(NotFound):
    """There is no such user."""


class SessionNotFound(NotFound):
    """You have no such session."""


class TokenNotFound(NotFound):
    """You have no such personal access token."""


class ProviderNotFound(NotFound):
    """There is no such provider of logins here."""


class LoginInUse(Conflict):
    """Another account has this address; log in to it, then link the two."""


class Busy(Unavailable):
    """Too many people log in just now; try again."""


class ProviderUnavailable(Unavailable):
    """The provider of logins does not answer; try again."""
