"""The table of everything that a host can vary: it leaves nothing out, and each of its snippets does what it says."""

import inspect
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient

from fastapi_todo_kit import Host, run_due, send_mails, todo_router
from fastapi_todo_kit.testing import frozen_clock
from tests.docs.running import DOCS, SNIPPETS, client_of, ran

pytestmark = pytest.mark.thorough

PAGE = (DOCS / "reference" / "host.md").read_text("utf-8")
ROW = re.compile(r"^\| (?P<what>[^|]+) \| (?P<option>[^|]+) \| (?P<default>[^|]+) \| \[[^]]+\]\(#(?P<anchor>\S+)\) \|$")

ANN, BOB = {"X-User": "ann"}, {"X-User": "bob"}
INVOICE = {"source": "billing", "type": "invoice", "id": "42"}


def rows() -> list[re.Match[str]]:
    lines = PAGE.splitlines()
    found = [ROW.match(line) for line in lines if line.startswith("| ") and "](#" in line]
    return [row for row in found if row is not None]


def sections() -> dict[str, str]:
    """Return the text below each heading, by the anchor that MkDocs gives the heading."""
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)[1:]
    return {
        re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-"): text
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
    }


def test_the_table_has_a_row_for_everything_that_a_host_can_vary() -> None:
    options = " ".join(row["option"] for row in rows())
    keywords = set(inspect.signature(todo_router).parameters) - {"host"}

    assert {name for name in (field.name for field in fields(Host)) if f"Host.{name}`" not in options} == set()
    assert {name for name in keywords if f"todo_router({name})`" not in options} == set()


def test_every_line_of_the_table_is_a_row() -> None:
    assert len(rows()) == sum(line.startswith("| ") for line in PAGE.splitlines()) - 2


def test_each_row_leads_to_a_snippet() -> None:
    text = sections()

    for row in rows():
        assert '--8<-- "docs/snippets/host/' in text[row["anchor"]], row["what"]
    assert {row["anchor"] for row in rows()} == {anchor for anchor, part in text.items() if "--8<--" in part}, (
        "a snippet that no row leads to"
    )


def add(client: TestClient, user: dict[str, str] | None = None, **fields: Any) -> Any:
    return client.post("/api/todos", json={"title": "Buy milk", **fields}, headers=user)


def titles(client: TestClient, path: str = "/api/todos", **options: Any) -> list[str]:
    return [todo["title"] for todo in client.get(path, **options).json()["items"]]


def current_user(client: TestClient) -> None:
    assert add(client, BOB).json()["created_by"] == "2"
    refused = client.get("/api/todos")
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthorized")
    assert refused.headers["www-authenticate"] == "Bearer"


def user_id(client: TestClient) -> None:
    assert add(client).json()["created_by"] == "auth0|ann"


def time_zone(client: TestClient) -> None:
    with frozen_clock(datetime(2026, 3, 28, 12, tzinfo=UTC)):  # 02:00 of the next day, where the user is
        add(client, due={"date": "2026-03-29"})
        assert titles(client, params={"today": "true"}) == ["Buy milk"]


def reminder_hour(client: TestClient) -> None:
    todo = add(client, due={"date": "2199-03-29"}).json()

    assert client.post(f"/api/todos/{todo['id']}/reminders", json={}).json()["next_at"] == "2199-03-29T07:00:00Z"


def session(client: TestClient) -> None:
    assert add(client).status_code == 201
    assert titles(client) == ["Buy milk"]


def space(client: TestClient) -> None:
    acme = {"X-Organisation": "acme"}
    todo = add(client, ANN | acme).json()

    assert titles(client, headers=BOB | acme) == ["Buy milk"]
    assert client.get(f"/api/todos/{todo['id']}", headers={"X-User": "eve"} | acme).status_code == 404
    assert titles(client, headers=BOB) == []


def space_role(client: TestClient) -> None:
    acme = {"X-Organisation": "acme"}
    add(client, ANN | acme)

    assert titles(client, headers=BOB | acme) == ["Buy milk"]
    assert add(client, BOB | acme).status_code == 403
    assert client.get("/api/spaces/current", headers=BOB | acme).json()["role"] == "viewer"
    assert client.get("/api/todos", headers=ANN | {"X-Organisation": "globex"}).status_code == 404


