"""Registering, verifying and changing an address: who owns the address owns the account, whoever was there before."""

import asyncio
import uuid
from collections import Counter
from typing import Any

import httpx2
import pytest

from tests.auth.outside import execute
from tests.auth.support import PASSWORD, Application, Person, auth_settings, running_application
from tests.support import TestClock

pytestmark = pytest.mark.thorough

OTHER = "the password of somebody else"


async def register(application: Application, email: Any, password: str = PASSWORD, **fields: Any) -> httpx2.Response:
    body = {"email": email, "password": password, **fields}
    return await application.client.post("/auth/register", json=body)


async def can_log_in(application: Application, email: str, password: str) -> bool:
    response = await application.client.post("/auth/login", json={"email": email, "password": password})
    return response.status_code == 200


async def follow(application: Application, token: str, path: str = "/auth/verify") -> int:
    return (await application.client.post(path, json={"token": token})).status_code


async def users_of(application: Application, email: str) -> int:
    statement = "SELECT count(*) FROM todokit_auth_user WHERE lower(email) = :email"
    return int((await execute(application, statement, email=email.lower()))[0][0])


def sent_to(application: Application, part: str) -> list[Any]:
    """Return the mails to addresses with this part; on a shared database, others of other tests go out too."""
    return [mail for mail in application.mailer.messages if part.casefold() in mail.to.casefold()]


@pytest.mark.parametrize("spelled", [str.upper, str.title, str.lower])
async def test_an_address_in_another_case_is_taken_silently(application: Application, spelled: Any) -> None:
    ann = await application.person(f"Ann.{uuid.uuid4().hex}@example.com")

    response = await register(application, spelled(ann.email), OTHER)
    await application.send_mails()

    assert response.status_code == 202
    assert await users_of(application, ann.email) == 1
    assert await can_log_in(application, spelled(ann.email), PASSWORD)
    assert not await can_log_in(application, ann.email, OTHER)
    told = sent_to(application, ann.email)[-1]
    assert (told.kind, told.link) == ("known_already", None)


async def test_of_twenty_registrations_at_once_comes_one_user(accounts_url: str) -> None:
    settings = auth_settings(accounts_url, limits={"mails_per_account": 100, "per_account_and_address": 100})
    async with running_application(settings) as application:
        email = f"{uuid.uuid4().hex}@example.com"
        passwords = [f"a fine password, number {number}" for number in range(20)]

        answers = await asyncio.gather(*(register(application, email, one) for one in passwords))
        await application.send_mails()

        assert {answer.status_code for answer in answers} == {202}
        assert await users_of(application, email) == 1
        assert {mail.kind for mail in application.mailer.to(email)} == {"choose"}
        reset = {"token": application.mailer.last_token(email), "password": OTHER}
        assert (await application.client.post("/auth/reset", json=reset)).status_code == 204
        fitting = [await can_log_in(application, email, one) for one in passwords]
        assert fitting.count(True) == 0, "nobody knows whose registration was the owner's"


@pytest.mark.parametrize("at_once", [True, False], ids=["at-once", "one-by-one"])
async def test_who_registers_twice_with_one_password_has_it(application: Application, at_once: bool) -> None:
    ann = application.nobody()
    calls = [register(application, ann.email, ann.password) for _ in range(3)]
    answers = await asyncio.gather(*calls) if at_once else [await call for call in calls]

    await ann.verify()

    assert {answer.status_code for answer in answers} == {202}
    await ann.log_in()


async def test_an_unverified_account_goes_to_who_reads_the_mail_however_old_it_is(
    application: Application, auth_clock: TestClock
) -> None:
    squatter = await application.register()
    auth_clock.advance(days=400)
    ann = await application.register(squatter.email, OTHER)

    chosen = {"token": await ann.mailed_token(), "password": "a third fine password"}
    assert application.mailer.to(ann.email)[-1].kind == "choose"
    assert (await ann.post("/auth/reset", chosen)).status_code == 204

    passwords = (PASSWORD, OTHER, chosen["password"])
    assert [await can_log_in(application, ann.email, one) for one in passwords] == [False, False, True]


