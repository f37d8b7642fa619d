"""Links in mails, of every kind: each is good until one of its kind is used, whichever comes first or twice."""

import uuid
from collections.abc import Awaitable, Callable

import pytest

from fastapi_todo_kit.auth.mail.delivery import _PATHS
from tests.auth.support import PASSWORD, Application, Person
from tests.auth.test_registration import OTHER, register

pytestmark = pytest.mark.thorough

Asks = Callable[[], Awaitable[str]]
"""Asks for one more mail, and returns the token in it."""


def asking(person: Person, send: Callable[[], Awaitable[object]]) -> Asks:
    async def ask() -> str:
        await send()
        return await person.mailed_token()

    return ask


async def verifying(application: Application) -> tuple[Person, Asks]:
    ann = application.nobody()
    return ann, asking(ann, lambda: register(application, ann.email))


async def verifying_again(application: Application) -> tuple[Person, Asks]:
    ann = await application.register()
    return ann, asking(ann, lambda: ann.post("/auth/verify/request", {"email": ann.email}))


async def choosing(application: Application) -> tuple[Person, Asks]:
    ann = await application.register()
    return ann, asking(ann, lambda: register(application, ann.email, OTHER))


async def resetting(application: Application) -> tuple[Person, Asks]:
    ann = await application.person()
    return ann, asking(ann, lambda: ann.post("/auth/forgot", {"email": ann.email}))


async def invited(application: Application) -> tuple[Person, Asks]:
    admin, ann = await application.superuser(), application.nobody()
    await admin.post("/auth/users", {"email": ann.email})
    first = [await ann.mailed_token()]

    async def ask() -> str:
        if first:
            return first.pop()
        await ann.post("/auth/forgot", {"email": ann.email})
        return await ann.mailed_token()

    return ann, ask


async def changing(application: Application) -> tuple[Person, Asks]:
    ann, new = await application.person(), f"{uuid.uuid4().hex}@example.com"

    async def ask() -> str:
        await ann.post("/auth/email", {"email": new, "password": PASSWORD})
        await application.send_mails()
        return application.mailer.last_token(new)

    return ann, ask


KINDS = {
    "verify": (verifying, "/auth/verify"),
    "verify_again": (verifying_again, "/auth/verify"),
    "choose": (choosing, "/auth/reset"),
    "reset": (resetting, "/auth/reset"),
    "invite": (invited, "/auth/reset"),
    "change_email": (changing, "/auth/email/confirm"),
}


def test_every_kind_is_tried() -> None:
    assert KINDS.keys() >= _PATHS.keys()


@pytest.mark.parametrize("first", [0, 1, 2])
@pytest.mark.parametrize("kind", KINDS)
async def test_each_link_is_good_until_one_is_used(application: Application, kind: str, first: int) -> None:
    make, path = KINDS[kind]
    ann, ask = await make(application)
    links = [await ask() for _ in range(3)]
    password = {} if path != "/auth/reset" else {"password": "a password that was chosen"}

    answers = [
        (await ann.post(path, {"token": link, **password})).status_code
        for link in (links[first], *links[:first], *links[first + 1 :])
    ]

    assert len(set(links)) == 3
    assert answers == [204, 400, 400]
