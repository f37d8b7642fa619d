"""One address in many spellings: whichever door it is typed at, it is one account."""

import uuid

import pytest

from fastapi_todo_kit.auth.admin.commands import promote
from fastapi_todo_kit.auth.credentials.emails import email_key, normal_email
from fastapi_todo_kit.host import Identity
from tests.auth.login_provider import FakeProvider
from tests.auth.outside import execute
from tests.auth.support import PASSWORD, auth_settings, running_application

pytestmark = pytest.mark.thorough

SPELLINGS = {
    "unicode": "zoe{}@b\u00fccher{}.example",
    "punycode": "zoe{}@{}.example",
    "upper": "ZOE{}@B\u00dcCHER{}.EXAMPLE",
    "decomposed": "zoe{}@bu\u0308cher{}.example",
    "full-width": "zoe{}@b\u00fccher{}\uff0e\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45",
    "blanks": " zoe{}@b\u00fccher{}.example ",
}
LIMITS = dict.fromkeys(("per_account_and_address", "per_account", "per_address", "mails_per_account"), 10_000)


def spelled(name: str, number: str) -> str:
    """Return an address of a domain of its own."""
    label = f"b\u00fccher{number}".encode("punycode").decode()
    return SPELLINGS[name].format(number, f"xn--{label}" if name == "punycode" else number)


@pytest.mark.parametrize("registered", SPELLINGS)
async def test_every_spelling_of_an_address_is_the_account_at_every_door(accounts_url: str, registered: str) -> None:
    provider, number = FakeProvider(), uuid.uuid4().hex[:12]
    settings = auth_settings(accounts_url, limits=LIMITS)
    async with running_application(settings, login_providers=[provider]) as application:
        admin = await application.superuser()
        zoe = await application.register(spelled(registered, number))
        stored = normal_email(zoe.email)
        zoe.email = stored
        await zoe.verify()

        for name in SPELLINGS:
            typed = spelled(name, number)
            login = await zoe.post("/auth/login", {"email": typed, "password": PASSWORD})
            form = {"username": typed, "password": PASSWORD}
            by_form = await application.client.post("/auth/token", data=form)
            found = (await admin.get("/auth/users", params={"email": typed})).json()["items"]
            await zoe.post("/auth/forgot", {"email": typed})
            again = await zoe.post("/auth/register", {"email": typed, "password": "another fine password"})
            body = await provider.come_back(application, Identity(uuid.uuid4().hex, typed, email_verified=True))
            entering = await provider.log_in(application, body)

            assert (login.status_code, by_form.status_code, again.status_code) == (200, 200, 202), name
            assert [user["email"] for user in found] == [stored], name
            assert entering.json()["code"] == "login_in_use", name
        await application.send_mails()
        kinds = [mail.kind for mail in application.mailer.to(stored)]
        assert (kinds.count("reset"), kinds.count("known_already")) == (len(SPELLINGS), len(SPELLINGS))
        assert (await promote(settings, spelled("punycode", number)))["email"] == stored
        count = "SELECT count(*) FROM todokit_auth_user WHERE email_key LIKE :like"
        assert (await execute(application, count, like=f"%zoe{number}@%"))[0][0] == 1


@pytest.mark.parametrize("made", SPELLINGS)
async def test_an_account_that_a_provider_made_is_found_by_every_spelling(accounts_url: str, made: str) -> None:
    provider, number = FakeProvider(), uuid.uuid4().hex[:12]
    async with running_application(auth_settings(accounts_url), login_providers=[provider]) as application:
        who = Identity(uuid.uuid4().hex, spelled(made, number), email_verified=True)
        zoe = application.nobody()
        zoe.use((await provider.log_in(application, await provider.come_back(application, who))).json())
        zoe.email = (await zoe.get("/auth/me")).json()["email"]

        await zoe.post("/auth/forgot", {"email": spelled("full-width", number)})
        reset = {"token": await zoe.mailed_token(), "password": PASSWORD}
        assert (await zoe.post("/auth/reset", reset)).status_code == 204

        for name in SPELLINGS:
            login = await zoe.post("/auth/login", {"email": spelled(name, number), "password": PASSWORD})
            assert login.status_code == 200, name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("strauss@a.example", "strau\u00df@a.example"),
        ("a@strasse.example", "a@stra\u00dfe.example"),
        ("a@b.c", "a@b.d"),
    ],
)
def test_two_mailboxes_are_two_keys(one: str, other: str) -> None:
    assert email_key(one) != email_key(other)
    assert email_key(email_key(other)) == email_key(other)


def test_an_address_that_reads_as_another_one_is_none() -> None:
    for address in ("=?utf-8?q?victim?=@example.com", "=?utf-8?q?a=0Ab?=@example.com"):
        with pytest.raises(ValueError, match="encoded word"):
            normal_email(address)
