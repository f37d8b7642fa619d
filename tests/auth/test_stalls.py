"""Nobody keeps the event loop from others by what he sends to the routes of accounts, whoever he is."""

import pytest

from tests.auth.support import Application
from tests.http.heavy import MOST, Operation, heavy_forms, operations_of, wrong_everywhere
from tests.stalls import call, no_stall

pytestmark = pytest.mark.thorough

LARGEST = 16_384
NOTHING = dict.fromkeys(("session_id", "token_id", "user_id", "provider"), "nothing")


def accounts_of(application: Application) -> list[Operation]:
    return [one for one in operations_of(application.app) if one.path.startswith("/auth/") and one.takes_body]


async def test_a_body_that_is_wrong_everywhere_stalls_nobody(application: Application) -> None:
    ann = await application.person()
    known = {"authorization": f"Bearer {ann.access_token}"}

    for operation in accounts_of(application):
        for kind, body in {**wrong_everywhere(), **heavy_forms()}.items():
            for who in ({}, known):
                for sent in (body, body[:LARGEST]):
                    headers = {"content-type": str(operation.media_type), **who}
                    with no_stall(f"{kind} for {operation.name}"):
                        answer = await call(
                            application.app, operation.method, operation.path.format(**NOTHING), sent, headers
                        )

                    assert 400 <= answer.status < 500, (operation.name, kind, answer.status)


async def test_a_body_about_accounts_is_small(application: Application) -> None:
    for operation in accounts_of(application):
        body, headers = b" " * MOST, {"content-type": str(operation.media_type)}
        answer = await call(application.app, operation.method, operation.path.format(**NOTHING), body, headers)

        assert (answer.status, answer.json()["limit"]) == (413, LARGEST), operation.name
