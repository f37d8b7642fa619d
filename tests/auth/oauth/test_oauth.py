"""Logging in with a provider that really runs: its codes, its keys, its mistakes, and other people's."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx2
import pytest
from httpx_oauth.oauth2 import BaseOAuth2

from fastapi_todo_kit import Host, TodoKitSettings
from fastapi_todo_kit.auth.oauth.providers import OAuthLogin, OpenIDLogin
from fastapi_todo_kit.auth.oauth.repository import OAuthRepository
from tests.auth.oauth.provider import CLIENT_ID, CLIENT_SECRET, Provider, running_provider
from tests.auth.support import Application, Person, auth_settings, running_application

pytestmark = pytest.mark.thorough

ANN = {"sub": "ann-at-the-provider", "email_verified": True, "name": "Ann"}


class Profiled(BaseOAuth2[dict[str, Any]]):
    """A client as httpx-oauth has one for each provider: it knows where the profile is."""

    url: str

    async def get_id_email(self, token: str) -> tuple[str, str | None]:
        async with self.get_httpx_client() as client:
            profile = (await client.get(f"{self.url}/userinfo", headers={"Authorization": f"Bearer {token}"})).json()
        return profile["sub"], profile.get("email")


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """A provider that the tests of this file share."""
    with running_provider() as one:
        yield one


@pytest.fixture(autouse=True)
def reliable(provider: Provider) -> None:
    """Nothing that a test told the provider to do wrong is left for the next one."""
    provider.changed_claims, provider.is_broken, provider.answers = {}, False, {}


def providers(provider: Provider) -> tuple[OpenIDLogin, OAuthLogin, OAuthLogin]:
    url = provider.url
    openid = OpenIDLogin("oidc", client_id=CLIENT_ID, client_secret=CLIENT_SECRET, issuer=url)
    client = Profiled(CLIENT_ID, CLIENT_SECRET, f"{url}/authorize", f"{url}/token", name="plain")
    client.url = url
    return openid, OAuthLogin(client, vouches_for_email=True), OAuthLogin(client, name="doubtful")


@pytest.fixture
async def application(auth_kit_settings: TodoKitSettings, provider: Provider) -> AsyncIterator[Application]:
    """An application with three ways to the provider."""
    async with running_application(auth_kit_settings, login_providers=providers(provider)) as one:
        yield one


def somebody(application: Application, email: str | None = None, **claims: Any) -> dict[str, Any]:
    """Return who logs in at the provider."""
    address = email or application.nobody().email
    return {**ANN, "sub": f"subject of {address}", "email": address, **claims}


async def begun(person: Person, name: str = "oidc") -> dict[str, str]:
    response = await person.post(f"/auth/providers/{name}/authorize")
    assert response.status_code == 200, response.text
    answer: dict[str, str] = response.json()
    return answer


async def come_back(application: Application, provider: Provider, at: str = "oidc", /, **who: Any) -> dict[str, str]:
    """Return what a client sends after the browser was at the provider."""
    began = await begun(application.nobody(), at)
    return {**provider.come_back(began["authorization_url"], **who), "secret": began["secret"]}


async def log_in(application: Application, body: dict[str, str], name: str = "oidc") -> httpx2.Response:
    return await application.client.post(f"/auth/providers/{name}/login", json=body)


@pytest.mark.parametrize("name", ["oidc", "plain"])
async def test_a_first_login_makes_an_account_and_the_next_finds_it(
    application: Application, provider: Provider, name: str
) -> None:
    who = somebody(application)
    people = []
    for _ in range(2):
        response = await log_in(application, await come_back(application, provider, name, **who), name)
        person = application.nobody()
        person.use(response.json())
        people.append((await person.get("/auth/me")).json())

    assert people[0] == people[1]
    assert people[0]["email"] == who["email"]
    assert people[0]["is_verified"] is True
    assert people[0]["has_password"] is False


async def test_the_names_of_the_providers_are_listed(application: Application) -> None:
    assert (await application.client.get("/auth/providers")).json() == {"items": ["oidc", "plain", "doubtful"]}
    assert (await application.client.post("/auth/providers/other/authorize")).status_code == 404


async def test_the_browser_is_sent_back_to_the_configured_page(application: Application) -> None:
    response = await application.client.post(
        "/auth/providers/oidc/authorize", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    )

    url = response.json()["authorization_url"]
    assert "redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Flogin%2Foidc" in url
    assert "evil" not in url


@pytest.mark.parametrize(
    "change",
    [
        lambda body, other: body | {"state": other["state"]},
        lambda body, other: body | {"secret": other["secret"]},
        lambda body, other: body | {"code": other["code"]},
        lambda body, _other: body | {"state": "", "secret": ""},
        lambda body, _other: body | {"code": "made up"},
        lambda body, _other: body | {"state": "é" * 43},
    ],
    ids=["foreign-state", "foreign-secret", "foreign-code", "empty", "unknown-code", "not-ascii"],
)
async def test_what_belongs_to_another_login_is_refused(
    application: Application, provider: Provider, change: Callable[..., dict[str, str]]
) -> None:
    body = await come_back(application, provider, **somebody(application))
    other = await come_back(application, provider, **somebody(application))

    response = await log_in(application, change(body, other))

    assert (response.status_code, response.json()["code"]) == (400, "login_failed")


async def test_a_code_is_good_once(application: Application, provider: Provider) -> None:
    body = await come_back(application, provider, **somebody(application))

    assert (await log_in(application, body)).status_code == 200
    assert (await log_in(application, body)).status_code == 400


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another-client"},
        {"aud": [CLIENT_ID, "another-client"]},
        {"aud": [CLIENT_ID, "another-client"], "azp": CLIENT_ID},
        {"aud": []},
        {"azp": "another-client"},
        {"azp": None},
        {"azp": [CLIENT_ID]},
        {"iss": "https://another.example"},
        {"exp": 1},
        {"sub": ""},
        {"sub": 7},
        {"email": "no address"},
        {"sub": "x" * 300},
    ],
    ids=str,
)
async def test_an_id_token_that_says_something_else_is_refused(
    application: Application, provider: Provider, claims: dict[str, Any]
) -> None:
    body = await come_back(application, provider, **somebody(application))
    provider.changed_claims = claims

    response = await log_in(application, body)

    assert (response.status_code, response.json()["code"]) == (400, "login_failed")


@pytest.mark.parametrize("claims", [{"aud": [CLIENT_ID]}, {"azp": CLIENT_ID}, {"aud": [CLIENT_ID], "azp": CLIENT_ID}])
async def test_an_id_token_may_say_in_other_ways_that_it_is_for_this_client(
    application: Application, provider: Provider, claims: dict[str, Any]
) -> None:
    body = await come_back(application, provider, **somebody(application))
    provider.changed_claims = claims

    assert (await log_in(application, body)).status_code == 200


@pytest.mark.parametrize(
    "email", [7, True, [], {}, ["ann@example.com"], "a" * 400 + "@example.com", "\ud800@example.com"]
)
async def test_an_address_that_is_none_is_refused(application: Application, provider: Provider, email: object) -> None:
    body = await come_back(application, provider, "plain", **{**somebody(application), "email": email})
    provider.answers["/userinfo"] = json.dumps({"sub": "ann", "email": email}).encode()

    response = await log_in(application, body, "plain")

    assert (response.status_code, response.json()["code"]) == (400, "login_failed")


@pytest.mark.parametrize("subject", [None, "None", 7, False, "", "x" * 300, "a\0", "a\ud800"])
async def test_a_profile_that_does_not_say_whose_it_is_is_refused(
    application: Application, provider: Provider, subject: object
) -> None:
    body = await come_back(application, provider, "plain", **somebody(application))
    provider.answers["/userinfo"] = json.dumps({**somebody(application), "sub": subject}).encode()

    response = await log_in(application, body, "plain")

    assert (response.status_code, response.json()["code"]) == (400, "login_failed")


async def test_a_provider_that_does_not_answer_is_a_503(application: Application, provider: Provider) -> None:
    body = await come_back(application, provider, **somebody(application))
    provider.is_broken = True

    response = await log_in(application, body)

    assert (response.status_code, response.json()["code"]) == (503, "provider_unavailable")
    assert "Retry-After" in response.headers


async def test_an_issuer_that_is_away_is_a_503(auth_kit_settings: TodoKitSettings) -> None:
    away = OpenIDLogin("away", client_id="x", client_secret="y", issuer="http://127.0.0.1:9")
    async with running_application(auth_kit_settings, login_providers=[away]) as application:
        response = await application.client.post("/auth/providers/away/authorize")

    assert response.status_code == 503


@pytest.mark.parametrize(("name", "claims"), [("oidc", {"email_verified": False}), ("doubtful", {})])
async def test_an_address_that_nobody_vouches_for_makes_no_account(
    application: Application, provider: Provider, name: str, claims: dict[str, Any]
) -> None:
    taken = await application.person()

    answers = []
    for email in (None, taken.email):
        body = await come_back(application, provider, name, **somebody(application, email, **claims))
        response = await log_in(application, body, name)
        answers.append((response.status_code, response.json()["code"]))

    assert answers == [(403, "address_not_verified")] * 2, "and it does not tell whether there is an account"


async def test_an_account_with_the_same_address_is_not_entered(application: Application, provider: Provider) -> None:
    ann = await application.person()

    body = await come_back(application, provider, **somebody(application, ann.email.upper()))
    response = await log_in(application, body)

    assert (response.status_code, response.json()["code"]) == (409, "login_in_use")


async def test_it_is_entered_where_the_host_says_so(accounts_url: str, provider: Provider) -> None:
    settings = auth_settings(accounts_url, link_by_email=True)
    async with running_application(settings, login_providers=providers(provider)) as application:
        ann = await application.person()
        identity = await ann.user_id()

        body = await come_back(application, provider, **somebody(application, ann.email))
        ann.use((await log_in(application, body)).json())

        assert await ann.user_id() == identity
        await ann.log_in()


async def test_a_password_that_was_set_before_the_address_was_verified_does_not_survive(
    application: Application, provider: Provider
) -> None:
    thief = await application.register()

    body = await come_back(application, provider, **somebody(application, thief.email))
    owner = application.nobody()
    owner.use((await log_in(application, body)).json())

    assert (await owner.get("/auth/me")).json()["has_password"] is False
    login = {"email": thief.email, "password": thief.password}
    assert (await application.client.post("/auth/login", json=login)).status_code == 401


async def test_a_login_is_linked_and_unlinked(application: Application, provider: Provider) -> None:
    ann = await application.person()
    who = somebody(application)

    body = await come_back(application, provider, **who)
    assert (await ann.post("/auth/me/logins/oidc", body)).status_code == 204
    logins = (await ann.get("/auth/me/logins")).json()["items"]
    again = application.nobody()
    again.use((await log_in(application, await come_back(application, provider, **who))).json())

    assert [login["provider"] for login in logins] == ["oidc"]
    assert await again.user_id() == await ann.user_id()
    assert (await ann.delete("/auth/me/logins/oidc")).status_code == 204
    assert (await ann.delete("/auth/me/logins/oidc")).status_code == 404


async def test_a_login_of_somebody_else_is_not_linked(application: Application, provider: Provider) -> None:
    who = somebody(application)
    await log_in(application, await come_back(application, provider, **who))
    eve = await application.person()

    response = await eve.post("/auth/me/logins/oidc", await come_back(application, provider, **who))

    assert (response.status_code, response.json()["code"]) == (409, "login_in_use")


async def test_the_only_way_to_log_in_stays(application: Application, provider: Provider) -> None:
    person = application.nobody()
    person.use((await log_in(application, await come_back(application, provider, **somebody(application)))).json())

    assert (await person.delete("/auth/me/logins/oidc")).status_code == 409
    assert len((await person.get("/auth/me/logins")).json()["items"]) == 1
    assert (await person.post("/auth/password", {"new_password": "a brand new one"})).status_code == 204
    assert (await person.delete("/auth/me/logins/oidc")).status_code == 204


async def test_the_same_first_login_twice_at_once_makes_one_account(
    application: Application, provider: Provider
) -> None:
    who = somebody(application)
    bodies = [await come_back(application, provider, **who) for _ in range(6)]

    answers = await asyncio.gather(*(log_in(application, body) for body in bodies))

    assert {answer.status_code for answer in answers} == {200}
    people = [application.nobody() for _ in answers]
    for person, answer in zip(people, answers, strict=True):
        person.use(answer.json())
    assert len({await person.user_id() for person in people}) == 1


async def test_a_first_login_that_another_overtakes_enters_its_account(
    application: Application, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, find, begun = somebody(application), OAuthRepository.find, False
    slow, fast = [await come_back(application, provider, **who) for _ in range(2)]

    async def overtaken(self: OAuthRepository, name: str, subject: str) -> uuid.UUID | None:
        nonlocal begun
        found, is_first = await find(self, name, subject), not begun
        begun = True
        if is_first and not application.settings.is_sqlite:  # which lets nobody write meanwhile
            assert (await log_in(application, fast)).status_code == 200
        return found

    monkeypatch.setattr(OAuthRepository, "find", overtaken)

    assert (await log_in(application, slow)).status_code == 200


async def test_a_disabled_account_is_not_entered(application: Application, provider: Provider) -> None:
    who = somebody(application)
    person = application.nobody()
    person.use((await log_in(application, await come_back(application, provider, **who))).json())
    root = await application.superuser()
    await root.patch(f"/auth/users/{await person.user_id()}", {"is_active": False})

    response = await log_in(application, await come_back(application, provider, **who))

    assert response.status_code == 401


async def test_closed_registration_is_closed_here_too(accounts_url: str, provider: Provider) -> None:
    settings = auth_settings(accounts_url, registration=False)
    async with running_application(settings, login_providers=providers(provider)) as application:
        response = await log_in(application, await come_back(application, provider, **somebody(application)))

    assert (response.status_code, response.json()["code"]) == (403, "registration_closed")


def test_building_a_provider_asks_nobody() -> None:
    Host(login_providers=[OpenIDLogin("x", client_id="x", client_secret="y", issuer="http://127.0.0.1:9")])
