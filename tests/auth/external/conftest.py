from collections.abc import AsyncIterator

import pytest

from tests.auth.external.support import Caller, FakeIssuer, Forge, StandingClock, calling, make_app, public_jwk


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def forge(clock: StandingClock) -> Forge:
    return Forge(clock)


@pytest.fixture
def issuer() -> FakeIssuer:
    """An issuer with a key of each kind."""
    return FakeIssuer([public_jwk(kind) for kind in ("rsa", "p256", "p384", "ed")])


@pytest.fixture
async def me(issuer: FakeIssuer, clock: StandingClock) -> AsyncIterator[Caller]:
    """A client of a host that trusts the issuer."""
    async with calling(make_app(issuer, clock)) as caller:
        yield caller
