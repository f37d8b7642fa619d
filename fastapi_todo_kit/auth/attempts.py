"""How often something may be tried: counted in the database, so that it holds across workers, restarts and rollbacks.

An attempt is counted before it is evaluated, in a transaction of its own; one that succeeds is taken back. So of any
number of guesses at the same moment no more are evaluated than may fail.
"""

import hashlib
import ipaddress
from datetime import timedelta
from typing import Final

from sqlalchemy import bindparam, delete, or_, select, text, update

from fastapi_todo_kit.auth.models import Attempt
from fastapi_todo_kit.auth.work import AccountRepository
from fastapi_todo_kit.core.account_errors import TooManyAttempts
from fastapi_todo_kit.storage.tables import Instant, table_of

_KNOWN_FOR: Final = timedelta(days=90)
_IPV6_NETWORK: Final = 64
_attempts = table_of(Attempt)

_KNOWN_UNTIL = select(_attempts.c.known_until).where(_attempts.c.key == bindparam("key"))
# Text, because SQLAlchemy compiles a statement with ON CONFLICT anew each time.
_COUNT = (
    text(
        "INSERT INTO todokit_auth_attempt (key, failures, started_at) VALUES (:key, 1, :now) "
        "ON CONFLICT (key) DO UPDATE SET "
        "failures = CASE WHEN todokit_auth_attempt.started_at <= :expired THEN 1 "
        "ELSE todokit_auth_attempt.failures + 1 END, "
        "started_at = CASE WHEN todokit_auth_attempt.started_at <= :expired THEN :now "
        "ELSE todokit_auth_attempt.started_at END "
        "RETURNING failures, started_at"
    )
    .bindparams(bindparam("now", type_=Instant()), bindparam("expired", type_=Instant()))
    .columns(_attempts.c.failures, _attempts.c.started_at)
)
_TAKE_BACK = (
    update(_attempts)
    .where(_attempts.c.key == bindparam("of"), _attempts.c.failures > 0)
    .values(failures=_attempts.c.failures - 1)
)
_REMEMBER = (
    update(_attempts).where(_attempts.c.key == bindparam("of")).values(failures=0, known_until=bindparam("known_until"))
)
PURGE_ATTEMPTS = delete(_attempts).where(
    _attempts.c.started_at < bindparam("expired", type_=Instant()),
    or_(_attempts.c.known_until.is_(None), _attempts.c.known_until < bindparam("now", type_=Instant())),
)


class Attempts(AccountRepository):
    """Counts what is tried at an account from an address; both are kept as digests only.

    An account that does not exist is counted like any other, so that the answer tells nothing.
    """

    async def count_login(self, email_key: str) -> None:
        """Count an attempt to log in, before it is evaluated.

        Raises:
            TooManyAttempts: it must not be evaluated. An address from which the account was logged in to before has
                only its own failures to answer for, so that nobody is locked out by what others try from elsewhere.
        """
        limits, address = self._work.auth.limits, _network(self._work.client.address)
        pair = _key("pair", email_key, address)
        known = await self.fetch_one(_KNOWN_UNTIL, key=pair)
        is_known = known is not None and known[0] is not None and known[0] > self._work.now
        counted = {pair: limits.per_account_and_address, _key("address", address): limits.per_address}
        if not is_known:
            counted[_key("account", email_key)] = limits.per_account
        await self._count(counted)

    async def take_back_login(self, email_key: str) -> None:
        """Take back what was counted for an attempt that succeeded, and remember from where it came."""
        address, known_until = _network(self._work.client.address), self._work.now + _KNOWN_FOR
        pair = _key("pair", email_key, address)
        for key in sorted((pair, _key("address", address), _key("account", email_key))):
            if key == pair:
                await self.run(_REMEMBER, of=key, known_until=known_until)
            else:
                await self.run(_TAKE_BACK, of=key)

    async def count_mail(self, email_key: str) -> None:
        """Count a mail that somebody asks to be sent to an address.

        Raises:
            TooManyAttempts: it was asked for too often, or too much was asked for from one place.
        """
        limits, address = self._work.auth.limits, _network(self._work.client.address)
        counted = {_key("mail", email_key): limits.mails_per_account, _key("mails", address): limits.per_address}
        await self._count(counted)

    async def count_provider(self, step: str) -> None:
        """Count a step of a login at a provider, for which the provider may be asked something.

        Raises:
            TooManyAttempts: too much was asked for from one place.
        """
        address = _network(self._work.client.address)
        await self._count({_key("provider", step, address): self._work.auth.limits.per_address})

    async def _count(self, counted: dict[str, int]) -> None:
        window = self._work.auth.limits.window
        times = {"now": self._work.now, "expired": self._work.now - window}
        # In one order, so that two requests never wait for one another.
        for key in sorted(counted):
            row = await self.fetch_one(_COUNT, key=key, **times)
            assert row is not None  # noqa: S101  (the statement always returns one)
            if row.failures > counted[key]:
                raise _too_many(row.started_at + window - self._work.now)


def _too_many(wait: timedelta) -> TooManyAttempts:
    error = TooManyAttempts()
    error.headers = {"Retry-After": str(max(1, int(wait.total_seconds())))}
    return error


def _network(address: str) -> str:
    """Return what stands for an address: of IPv6 the network, for one person has billions of addresses."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, _IPV6_NETWORK), strict=False))
    return str(parsed)


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
