"""Tokens in cookies: no script reads them, and no page of another site uses them."""

import itertools
import uuid
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie
from typing import Any

import httpx2
import pytest

from tests.auth.outside import at
from tests.auth.support import Application, Person, auth_settings, running_application

pytestmark = pytest.mark.thorough

ACCESS, REFRESH = "__Host-todo_kit_access", "__Host-todo_kit_refresh"
PUBLIC, PARTNER, EVIL = "https://todos.example", "https://partner.example", "https://evil.example"
SITES = ("same-origin", "same-site", "cross-site", "none", None)
ORIGINS = (PUBLIC, PARTNER, EVIL, "null", "https://todos.example.evil.example", None)
METHODS = ("GET", "POST", "PATCH", "DELETE")


@pytest.fixture
async def site(accounts_sqlite_url: str) -> AsyncIterator[Application]:
    """An application for browsers; cookies do not depend on the database."""
    settings = auth_settings(accounts_sqlite_url, cookies=True, public_url=PUBLIC, trusted_origins=(PARTNER,))
    async with running_application(settings) as application:
        yield application


async def browser_of(person: Person) -> tuple[httpx2.AsyncClient, httpx2.Response]:
    """Return a browser that has logged in, and the answer that it got."""
    browser = at(person.application, "192.0.2.1").client
    body = {"email": person.email, "password": person.password}
    return browser, await browser.post("/auth/login?in_cookies=true", json=body)


def flags(response: httpx2.Response) -> dict[str, tuple[Any, ...]]:
    """Return name, and path, lifetime and so on of the cookies that an answer sets."""
    cookies = [SimpleCookie(header) for header in response.headers.get_list("set-cookie")]
    found = {name: one for cookie in cookies for name, one in cookie.items()}
    names = ("path", "max-age", "samesite", "httponly", "secure", "domain")
    return {name: tuple(str(one[field]).lower() for field in names) for name, one in found.items()}


async def test_a_login_with_cookies_shows_no_token(site: Application) -> None:
    _, response = await browser_of(await site.person())

    strict = ("lax", "true", "true", "")
    assert response.json() == {"token_type": "cookie", "expires_in": 900}
    assert flags(response) == {ACCESS: ("/", "900", *strict), REFRESH: ("/", "2592000", *strict)}
    assert response.headers["Cache-Control"] == "no-store"


async def test_a_login_without_cookies_sets_none(site: Application) -> None:
    ann = await site.person()

    response = await site.client.post("/auth/login", json={"email": ann.email, "password": ann.password})

    assert flags(response) == {}


async def test_a_refresh_with_cookies_answers_with_cookies(site: Application) -> None:
    browser, first = await browser_of(await site.person())
    before = dict(browser.cookies)

    response = await browser.post("/auth/refresh", headers={"Origin": PUBLIC})

    assert response.json() == {"token_type": "cookie", "expires_in": 900}
    assert set(flags(response)) == set(flags(first)) == {ACCESS, REFRESH}
    assert all(browser.cookies[name] != before[name] for name in (ACCESS, REFRESH))


async def test_a_logout_takes_the_cookies_away_and_ends_the_session(site: Application) -> None:
    browser, _ = await browser_of(await site.person())
    kept = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())

    response = await browser.post("/auth/logout", headers={"Origin": PUBLIC})

    assert {name: one[:2] for name, one in flags(response).items()} == {ACCESS: ("/", "0"), REFRESH: ("/", "0")}
    thief = at(site, "192.0.2.2").client
    assert (await thief.get("/auth/me", headers={"Cookie": kept})).status_code == 401
    assert (await thief.post("/auth/refresh", headers={"Cookie": kept, "Origin": PUBLIC})).status_code == 401


def is_trusted(method: str, place: str | None, origin: str | None) -> bool:
    """Reading is harmless; else the page is of our origin, as one of the two headers says that browsers send."""
    return method == "GET" or origin in {PUBLIC, PARTNER} or place == "same-origin"


async def test_a_page_of_another_site_changes_nothing(site: Application) -> None:
    browser, _ = await browser_of(await site.person())
    wrong = []
    for method, place, origin in itertools.product(METHODS, SITES, ORIGINS):
        said = {"Sec-Fetch-Site": place, "Origin": origin}
        headers = {name: value for name, value in said.items() if value is not None}
        for path, body in (("/auth/me", {"name": "Eve"}), ("/api/todos", {"title": "by Eve"})):
            status = await status_of(browser, method, path, body, headers)
            if (status != 403) != is_trusted(method, place, origin):
                wrong.append((method, path, place, origin, status))

    assert wrong == []


async def status_of(
    browser: httpx2.AsyncClient, method: str, path: str, body: dict[str, str], headers: dict[str, str]
) -> int:
    """Send a request that does something where it is let in, but ends nothing that the next one needs."""
    if path == "/auth/me" and method in {"POST", "DELETE"}:
        path, body = ("/auth/tokens", {"name": "x"}) if method == "POST" else (f"/auth/sessions/{uuid.uuid4()}", {})
    elif path != "/auth/me" and method in {"PATCH", "DELETE"}:
        path = f"{path}/{uuid.uuid4()}"
    options: dict[str, Any] = {} if method in {"GET", "DELETE"} else {"json": body}
    response = await browser.request(method, path, headers=headers, **options)
    assert response.status_code != 403 or response.json()["code"] == "cross_site_request"
    assert response.status_code in {200, 201, 403, 404, 422}, response.text
    return response.status_code


@pytest.mark.parametrize("path", ["/auth/refresh", "/auth/logout"])
async def test_a_page_of_another_site_refreshes_and_ends_no_session(site: Application, path: str) -> None:
    browser, _ = await browser_of(await site.person())

    response = await browser.post(path, headers={"Origin": EVIL, "Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert flags(response) == {}
    assert (await browser.get("/auth/me")).status_code == 200


@pytest.mark.parametrize("place", ["cross-site", "same-site"])
async def test_a_page_of_another_site_logs_no_browser_in(site: Application, place: str) -> None:
    # Who is logged in to the attacker's account unknowingly writes down secrets for the attacker.
    eve = await site.person()
    form = {"username": eve.email, "password": eve.password}
    headers = {"Origin": EVIL, "Sec-Fetch-Site": place, "Sec-Fetch-Mode": "navigate"}

    response = await at(site, "192.0.2.1").client.post("/auth/token?in_cookies=true", data=form, headers=headers)

    assert flags(response) == {}


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_form_of_another_site_cannot_pass_for_json(site: Application, content_type: str) -> None:
    eve = await site.person()
    body = f'{{"email": "{eve.email}", "password": "{eve.password}"}}'
    headers = {"Content-Type": content_type, "Origin": EVIL, "Sec-Fetch-Site": "cross-site"}

    response = await site.client.post("/auth/login?in_cookies=true", content=body, headers=headers)

    assert response.status_code in {403, 415}
    assert flags(response) == {}


async def test_a_bearer_token_is_good_from_every_page(site: Application) -> None:
    ann = await site.person()

    response = await ann.post("/api/todos", {"title": "x"}, headers={"Origin": EVIL, "Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 201


async def test_a_refresh_token_in_the_body_is_good_from_every_page(site: Application) -> None:
    ann = await site.person()
    headers = {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"}

    body = {"refresh_token": ann.refresh_token}
    response = await site.client.post("/auth/refresh", json=body, headers=headers)

    assert response.status_code == 200
    assert flags(response) == {}
    assert {"access_token", "refresh_token"} <= response.json().keys()
