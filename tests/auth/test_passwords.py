"""Passwords: which ones are taken, what a change and a reset end, and hashes that are made anew at a login."""

import asyncio
import unicodedata
from typing import Any

import bcrypt
import pytest

from tests.auth.outside import at, execute
from tests.auth.support import CHEAP, PASSWORD, Application, Person, auth_settings, new_address, running_application
from tests.support import TestClock

pytestmark = pytest.mark.thorough

NEW = "another fine password"
TOO_SHORT, TOO_LONG, TOO_COMMON = "password_too_short", "password_too_long", "password_too_common"
REFUSED = {
    "": TOO_SHORT,
    "a": TOO_SHORT,
    "eleven char": TOO_SHORT,
    "👩‍👩‍👧‍👧": TOO_SHORT,
    "passwordpassword": TOO_COMMON,
    "Password1234": TOO_COMMON,
    "123456789012": TOO_COMMON,
    "987654321098": TOO_COMMON,
    "abcdefghijkl": TOO_COMMON,
    "aaaaaaaaaaaa": TOO_COMMON,
    "abababababababab": TOO_COMMON,
    "            ": TOO_COMMON,
    "somebody-known@example.com": TOO_COMMON,
    "SOMEBODY-KNOWN@example.com": TOO_COMMON,
    "somebody-known": TOO_COMMON,
    "somebody-known1!": TOO_COMMON,
    "Somebody Known": TOO_COMMON,
    "x" * 20 + "y" * 237: TOO_LONG,
}
ACCEPTED = (
    "twelve chars",
    "correct horse battery staple",
    " spaces around and between ",
    "Zwölf große Köche backen süße Brötchen",
    "パスワードではありません、本当に",
    "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧",
    "a long sentence of more than sixty-four characters, as a manager of passwords writes it",
    "x" * 20 + "y" * 236,
)


async def set_password(application: Application, password: str) -> Any:
    """Return the answer to a registration with this password."""
    body = {"email": "somebody-known@example.com", "name": "Somebody Known", "password": password}
    return await application.client.post("/auth/register", json=body)


async def reset_token(ann: Person) -> str:
    assert (await ann.post("/auth/forgot", {"email": ann.email})).status_code == 202
    return await ann.mailed_token()


async def reset(ann: Person, token: str, password: str = NEW) -> int:
    return (await ann.application.client.post("/auth/reset", json={"token": token, "password": password})).status_code


async def can_log_in(ann: Person, password: str) -> bool:
    body = {"email": ann.email, "password": password}
    return (await ann.application.client.post("/auth/login", json=body)).status_code == 200


async def test_a_password_that_is_tried_first_is_refused(accounts_sqlite_url: str) -> None:
    async with running_application(auth_settings(accounts_sqlite_url)) as application:
        for password, code in REFUSED.items():
            response = await set_password(application, password)
            assert response.status_code == 422, password
            assert [one["code"] for one in response.json()["errors"]] == [code], password
            assert len(password) < 10 or password not in response.text


async def test_any_other_password_is_accepted(accounts_sqlite_url: str) -> None:
    settings = auth_settings(accounts_sqlite_url)
    async with running_application(settings) as application:
        for password in ACCEPTED:
            ann = await application.person(password=password)
            assert await can_log_in(ann, password), password


@pytest.mark.parametrize(
    "raw", [b'"correct horse \\u0000battery"', b'"correct horse \\ud800battery"', b"12345678901234567890", b"null"]
)
async def test_what_is_no_text_is_no_password(accounts_sqlite_url: str, raw: bytes) -> None:
    async with running_application(auth_settings(accounts_sqlite_url)) as application:
        for path, other in (("register", b""), ("login", b""), ("reset", b'"token": "x", ')):
            email = b"" if path == "reset" else b'"email": "ann@example.com", '
            body = b"{" + email + other + b'"password": ' + raw + b"}"
            headers = {"Content-Type": "application/json"}
            response = await application.client.post(f"/auth/{path}", content=body, headers=headers)
            assert response.status_code == 422, (path, response.text)


@pytest.mark.parametrize("field", ["username", "password"])
async def test_nul_in_the_form_is_no_password_and_no_address(application: Application, field: str) -> None:
    form = {"username": "ann@example.com", "password": PASSWORD} | {field: "ann\0ann@example.com"}

    response = await application.client.post("/auth/token", data=form)

    assert response.status_code == 422, response.text