async def test_nobody_gets_an_account_whose_proof_was_taken_back(
    application: Application, auth_clock: TestClock
) -> None:
    ann, admin = await application.person(), await application.superuser()
    answer = await admin.patch(f"/auth/users/{await ann.user_id()}", {"is_verified": False})
    assert answer.status_code == 200, answer.text
    auth_clock.advance(days=2)

    await application.register(ann.email, OTHER)
    await application.send_mails()

    assert application.mailer.to(ann.email)[-1].kind == "choose"
    assert not await can_log_in(application, ann.email, OTHER)


async def test_of_two_who_register_the_owner_of_the_mailbox_chooses_a_password(application: Application) -> None:
    ann = await application.register()
    first = await ann.mailed_token()
    for password in (OTHER, "a third password of somebody", ann.password):
        await register(application, ann.email, password, name="Eve")
    chosen = {"token": await ann.mailed_token(), "password": "one that only Ann knows"}

    assert await follow(application, first) == 400, "it was mailed for a password that counts no more"
    assert [mail.kind for mail in application.mailer.to(ann.email)] == ["verify", "choose", "choose", "choose"]
    assert (await ann.post("/auth/reset", chosen)).status_code == 204
    for password in (ann.password, OTHER):
        assert not await can_log_in(application, ann.email, password)
    assert await can_log_in(application, ann.email, chosen["password"])


async def test_who_registers_again_and_again_ends_no_link_to_choose_a_password(application: Application) -> None:
    ann = await application.register()
    await register(application, ann.email, OTHER)
    link = await ann.mailed_token()
    await register(application, ann.email, "a third password of somebody")
    await application.send_mails()

    assert (await ann.post("/auth/reset", {"token": link, "password": ann.password})).status_code == 204
    await ann.log_in()


async def test_a_registration_does_not_get_the_account_of_who_has_a_link_to_reset_it(
    application: Application, auth_clock: TestClock
) -> None:
    ann = await application.register()
    auth_clock.advance(hours=25)
    await ann.post("/auth/forgot", {"email": ann.email})
    await application.send_mails()
    await register(application, ann.email, OTHER)

    await follow(application, await ann.mailed_token())

    assert not await can_log_in(application, ann.email, OTHER)
    assert application.mailer.to(ann.email)[-1].kind == "choose"


async def test_a_verified_account_goes_to_nobody(application: Application) -> None:
    ann = await application.person(name="Ann")

    await register(application, ann.email, OTHER, name="Eve")

    assert (await ann.get("/auth/me")).json()["name"] == "Ann"
    assert await can_log_in(application, ann.email, PASSWORD)
    assert not await can_log_in(application, ann.email, OTHER)


async def test_a_link_verifies_no_password_that_came_after_it(application: Application) -> None:
    ann = await application.register()
    link = await ann.mailed_token()
    await register(application, ann.email, OTHER)

    assert await follow(application, link) == 400
    assert not await can_log_in(application, ann.email, OTHER), "Ann has let in who registered with her address"


async def test_whoever_registers_last_does_not_choose_the_password_of_the_first(application: Application) -> None:
    # Ann registers and waits for the mail; Eve registers Ann's address; Ann follows the newest link that she got.
    ann = await application.register()
    await ann.mailed_token()
    await register(application, ann.email, OTHER)

    await follow(application, await ann.mailed_token())

    assert not await can_log_in(application, ann.email, OTHER), "Ann has let in who registered with her address"


async def test_an_account_that_a_superuser_made_is_taken_over_by_nobody(application: Application) -> None:
    admin, email = await application.superuser(), f"{uuid.uuid4().hex}@example.com"
    made = await admin.post("/auth/users", {"email": email, "is_superuser": True})
    assert made.status_code == 201

    await register(application, email, OTHER)
    await application.send_mails()
    verifying = [mail for mail in application.mailer.to(email) if mail.kind == "verify"]
    for mail in verifying:
        await follow(application, str(mail.link).rpartition("=")[2])

    eve = Person(application, email, OTHER)
    if await can_log_in(application, email, OTHER):
        await eve.log_in()
        assert (await eve.get("/auth/me")).json()["is_superuser"] is False