def spaces(client: TestClient) -> None:
    for organisation in ("acme", "globex"):
        add(client, ANN | {"X-Organisation": organisation})
    listed = client.get("/api/spaces", headers=ANN).json()["items"]
    ids = {one["key"]: one["id"] for one in listed}

    assert titles(client, params={"space": "all"}, headers=ANN) == ["Buy milk", "Buy milk"]
    assert {one["key"]: one["role"] for one in listed} == {"ann": "owner", "acme": "owner", "globex": "editor"}
    assert titles(client, params={"space": ids["globex"]}, headers=ANN) == ["Buy milk"]
    assert titles(client, params={"space": "all"}, headers=BOB) == ["Buy milk"]
    assert client.get("/api/todos", params={"space": ids["globex"]}, headers=BOB).status_code == 404


def people(client: TestClient) -> None:
    team = client.post("/api/spaces", json={"name": "Kitchen"}, headers=ANN).json()
    path = f"/api/spaces/{team['id']}/members"
    assert client.put(f"{path}/bob", json={"role": "editor"}, headers=ANN).json()["name"] == "Bob Baker"
    assert client.put(f"{path}/eve", json={"role": "editor"}, headers=ANN).json()["code"] == "person_not_found"

    assert client.post("/api/todos", params={"space": team["id"]}, json={"title": "Buy milk"}, headers=BOB).is_success
    assert titles(client, params={"space": team["id"]}, headers=ANN) == ["Buy milk"]
    assert client.get("/api/todos", params={"space": team["id"]}, headers={"X-User": "eve"}).status_code == 404


def policy_roles(client: TestClient) -> None:
    robot, editor, admin = ({"X-Role": role} for role in ("robot", "editor", "admin"))
    todo = add(client, robot).json()
    home = client.post("/api/lists", json={"name": "Home"}, headers=editor).json()

    assert client.get(f"/api/todos/{todo['id']}", headers=robot).status_code == 404
    assert client.delete(f"/api/lists/{home['id']}", headers=editor).status_code == 403
    assert client.delete(f"/api/lists/{home['id']}", headers=admin).status_code == 204


def policy_narrow(client: TestClient) -> None:
    ann, bob = ANN | {"X-Role": "owner"}, BOB | {"X-Role": "editor"}
    todo = add(client, ann).json()
    add(client, bob, title="Bob's")

    assert titles(client, headers=bob) == ["Bob's"]
    assert client.get(f"/api/todos/{todo['id']}", headers=bob).status_code == 404
    assert titles(client, headers=ann) == ["Buy milk", "Bob's"]
    assert client.get("/api/lists?counts=true", headers=bob).json()["items"][0]["total_count"] == 1


def policy_allows(client: TestClient) -> None:
    path = f"/api/todos/{add(client, ANN).json()['id']}"

    assert client.get(path, headers=BOB).status_code == 200
    assert client.delete(path, headers=BOB).status_code == 403
    assert client.delete(path, headers=ANN).status_code == 204


def link_policy(client: TestClient) -> None:
    query = {f"link.{name}": value for name, value in INVOICE.items()}
    refused = add(client, BOB, links=[INVOICE])

    assert add(client, ANN, links=[INVOICE]).status_code == 201
    assert (refused.status_code, refused.json()["code"]) == (404, "link_target_not_found")
    assert titles(client, params=query, headers=ANN) == ["Buy milk"]
    assert client.get("/api/todos", params=query, headers=BOB).status_code == 404
    half = client.get("/api/todos", params={"link.id": "42"}, headers=ANN)
    assert [one["parameter"] for one in half.json()["errors"]] == ["link.source", "link.type"]


def link_policy_own_tables(client: TestClient) -> None:
    with closing(sqlite3.connect("host.db")) as database:
        database.execute("CREATE TABLE invoice (id INTEGER PRIMARY KEY, owner TEXT NOT NULL)")
        database.executemany("INSERT INTO invoice VALUES (?, ?)", [(42, "ann"), (43, "bob")])
        database.commit()

    assert add(client, links=[INVOICE]).status_code == 201
    refused = [add(client, links=[{**INVOICE, "id": id_}]).json()["code"] for id_ in ("43", "44", "x")]
    assert refused == ["link_target_not_found"] * 3
    assert client.delete("/invoices/42").status_code == 204
    assert titles(client) == []