async def test_two_spellings_in_unicode_are_the_same_password(application: Application) -> None:
    composed = unicodedata.normalize("NFC", "Köche backen süße Brötchen")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed

    ann, bob = await application.person(password=composed), await application.person(password=decomposed)

    assert await can_log_in(ann, decomposed)
    assert await can_log_in(bob, composed)
    assert not await can_log_in(ann, composed.upper())


async def test_a_password_counts_to_its_last_character(application: Application) -> None:
    long = "x" * 20 + "y" * 230
    ann = await application.person(password=long)

    assert not await can_log_in(ann, long[:-1])
    assert not await can_log_in(ann, f"{long[:72]}z")
    assert not await can_log_in(ann, f"{long} ")


async def test_a_change_needs_the_present_password(application: Application) -> None:
    ann = await application.person()

    answers = [
        (await ann.post("/auth/password", {"new_password": NEW, **given})).status_code
        for given in ({}, {"current_password": None}, {"current_password": ""}, {"current_password": "wrong one here"})
    ]

    assert answers == [401] * 4
    assert await can_log_in(ann, PASSWORD)


async def test_a_change_ends_every_other_session_and_every_link(application: Application) -> None:
    ann = await application.person()
    other, link = await ann.elsewhere(), await reset_token(ann)

    changed = await ann.post("/auth/password", {"current_password": PASSWORD, "new_password": NEW})

    assert changed.status_code == 204
    assert (await ann.get("/auth/me")).status_code == 200
    assert (await ann.refresh()).status_code == 200
    assert (await other.get("/auth/me")).status_code == 401
    assert (await other.refresh()).status_code == 401
    assert await reset(ann, link, "a third fine password") == 400
    assert (await can_log_in(ann, PASSWORD), await can_log_in(ann, NEW)) == (False, True)
    await application.send_mails()
    assert application.mailer.to(ann.email)[-1].kind == "password_changed"


async def test_a_change_to_a_weak_password_changes_nothing(application: Application) -> None:
    ann = await application.person()

    refused = await ann.post("/auth/password", {"current_password": PASSWORD, "new_password": ann.email})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "#/new_password"
    assert await can_log_in(ann, PASSWORD)


async def test_two_changes_at_once_leave_one_password(application: Application) -> None:
    ann = await application.person()
    passwords = [f"another fine password, number {number}" for number in range(4)]

    changes = ({"current_password": PASSWORD, "new_password": one} for one in passwords)
    answers = await asyncio.gather(*(ann.post("/auth/password", change) for change in changes))

    assert sorted(answer.status_code for answer in answers) == [204, 401, 401, 401]
    assert [await can_log_in(ann, one) for one in passwords].count(True) == 1


async def test_the_account_itself_takes_no_password_and_no_rights(application: Application) -> None:
    ann = await application.person()
    before = (await ann.get("/auth/me")).json()

    for field in ("password", "hashed_password", "email", "is_superuser", "is_verified", "is_active", "id", "version"):
        assert (await ann.patch("/auth/me", {"name": "Ann", field: "true"})).status_code == 422, field
        body = {"email": "x@example.com", "password": PASSWORD, field: True}
        assert (await ann.post("/auth/register", body)).status_code == 422, field

    assert (await ann.get("/auth/me")).json() == before


async def test_a_reset_ends_every_session_and_every_token(application: Application) -> None:
    ann = await application.person()
    thief, token = await ann.elsewhere(), await ann.personal_token("account:read")
    script = ann.with_token(token)
    assert (await script.get("/auth/me")).status_code == 200

    assert await reset(ann, await reset_token(ann)) == 204

    assert [(await one.get("/auth/me")).status_code for one in (ann, thief, script)] == [401] * 3
    assert (await thief.refresh()).status_code == 401
    await ann.log_in(NEW)
    assert (await ann.get("/auth/tokens")).json()["items"] == []


async def test_a_reset_verifies_the_address(application: Application) -> None:
    ann = await application.register()

    assert await reset(ann, await reset_token(ann)) == 204

    await ann.log_in(NEW)