# Case folding makes one text of each pair, though they are different mailboxes of different people.
LOOKALIKES = [
    ("strauss{}@example.com", "strau\u00df{}@example.com"),
    ("bob{}@strasse.example", "bob{}@stra\u00dfe.example"),
    ("sam{}@example.com", "\u017fam{}@example.com"),
    ("final{}@example.com", "\ufb01nal{}@example.com"),
]


@pytest.mark.parametrize(("of_victim", "of_attacker"), LOOKALIKES, ids=["local", "domain", "long s", "ligature"])
async def test_no_link_to_an_account_goes_to_another_mailbox(
    application: Application, of_victim: str, of_attacker: str
) -> None:
    number = uuid.uuid4().hex
    victim, attacker = of_victim.format(number), of_attacker.format(number)
    ann = await application.person(victim)

    answer = await ann.post("/auth/forgot", {"email": attacker})
    assert answer.status_code in {202, 422}
    await application.send_mails()

    assert [mail.to for mail in sent_to(application, number) if mail.kind == "reset"] in ([], [victim])


@pytest.mark.parametrize(("of_victim", "of_attacker"), LOOKALIKES[:2], ids=["local", "domain"])
async def test_nobody_verifies_an_address_with_the_mail_to_another_one(
    application: Application, of_victim: str, of_attacker: str
) -> None:
    number = uuid.uuid4().hex
    eve = await application.register(of_victim.format(number))
    await application.send_mails()
    sent = len(sent_to(application, number))

    await eve.post("/auth/verify/request", {"email": of_attacker.format(number)})
    await application.send_mails()
    for mail in sent_to(application, number)[sent:]:
        await follow(application, str(mail.link).rpartition("=")[2])

    assert not await can_log_in(application, eve.email, PASSWORD)


async def test_an_address_changes_when_the_new_one_is_confirmed(application: Application) -> None:
    ann, new = await application.person(), f"{uuid.uuid4().hex}@example.com"

    asked = await ann.post("/auth/email", {"email": new, "password": PASSWORD})
    await application.send_mails()

    assert asked.status_code == 202
    assert (await ann.get("/auth/me")).json()["email"] == ann.email
    assert (await can_log_in(application, ann.email, PASSWORD), await can_log_in(application, new, PASSWORD)) == (1, 0)
    assert [mail.kind for mail in application.mailer.to(ann.email)] == ["verify", "email_change_asked"]
    assert await follow(application, application.mailer.last_token(new), "/auth/email/confirm") == 204
    await application.send_mails()
    assert (await can_log_in(application, ann.email, PASSWORD), await can_log_in(application, new, PASSWORD)) == (0, 1)
    assert application.mailer.to(ann.email)[-1].kind == "email_changed"
    assert (await ann.get("/auth/me")).json()["email"] == new


@pytest.mark.parametrize("given", [{}, {"password": None}, {"password": "not the right password"}])
async def test_a_change_of_address_needs_the_password(application: Application, given: dict[str, Any]) -> None:
    ann = await application.person()

    refused = await ann.post("/auth/email", {"email": f"{uuid.uuid4().hex}@example.com", **given})

    await application.send_mails()
    assert refused.status_code == 401
    assert [mail.kind for mail in application.mailer.to(ann.email)] == ["verify"]


async def test_a_change_to_an_address_that_is_taken_only_sends_a_mail(application: Application) -> None:
    ann, bob = await application.person(), await application.person()

    asked = await ann.post("/auth/email", {"email": bob.email.upper(), "password": PASSWORD})
    await application.send_mails()

    assert asked.status_code == 202
    told = sent_to(application, bob.email)[-1]
    assert (told.kind, told.link) == ("known_already", None)
    assert (await ann.get("/auth/me")).json()["email"] == ann.email


