"""What is done with an account brings no statement of its own: each is a constant, whose plan is kept.

So it was with the lock of a user: each login had one compiled, and kept 40 kB of it.
"""

from tests.auth.support import PASSWORD, Application, Person
from tests.storage.test_statements import planned


async def test_no_request_brings_a_statement_of_its_own(application: Application) -> None:
    superuser = await application.superuser()
    await live(application, superuser)

    with planned() as statements:
        await live(application, superuser)

    assert statements == []


async def live(application: Application, superuser: Person) -> None:
    """Do with an account what there is to do, but export and erase it: these have an engine of their own."""
    ann = await application.person()
    await application.register(ann.email)
    await ann.refresh()
    token = ann.with_token(await ann.personal_token("todos:read", "todos:write"))
    assert (await token.post("/api/todos", {"title": "a todo"})).status_code == 201
    for path in ("me", "me/logins", "tokens", "sessions", "providers"):
        await ann.get(f"/auth/{path}")
    assert (await ann.patch("/auth/me", {"name": "Ann", "time_zone": "Europe/Berlin"})).status_code == 200
    body = {"current_password": PASSWORD, "new_password": "another password of Ann"}
    assert (await ann.post("/auth/password", body)).status_code == 204
    await ann.post("/auth/forgot", {"email": ann.email})
    body = {"token": await ann.mailed_token(), "password": PASSWORD}
    assert (await ann.post("/auth/reset", body)).status_code == 204
    await ann.log_in()
    user = f"/auth/users/{await ann.user_id()}"
    assert (await superuser.get(f"/auth/users?email={ann.email}")).status_code == 200
    assert (await superuser.patch(user, {"name": "Anna"})).status_code == 200
    assert (await ann.post("/auth/logout")).status_code == 204