async def test_a_link_is_good_once(application: Application) -> None:
    ann = await application.person()
    link = await reset_token(ann)

    assert await reset(ann, link) == 204

    assert await reset(ann, link, "a third fine password") == 400
    assert await can_log_in(ann, NEW)


async def test_of_eight_resets_at_once_with_one_link_one_wins(application: Application) -> None:
    ann = await application.person()
    link, passwords = await reset_token(ann), [f"another fine password, number {number}" for number in range(8)]

    answers = await asyncio.gather(*(reset(ann, link, one) for one in passwords))

    assert sorted(answers) == [204] + [400] * 7
    assert [await can_log_in(ann, one) for one in passwords[:4]].count(True) == (answers.index(204) < 4)


async def test_a_weak_password_does_not_use_the_link_up(application: Application) -> None:
    ann = await application.person()
    link = await reset_token(ann)

    assert await reset(ann, link, "short") == 422
    assert await reset(ann, link, ann.email) == 422

    assert await reset(ann, link) == 204


async def test_a_link_expires(application: Application, auth_clock: TestClock) -> None:
    ann = await application.person()
    link = await reset_token(ann)

    auth_clock.advance(hours=1, seconds=1)

    assert await reset(ann, link) == 400
    assert await can_log_in(ann, PASSWORD)


async def test_a_link_is_good_for_its_purpose_only(application: Application) -> None:
    ann = await application.register()
    verifies = await ann.mailed_token()
    resets = await reset_token(ann)

    assert await reset(ann, verifies) == 400
    for path in ("/auth/verify", "/auth/email/confirm"):
        assert (await ann.post(path, {"token": resets})).status_code == 400

    assert (await ann.post("/auth/verify", {"token": verifies})).status_code == 204


async def test_a_disabled_account_gets_no_link_and_uses_none(application: Application) -> None:
    ann, admin = await application.person(), await application.superuser()
    link = await reset_token(ann)
    await admin.patch(f"/auth/users/{await ann.user_id()}", {"is_active": False})

    assert await reset(ann, link) == 400
    before = len(application.mailer.to(ann.email))
    await ann.post("/auth/forgot", {"email": ann.email})
    await application.send_mails()
    assert len(application.mailer.to(ann.email)) == before


async def stored_hash(ann: Person) -> str:
    statement = "SELECT hashed_password FROM todokit_auth_user WHERE email_key = :key"
    return str((await execute(ann.application, statement, key=ann.email))[0][0])


async def test_a_hash_of_another_system_is_accepted_and_replaced(application: Application) -> None:
    ann = await application.person()
    foreign = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    statement = "UPDATE todokit_auth_user SET hashed_password = :hash WHERE email_key = :key"
    await execute(application, statement, hash=foreign, key=ann.email)

    assert not await can_log_in(ann, "not the right password")
    assert await stored_hash(ann) == foreign
    assert await can_log_in(ann, PASSWORD)

    assert (await stored_hash(ann)).startswith("$argon2id$")
    assert await can_log_in(ann, PASSWORD)


async def test_a_hash_of_no_known_kind_lets_nobody_in(application: Application) -> None:
    ann = await application.person()
    statement = "UPDATE todokit_auth_user SET hashed_password = :hash WHERE email_key = :key"

    for stored in ("", "plain", "$1$abc$def", "$argon2id$v=19$m=1", "$2b$04$short", "!"):
        await execute(application, statement, hash=stored, key=ann.email)
        response = await at(application, new_address()).client.post(
            "/auth/login", json={"email": ann.email, "password": stored or "x"}
        )
        assert response.status_code == 401, stored


async def test_another_cost_makes_a_new_hash_at_the_next_login(accounts_url: str) -> None:
    async with running_application(auth_settings(accounts_url)) as application:
        ann = await application.person()
        before = await stored_hash(ann)
        assert await can_log_in(ann, PASSWORD)
        assert await stored_hash(ann) == before

    costlier = auth_settings(accounts_url, argon2={**CHEAP, "memory_kib": 20_480})
    async with running_application(costlier) as application:
        again = Person(application, ann.email, PASSWORD)
        assert not await can_log_in(again, "not the right password")
        assert await stored_hash(again) == before
        assert await can_log_in(again, PASSWORD)
        assert "m=20480," in await stored_hash(again)