def extra(client: TestClient) -> None:
    invoice = add(client, extra={"number": "42", "amount": 12.5, "issued": "2026-01-31"})

    assert invoice.json()["extra"]["tags"] == []
    assert add(client, extra={"amount": 1}).json()["errors"][0]["pointer"] == "#/extra/number"
    assert titles(client, params={"extra.number": "42"}) == ["Buy milk"]
    assert titles(client, params={"extra.amount.gte": "10", "extra.issued.lt": "2026-02-01"}) == ["Buy milk"]
    assert titles(client, params={"extra.amount.lt": "10"}) == []
    assert "TodoCreate_Invoice" in client.get("/openapi.json").json()["components"]["schemas"]


def extra_models(client: TestClient) -> None:
    folder = client.post("/api/lists", json={"name": "Home", "extra": {"room": "cellar"}}).json()

    assert folder["extra"] == {"shelf": 1, "room": "cellar"}
    assert add(client, extra={"number": "42", "room": "cellar"}).status_code == 422
    assert add(client, extra={"number": "42"}).status_code == 201


def before_commit(client: TestClient) -> None:
    path = f"/api/todos/{add(client).json()['id']}"
    refused = client.delete(path)

    assert (refused.status_code, refused.json()["code"]) == (409, "change_refused")
    assert refused.json()["detail"] == "Todos are kept until the audit is over."
    assert client.get(path).json()["deleted_at"] is None


def scopes(client: TestClient) -> None:
    refused = add(client, {"X-Read-Only": "true"})

    assert add(client).status_code == 201
    assert titles(client, headers={"X-Read-Only": "true"}) == ["Buy milk"]
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")


def login_providers(client: TestClient) -> None:
    assert client.get("/auth/providers").json() == {"items": ["google", "github"]}
    began = client.post("/auth/providers/github/authorize").json()
    assert "code_challenge_method=S256" in began["authorization_url"]


def clock(client: TestClient) -> None:
    add(client, due={"date": "2026-12-31"})

    assert titles(client, params={"overdue": "true"}) == ["Buy milk"]


def features(client: TestClient) -> None:
    assert add(client).status_code == 201
    assert client.get("/api/labels").status_code == 404


def leave_out(client: TestClient) -> None:
    assert client.get("/api/trash").status_code == 200
    assert client.delete("/api/trash").status_code == 405


def paths(client: TestClient) -> None:
    created = client.post("/api/tasks", json={"title": "Buy milk"})

    assert created.headers["location"] == f"/api/tasks/{created.json()['id']}"
    assert client.get(f"/api/projects/{created.json()['list_id']}").json()["is_inbox"]


