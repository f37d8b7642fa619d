"""Every field of accounts, sessions, tokens and logins goes there and back through every client."""

import uuid

from tests.auth.support import PASSWORD
from tests.clients.calling import Client, plain
from tests.clients.fixtures import log_in
from tests.clients.served import Served
from tests.clients.trips import kept


def test_an_account_comes_back(client: Client, served: Served) -> None:
    sent = {"name": "Zoë O'Neil", "time_zone": "Asia/Kathmandu"}

    client.call("update_me", sent)

    me = client.call("get_me")
    kept(sent, me)
    client.call("update_me", {name: me[name] for name in sent})
    assert {**client.call("get_me"), "version": 0, "updated_at": 0} == {**me, "version": 0, "updated_at": 0}
    moved = f"{uuid.uuid4().hex}@example.com"
    client.call("change_email", {"email": moved, "password": PASSWORD})
    client.call("confirm_email", {"token": served.mailed_token(moved)})
    log_in(client, moved)
    assert client.call("get_me")["email"] == moved


def test_passwords_are_changed_and_reset(client: Client, served: Served) -> None:
    email = client.call("get_me")["email"]
    other = PASSWORD + " and more"

    client.call("change_password", {"current_password": PASSWORD, "new_password": other})
    client.call("request_reset", {"email": email})
    client.call("reset_password", {"token": served.mailed_token(email), "password": PASSWORD})

    client.token = ""
    client.call("request_verification", {"email": email})
    form = {"username": email, "password": PASSWORD, "grant_type": "password"}
    assert client.call("log_in_with_form", form)["token_type"] == "bearer"


def test_sessions_are_listed_renewed_and_ended(client: Client) -> None:
    email = client.call("get_me")["email"]
    tokens = log_in(client, email)

    renewed = client.call("refresh_session", {"refresh_token": tokens["refresh_token"]})
    client.token = renewed["access_token"]
    sessions = client.call("list_sessions")["items"]
    other = next(one["id"] for one in sessions if not one["is_current"])
    client.call("end_session", session_id=other)
    client.call("end_sessions", but_this=True)
    assert len(client.call("list_sessions")["items"]) == 1
    client.call("log_out")
    assert client.call("get_key_set")["keys"][0]["alg"] == "ES256"


def test_a_personal_token_comes_back(client: Client) -> None:
    sent = {"name": "a script", "scopes": ["account:read", "todos:read"], "expires_at": "2026-12-31T12:00:00.25Z"}
    session = client.token

    made = client.call("create_token", sent)

    kept(sent, made)
    client.token = made["token"]
    client.call("list_todos")
    client.token = session
    (read,) = client.call("list_tokens")["items"]
    kept(sent, read)
    assert read["used_at"]
    client.call("delete_token", token_id=read["id"])


def test_a_login_at_a_provider_is_linked(client: Client, served: Served) -> None:
    email = client.call("get_me")["email"]
    (provider,) = client.call("list_providers")["items"]

    began = client.call("authorize", provider=provider)
    came_back = {**served.code_for(began["authorization_url"], email), "secret": began["secret"]}
    client.call("link_login", came_back, provider=provider)
    assert [one["email"] for one in client.call("list_logins")["items"]] == [email]
    again = client.call("authorize", provider=provider)
    came_back = {**served.code_for(again["authorization_url"], email), "secret": again["secret"]}
    client.call("log_in_with_provider", came_back, provider=provider)
    client.call("unlink_login", provider=provider)


def test_accounts_are_administered(client: Client, served: Served) -> None:
    served.promote(client.call("get_me")["email"])
    log_in(client, client.call("get_me")["email"])
    sent = {"email": f"{uuid.uuid4().hex}@example.com", "name": "Bob", "time_zone": "UTC", "is_superuser": False}

    made = client.call("create_user", sent)

    kept(sent, made)
    assert plain(client.call("get_user", user_id=made["id"])) == plain(made)
    changed = {"is_active": True, "is_verified": True, "is_superuser": False, "name": "Bob"}
    kept(changed, client.call("update_user", changed, user_id=made["id"]))
    page = client.call("list_users", limit=1)
    assert client.call("list_users", limit=1, cursor=page["next_cursor"])["items"]
    client.call("end_user_sessions", user_id=made["id"])
    client.call("delete_user", user_id=made["id"])


def test_everything_about_somebody_is_exported_and_erased(client: Client) -> None:
    client.call("create_todo", {"title": "mine"})

    exported = client.call("export_me")

    assert '"mine"' in exported
    client.call("delete_me")
    client.call("get_me", expect=401)
