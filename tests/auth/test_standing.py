"""Whose an account is, at the doors of superusers: what somebody has only registered is nobody's.

What comes of any order of such things is in `test_registration_model.py`.
"""

from collections.abc import Awaitable, Callable

import httpx2
import pytest

from fastapi_todo_kit.auth.admin import commands
from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.privacy.service import resume_erasures
from tests.auth.outside import execute
from tests.auth.support import PASSWORD, Application, Person, auth_settings, running_application
from tests.support import TestClock

pytestmark = pytest.mark.thorough

Change = Callable[[Application, str], Awaitable[str | None]]
"""Does something with an account, and returns why it was refused."""


async def user_id_of(application: Application, email: str) -> str:
    admin = await application.superuser()
    found = await admin.get("/auth/users", params={"email": email})
    return str(found.json()["items"][0]["id"])


def refusal(response: httpx2.Response) -> str | None:
    assert response.status_code in {200, 409}, response.text
    return None if response.status_code == 200 else str(response.json()["detail"])


async def promoted_by_api(application: Application, email: str) -> str | None:
    admin = await application.superuser()
    user_id = await user_id_of(application, email)
    return refusal(await admin.patch(f"/auth/users/{user_id}", {"is_superuser": True}))


async def promoted_by_command(application: Application, email: str) -> str | None:
    try:
        await commands.promote(application.settings, email)
    except ConfigurationError as error:
        return str(error)
    return None


async def change(application: Application, email: str, assignment: str) -> None:
    statement = f"UPDATE todokit_auth_user SET {assignment} WHERE email_key = :key"  # noqa: S608  (of a test's own)
    await execute(application, statement, key=email)


@pytest.fixture(params=[promoted_by_api, promoted_by_command], ids=["api", "command"])
def promoted(request: pytest.FixtureRequest) -> Change:
    """Both ways to make somebody a superuser."""
    change: Change = request.param
    return change


async def test_an_account_that_was_only_registered_is_not_promoted(application: Application, promoted: Change) -> None:
    squatter = await application.register()

    why = await promoted(application, squatter.email)

    assert why is not None
    assert "not verified" in why
    assert "todo-kit users create --superuser" in why, "it says what to do instead"
    await squatter.verify()
    assert await promoted(application, squatter.email) is None


async def test_a_disabled_account_is_not_promoted(application: Application, promoted: Change) -> None:
    ann = await application.person()
    await change(application, ann.email, "is_active = false")

    assert "disabled" in str(await promoted(application, ann.email))

    await change(application, ann.email, "is_active = true")
    assert await promoted(application, ann.email) is None


async def test_an_account_that_is_being_erased_is_not_promoted(application: Application, promoted: Change) -> None:
    ann = await application.person()
    await change(application, ann.email, "erase_at = '2190-01-01 00:00:00'")

    assert "being erased" in str(await promoted(application, ann.email))


async def test_who_vouches_for_an_address_may_promote_it_at_once(application: Application) -> None:
    admin, ann = await application.superuser(), await application.register()
    user_id = await user_id_of(application, ann.email)

    answer = await admin.patch(f"/auth/users/{user_id}", {"is_superuser": True, "is_verified": True})

    assert (answer.status_code, answer.json()["is_superuser"]) == (200, True)


async def test_the_command_makes_an_account_of_what_was_only_registered(
    application: Application, capsys: pytest.CaptureFixture[str]
) -> None:
    squatter = await application.register(name="Squatter")
    await squatter.mailed_token()

    made = await commands.create(application.settings, squatter.email, superuser=True)

    assert (made["is_superuser"], made["has_password"], made["name"]) == (True, False, "")
    token = capsys.readouterr().out.partition("token=")[2].split()[0]
    await squatter.post("/auth/register", {"email": squatter.email, "password": "a password of the squatter"})
    reset = {"token": token, "password": "a password of the owner"}
    assert (await squatter.post("/auth/reset", reset)).status_code == 204
    logins = [await squatter.post("/auth/login", {"email": squatter.email, "password": one})
              for one in (PASSWORD, "a password of the squatter", reset["password"])]  # fmt: skip
    assert [login.status_code for login in logins] == [401, 401, 200]