def settings(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/api/todos"]["get"]
    todo = add(client).json()
    subtask = add(client, parent_id=todo["id"]).json()

    assert (operation["operationId"], operation["tags"]) == ("board_list_todos", ["Board", "Todos"])
    assert add(client, parent_id=subtask["id"]).status_code == 409
    assert client.patch(f"/api/todos/{todo['id']}", json={"title": "x"}).status_code == 428


def own_errors(client: TestClient) -> None:
    answer = client.get("/api/todos/nonsense")

    assert answer.status_code == 404
    assert answer.json() == {"error": "todo_not_found", "message": "There is no such todo in this space."}


def include(client: TestClient) -> None:
    assert client.get("/v1/todos").status_code == 403
    assert client.get("/v1/todos", headers={"X-API-Key": "secret"}).status_code == 200
    assert client.get("/openapi.json").json()["paths"]["/v1/todos"]["get"]["tags"] == ["tasks", "Todos"]


def register(client: TestClient) -> Any:
    return client.post("/auth/register", json={"email": "ann@example.com", "password": "seven green bottles"})


CHECKS: dict[str, Callable[[TestClient], None]] = {
    "current_user": current_user,
    "user_id": user_id,
    "time_zone": time_zone,
    "reminder_hour": reminder_hour,
    "session_async": session,
    "session_sync": session,
    "commit": session,
    "space": space,
    "space_role": space_role,
    "spaces": spaces,
    "people": people,
    "policy_roles": policy_roles,
    "policy_narrow": policy_narrow,
    "policy_allows": policy_allows,
    "link_policy": link_policy,
    "link_policy_own_tables": link_policy_own_tables,
    "extra": extra,
    "extra_models": extra_models,
    "before_commit": before_commit,
    "scopes": scopes,
    "login_providers": login_providers,
    "clock": clock,
    "features": features,
    "leave_out": leave_out,
    "paths": paths,
    "settings": settings,
    "own_errors": own_errors,
    "include": include,
}
OF_THEIR_OWN = {
    "lifespan",
    "after_commit",
    "overrides",
    "mailer",
    "notifier",
    "recipient",
    "account_before_commit",
    "account_after_commit",
}


@pytest.fixture(autouse=True)
def accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment that the snippets with accounts are in; those without have a `current_user`."""
    monkeypatch.setenv("TODO_KIT_DATABASE_URL", f"sqlite:///{tmp_path}/host_table.db")
    monkeypatch.setenv("TODO_KIT_AUTH__SECRET", "a secret of the tests, of at least 32 bytes")
    monkeypatch.setenv("TODO_KIT_MAIL__IN_BACKGROUND", "false")
    monkeypatch.setenv("GOOGLE_CLIENT_SECRET", "of nobody")
    monkeypatch.setenv("GITHUB_CLIENT_SECRET", "of nobody")


@pytest.mark.parametrize("snippet", CHECKS)
def test_the_snippet_does_what_it_says(snippet: str) -> None:
    with client_of(f"host/{snippet}.py") as client:
        CHECKS[snippet](client)


def test_what_is_committed_is_published() -> None:
    with ran("host/after_commit.py") as names, TestClient(names["app"]) as client:
        add(client)
        add(client, title="")

        assert [b'"type":"todo.created"' in event for event in names["sent"]] == [False, True]


def test_mails_of_accounts_go_through_the_mailer() -> None:
    with ran("host/mailer.py") as names, TestClient(names["app"]) as client:
        register(client)
        deliver(client, names)

        assert [to for to, text in names["sent"] if text.startswith("Welcome.")] == ["ann@example.com"]


def remind(client: TestClient, names: dict[str, Any], *users: dict[str, str]) -> None:
    """Set a reminder of each user of one todo, and do what is due a day later."""
    with frozen_clock(datetime(2026, 3, 28, 12, tzinfo=UTC)) as time:
        path = f"/api/todos/{add(client, users[0], due={'date': '2026-03-29'}).json()['id']}/reminders"
        assert [client.post(path, json={}, headers=user).status_code for user in users] == [201] * len(users)
        time.advance(hours=22)
        assert client.portal is not None
        client.portal.call(run_due, names["settings"], names["host"])


def test_the_notifier_tells_users() -> None:
    with ran("host/notifier.py") as names, TestClient(names["app"]) as client:
        remind(client, names, {})

        assert names["pushed"] == [("ann", "Buy milk")]


def test_the_recipient_is_who_the_user_is_now() -> None:
    with ran("host/recipient.py") as names, TestClient(names["app"]) as client:
        remind(client, names, ANN, BOB)  # ten o'clock UTC: past nine in Berlin, and not yet in New York
        told = names["notifier"].notifications

        assert [(one.user_id, one.tenant, one.recipient.email) for one in told] == [("ann", "acme", "ann@example.com")]
        assert names["find_recipient"]("eve", "acme") is None
        assert names["find_recipient"]("bob", "globex").membership is None


def test_what_happens_to_accounts_is_told_and_can_be_refused() -> None:
    login = {"email": "ann@example.com", "password": "seven green bottles"}
    told = []
    for snippet, address in (("after", "192.0.2.1"), ("before", "203.0.113.9")):
        with (
            ran(f"host/account_{snippet}_commit.py") as names,
            TestClient(names["app"], client=(address, 1234)) as client,
        ):
            if snippet == "after":
                register(client)
                verify()
            told.append(client.post("/auth/login", json=login))
            if snippet == "after":
                kinds = [msgspec.json.decode(event)["type"] for event in names["audit"]]

    assert kinds == ["account.registered", "account.logged_in"]
    assert [answer.status_code for answer in told] == [200, 409]
    assert told[1].json()["detail"] == "Logging in from there is not possible."


def deliver(client: TestClient, names: dict[str, Any]) -> None:
    assert client.portal is not None
    client.portal.call(send_mails, names["settings"], names["host"])


def verify() -> None:
    """Do what following the link in the mail does."""
    with closing(sqlite3.connect("host_table.db")) as database, database:
        database.execute("UPDATE todokit_auth_user SET is_verified = 1")


def test_the_override_of_a_dependency_is_respected() -> None:
    with ran("host/overrides.py") as names:
        names["test_bob_adds_a_todo"]()


def test_every_snippet_of_a_host_has_a_test() -> None:
    assert {path.stem for path in (SNIPPETS / "host").glob("*.py")} == {*CHECKS, *OF_THEIR_OWN}