async def test_asking_for_another_address_takes_back_the_one_before(application: Application) -> None:
    # The first one was mistyped, and is somebody's who must not get the account by the link.
    ann, others = await application.person(), [f"{uuid.uuid4().hex}@example.com" for _ in range(3)]
    for address in others[:2]:
        await ann.post("/auth/email", {"email": address, "password": PASSWORD})
    await application.send_mails()
    assert application.mailer.to(others[0]) == [], "it had not been sent"
    await ann.post("/auth/email", {"email": others[2], "password": PASSWORD})
    await application.send_mails()

    mistyped, right = (application.mailer.last_token(address) for address in others[1:])
    assert await follow(application, mistyped, "/auth/email/confirm") == 400
    assert await follow(application, right, "/auth/email/confirm") == 204


async def test_of_two_who_confirm_one_address_one_gets_it(application: Application) -> None:
    people, new = [await application.person() for _ in range(2)], f"{uuid.uuid4().hex}@example.com"
    links = []
    for person in people:
        await person.post("/auth/email", {"email": new, "password": PASSWORD})
        await application.send_mails()
        links.append(application.mailer.last_token(new))

    answers = await asyncio.gather(*(follow(application, link, "/auth/email/confirm") for link in links))

    assert sorted(answers) == [204, 409]
    assert await users_of(application, new) == 1
    assert [(await one.get("/auth/me")).json()["email"] == new for one in people] == [one == 204 for one in answers]


async def test_a_reset_takes_back_a_change_of_address_that_waits_in_the_queue(
    application: Application, auth_clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever has taken the account over asks for a change to an address whose mail server is in no hurry.
    ann, thiefs = await application.person(), f"{uuid.uuid4().hex}@example.com"
    keep = application.mailer.send

    async def slow_for_the_thief(message: Any) -> None:
        if message.to == thiefs:
            raise OSError("450 try again later")
        await keep(message)

    monkeypatch.setattr(application.mailer, "send", slow_for_the_thief)
    await ann.post("/auth/email", {"email": thiefs, "password": PASSWORD})
    await ann.post("/auth/forgot", {"email": ann.email})
    reset = {"token": await ann.mailed_token(), "password": OTHER}
    assert (await ann.post("/auth/reset", reset)).status_code == 204

    monkeypatch.setattr(application.mailer, "send", keep)
    auth_clock.advance(hours=1)
    await application.send_mails()
    for mail in application.mailer.to(thiefs):
        await follow(application, str(mail.link).rpartition("=")[2], "/auth/email/confirm")

    await ann.log_in(OTHER)
    assert (await ann.get("/auth/me")).json()["email"] == ann.email


async def test_where_registration_is_closed_only_superusers_make_accounts(accounts_url: str) -> None:
    async with running_application(auth_settings(accounts_url)) as application:
        admin = await application.superuser()
    async with running_application(auth_settings(accounts_url, registration=False)) as application:
        email = f"{uuid.uuid4().hex}@example.com"
        answers = [(await register(application, one)).status_code for one in (email, admin.email)]
        admin = Person(application, admin.email, admin.password, admin.access_token)
        made = await admin.post("/auth/users", {"email": email})

        assert answers == [403, 403]
        assert made.status_code == 201
        ann = Person(application, email, OTHER)
        reset = {"token": await ann.mailed_token(), "password": OTHER}
        assert (await ann.post("/auth/reset", reset)).status_code == 204
        await ann.log_in()


HOSTILE_HEADERS = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "Forwarded": "host=evil.example",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "https://evil.example/",
    "Origin": "https://evil.example",
    "Referer": "https://evil.example/",
}


