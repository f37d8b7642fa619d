"""What people write, into everything of accounts and todos that sends a mail or answers with headers: it stays text."""

import uuid
from typing import Any

import pytest

from fastapi_todo_kit.auth.mail.texts import WORDS
from tests.auth.support import PASSWORD, Application, Person
from tests.core.test_mime import HEADERS, HOSTILE, received

pytestmark = pytest.mark.thorough

NEW = "another fine password"
# What the API takes; NUL and the like are refused, which other tests are about.
TEXTS = [text.replace("\x00", "") for text in HOSTILE if text.strip()]
KINDS = set(WORDS)


@pytest.fixture
def accounts_url(accounts_sqlite_url: str) -> str:
    """One database: what becomes of a text on its way out does not depend on where it is kept."""
    return accounts_sqlite_url


def cut(text: str, longest: int) -> str:
    return text[:longest]


async def every_mail(application: Application, text: str) -> list[Any]:
    """Cause a mail of each kind of people who are called so, and return them."""
    admin = await application.superuser()
    ann = await application.register(name=cut(text, 120))
    registered_again = await application.register(name=cut(text, 120))
    await registered_again.mailed_token()
    await application.register(registered_again.email, NEW, name=cut(text, 120))
    await ann.verify()
    await ann.log_in()
    invited = f"{uuid.uuid4().hex}@example.com"
    assert (await admin.post("/auth/users", {"email": invited, "name": cut(text, 120)})).status_code == 201
    await application.register(ann.email, NEW, name=cut(text, 120))
    await ann.post("/auth/forgot", {"email": ann.email})
    reset = {"token": await ann.mailed_token(), "password": NEW}
    assert (await ann.post("/auth/reset", reset)).status_code == 204
    await ann.log_in(NEW)
    new = f"{uuid.uuid4().hex}@example.com"
    assert (await ann.post("/auth/email", {"email": new, "password": NEW})).status_code == 202
    await application.send_mails()
    link = {"token": application.mailer.last_token(new)}
    assert (await ann.post("/auth/email/confirm", link)).status_code == 204
    await application.send_mails()
    return [
        mail for mail in application.mailer.messages if mail.to in {ann.email, registered_again.email, invited, new}
    ]


@pytest.mark.parametrize("text", TEXTS)
async def test_no_text_of_anybody_is_more_than_text_in_any_mail(application: Application, text: str) -> None:
    mails = await every_mail(application, text)

    assert {mail.kind for mail in mails} == KINDS
    for message in mails:
        mail = received(message.as_email("Todos <todos@example.com>"))
        assert set(mail.keys()) == HEADERS
        assert (str(mail["Subject"]), str(mail["To"])) == (WORDS[message.kind].subject, message.to)
        assert mail.get_content_type() == "text/plain"


async def answered(person: Person, text: str) -> list[set[str]]:
    """Return the names of the headers of everything that is answered about a text."""
    headers = {"X-Request-ID": "of-a-test", "Idempotency-Key": uuid.uuid4().hex}
    made = [
        await person.post("/api/lists", {"name": cut(text, 120)}, headers=headers),
        await person.post("/api/todos", {"title": text, "description": text, "extra": {"a": text}}),
        await person.post("/api/labels", {"name": cut(text, 20) + uuid.uuid4().hex}),
        await person.post("/auth/tokens", {"name": cut(text, 120), "scopes": []}),
        await person.patch("/auth/me", {"name": cut(text, 120)}),
        await person.get("/api/todos", params={"q": cut(text, 200)}),
        await person.get("/auth/users", params={"email": cut(text, 200)}),
        await person.post("/auth/login", {"email": cut(text, 200), "password": PASSWORD}),
        await person.post("/auth/providers/x/authorize", headers={"User-Agent": ascii(text)}),
    ]
    return [set(answer.headers) for answer in made]


@pytest.mark.parametrize("text", TEXTS)
async def test_no_text_of_anybody_is_a_header_of_an_answer(application: Application, text: str) -> None:
    ann = await application.person()

    assert await answered(ann, text) == await answered(ann, "harmless")