async def test_an_account_that_is_used_without_a_proof_stays_its_users(accounts_url: str) -> None:
    async with running_application(auth_settings(accounts_url, require_verified=False)) as application:
        admin, ann = await application.superuser(), await application.register()
        await ann.log_in()

        made = await admin.post("/auth/users", {"email": ann.email})

        assert (made.status_code, made.json()["code"]) == (409, "login_in_use")
        assert (await ann.get("/auth/me")).status_code == 200
        assert "not verified" in str(await promoted_by_command(application, ann.email))


async def test_what_gave_way_to_an_owner_is_erased_and_takes_none_of_his_mails_along(
    application: Application, auth_clock: TestClock
) -> None:
    ann, squatter = await application.person(), await application.register()
    squatter_id = await user_id_of(application, squatter.email)
    await ann.post("/auth/email", {"email": squatter.email, "password": PASSWORD})
    await application.send_mails()
    body = {"token": application.mailer.last_token(squatter.email)}
    assert (await ann.post("/auth/email/confirm", body)).status_code == 204

    owner = Person(application, squatter.email, PASSWORD)
    await owner.post("/auth/forgot", {"email": owner.email})
    auth_clock.advance(minutes=6)
    assert await resume_erasures(application.settings, application.host) >= 1

    admin = await application.superuser()
    assert (await admin.get(f"/auth/users/{squatter_id}")).status_code == 404
    assert await owner.mailed_token()
    await owner.log_in()


async def test_an_account_that_a_superuser_has_disabled_gives_way_to_nobody(application: Application) -> None:
    admin, ann, squatter = await application.superuser(), await application.person(), await application.register()
    await change(application, squatter.email, "is_active = false")

    await ann.post("/auth/email", {"email": squatter.email, "password": PASSWORD})
    await application.send_mails()
    made = await admin.post("/auth/users", {"email": squatter.email})

    assert application.mailer.to(squatter.email)[-1].kind == "known_already"
    assert (made.status_code, "disabled" in made.json()["detail"]) == (409, True)


async def test_the_links_of_a_registration_are_good_no_more_when_a_superuser_makes_the_account(
    application: Application,
) -> None:
    admin, squatter = await application.superuser(), await application.register()
    link = await squatter.mailed_token()

    assert (await admin.post("/auth/users", {"email": squatter.email})).status_code == 201

    assert (await squatter.post("/auth/verify", {"token": link})).status_code == 400
    assert await squatter.mailed_token()
    assert application.mailer.to(squatter.email)[-1].kind == "invite"


async def test_no_password_that_is_registered_later_counts_for_a_superuser(
    application: Application, auth_clock: TestClock
) -> None:
    # One whose proof another superuser has taken back waits for its owner, however long that takes.
    ann = await application.superuser()
    await change(application, ann.email, "is_verified = false")
    auth_clock.advance(hours=25)
    thief = await application.register(ann.email, "a password of a thief")

    await thief.mailed_token()

    assert application.mailer.to(ann.email)[-1].kind == "choose"


async def test_an_address_whose_owner_came_meanwhile_is_not_given_to_another(application: Application) -> None:
    ann, bob = await application.person(), await application.register()
    link = await bob.mailed_token()
    await ann.post("/auth/email", {"email": bob.email, "password": PASSWORD})
    await application.send_mails()
    move = {"token": application.mailer.last_token(bob.email)}
    assert (await bob.post("/auth/verify", {"token": link})).status_code == 204

    answer = await ann.post("/auth/email/confirm", move)

    assert (answer.status_code, answer.json()["code"]) == (409, "login_in_use")
    await bob.log_in()