async def test_links_lead_to_the_public_url_whatever_the_headers_say(accounts_url: str) -> None:
    settings = auth_settings(accounts_url, public_url="https://todos.example")
    async with running_application(settings) as application:
        ann = application.nobody()
        ann.headers = HOSTILE_HEADERS
        await ann.post("/auth/register", {"email": ann.email, "password": PASSWORD})
        await ann.verify()
        await ann.log_in()
        await ann.post("/auth/forgot", {"email": ann.email})
        await ann.post("/auth/email", {"email": f"new-{ann.email}", "password": PASSWORD})
        await application.send_mails()

        mails = sent_to(application, ann.email)
        links = [mail.link for mail in mails if mail.link]
        assert Counter(str(link).rpartition("=")[0] for link in links) == {
            "https://todos.example/verify-email#token": 1,
            "https://todos.example/reset-password#token": 1,
            "https://todos.example/change-email#token": 1,
        }
        assert not [mail for mail in mails if "evil" in mail.text + mail.subject]


HOSTILE_EMAILS: list[Any] = [
    "", " ", "ann", "ann@", "@example.com", "ann@example", "ann@@example.com", "ann@exam ple.com", "ann @example.com",
    "ann@example.com\n", "ann@example.com\r\nBcc: eve@example.com", "ann@example.com,eve@example.com",
    "ann@example.com;eve@example.com", "Ann <ann@example.com>", '"ann b"@example.com', "ann@[127.0.0.1]",
    "ann@localhost", "ann..b@example.com", ".ann@example.com", "ann@-example.com",
    "ann@" + "a" * 64 + ".com", "ann@" + "a." * 130 + "com", "a" * 10_000 + "@example.com", "ann\u202e@example.com",
    "ann\u0000@example.com", "ann\u200b@example.com", "ann%00@example.com\x00", None, 1, True, [], ["ann@example.com"],
    {"email": "ann@example.com"}, "a" * 65 + "@example.com", "é" * 33 + "@example.com",
    "=?utf-8?q?ann?=@example.com", "=?utf-8?q?a=0Ab?=@example.com", "a@=?x?=.com",
]  # fmt: skip
HOSTILE_NAMES: list[Any] = ["a" * 121, "a\u0000b", 1, [], {}, True]
HOSTILE_ZONES: list[Any] = [
    "", "Mars/Phobos", "../../etc/passwd", "/etc/localtime", "localtime", "Factory",
    "Europe/Berlin\u0000", "a" * 1_000, 1, [], True,
]  # fmt: skip


async def test_hostile_values_are_refused_and_make_no_account(accounts_url: str) -> None:
    async with running_application(auth_settings(accounts_url)) as application:
        good = {"email": f"{uuid.uuid4().hex}@example.com", "password": PASSWORD}
        before = await execute(application, "SELECT count(*) FROM todokit_auth_user")
        fields = [("email", HOSTILE_EMAILS), ("name", HOSTILE_NAMES), ("time_zone", HOSTILE_ZONES)]
        for field, values in fields:
            for value in values:
                response = await register(application, **{**good, field: value})
                assert response.status_code == 422, (field, value, response.text)
                assert response.json()["code"] == "invalid_input"
        for path in ("/auth/forgot", "/auth/verify/request"):
            for value in HOSTILE_EMAILS:
                response = await application.client.post(path, json={"email": value})
                assert response.status_code == 422, (path, value)

        assert await execute(application, "SELECT count(*) FROM todokit_auth_user") == before


async def test_hostile_addresses_at_a_login_are_only_wrong(application: Application) -> None:
    for value in HOSTILE_EMAILS:
        response = await application.client.post("/auth/login", json={"email": value, "password": PASSWORD})
        assert response.status_code in {401, 422, 429}, (value, response.text)


@pytest.mark.parametrize("token", ["", "x", "\u0000", "é" * 200, "a" * 201, "../", "' OR 1=1 --", None, 1, []])
async def test_hostile_tokens_of_links_are_only_wrong(application: Application, token: Any) -> None:
    for path in ("/auth/verify", "/auth/email/confirm", "/auth/reset"):
        password = {"password": PASSWORD} if path == "/auth/reset" else {}
        response = await application.client.post(path, json={"token": token, **password})
        assert response.status_code in {400, 422}, (path, response.text)
