import asyncio
import uuid
from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.support import Api, make_app, running

pytestmark = pytest.mark.thorough

CHANGES: list[tuple[str, str, Any]] = [
    ("PATCH", "/todos/{todo}", {"title": "changed"}),
    ("DELETE", "/todos/{todo}", None),
    ("POST", "/todos/{todo}/complete", None),
    ("POST", "/todos/{todo}/reopen", None),
    ("POST", "/todos/{todo}/cancel", None),
    ("POST", "/todos/{recurring}/complete", None),
    ("POST", "/todos/{recurring}/skip", None),
    ("POST", "/todos/{skipped}/undo", None),
    ("POST", "/todos/{todo}/move", {}),
    ("PUT", "/todos/{todo}/labels/{label}", None),
    ("DELETE", "/todos/{todo}/labels/{label}", None),
    ("PATCH", "/lists/{list}", {"name": "changed"}),
    ("DELETE", "/lists/{list}", None),
    ("POST", "/lists/{list}/archive", None),
    ("POST", "/lists/{list}/unarchive", None),
    ("POST", "/lists/{list}/move", {"after": "{other_list}"}),
    ("PATCH", "/labels/{label}", {"color": "#000000"}),
    ("DELETE", "/labels/{label}", None),
    ("POST", "/labels/{label}/merge", {"into": "{other_label}"}),
]
RESTORES: list[tuple[str, str, Any]] = [
    ("POST", "/todos/{trashed_todo}/restore", None),
    ("POST", "/lists/{trashed_list}/restore", None),
]
ITEMS = ["/todos/{todo}", "/lists/{list}", "/labels/{label}"]


async def make_scene(api: Api) -> dict[str, str]:
    """Make one of each thing and return their ids; each is at version 2 or later."""
    scene = {
        "todo": await api.todo(),
        "trashed_todo": await api.todo(),
        "recurring": await api.todo(due={"date": "2026-03-28"}, recurrence={"unit": "day"}),
        "skipped": await api.todo(due={"date": "2026-03-28"}, recurrence={"unit": "day"}),
        "list": await api.list(),
        "other_list": await api.list(),
        "trashed_list": await api.list(),
        "label": await api.label("a"),
        "other_label": await api.label("b"),
    }
    ids = {name: str(one["id"]) for name, one in scene.items()}
    await api.patch(f"/todos/{ids['todo']}", {"priority": 1})
    await api.patch(f"/todos/{ids['recurring']}", {"priority": 1})
    await api.post(f"/todos/{ids['skipped']}/skip")
    await api.patch(f"/lists/{ids['list']}", {"icon": "x"})
    await api.patch(f"/labels/{ids['label']}", {"color": "#ffffff"})
    await api.delete(f"/todos/{ids['trashed_todo']}")
    await api.delete(f"/lists/{ids['trashed_list']}")
    return ids


def filled(body: Any, ids: dict[str, str]) -> Any:
    """Return a body with the ids of a scene in place of their names."""
    return body and {name: value.format(**ids) for name, value in body.items()}


@pytest.mark.parametrize("path", ITEMS)
async def test_an_item_has_its_version_as_etag(api: Api, path: str) -> None:
    item = path.format(**await make_scene(api))

    read = await api.send("GET", item)
    changed = await api.send("PATCH", item, {"color": "#123456"} if "todo" not in path else {"title": "changed"})

    assert read.headers["etag"] == '"2"'
    assert changed.headers["etag"] == '"3"'
    assert changed.json()["version"] == 3


@pytest.mark.parametrize(
    ("path", "body"), [("/todos", {"title": "x"}), ("/lists", {"name": "x"}), ("/labels", {"name": "x"})]
)
async def test_a_new_item_has_an_etag_and_a_location(api: Api, path: str, body: dict[str, str]) -> None:
    created = await api.send("POST", path, body)

    assert (created.status_code, created.headers["etag"]) == (201, '"1"')
    found = await api.client.get(f"http://test{created.headers['location']}", headers={"X-User": api.user})
    assert found.json() == created.json()


@pytest.mark.parametrize("path", ["/todos/{todo}", "/lists/{list}"])
async def test_a_copy_has_an_etag_and_a_location(api: Api, path: str) -> None:
    copied = await api.send("POST", path.format(**await make_scene(api)) + "/duplicate")

    assert (copied.status_code, copied.headers["etag"]) == (201, '"1"')
    found = await api.client.get(f"http://test{copied.headers['location']}", headers={"X-User": api.user})
    assert found.json() == copied.json()


@pytest.mark.parametrize(("method", "path", "body"), CHANGES + RESTORES)
async def test_the_answer_to_a_change_has_the_etag_of_its_body(api: Api, method: str, path: str, body: Any) -> None:
    ids = await make_scene(api)

    response = await api.send(method, path.format(**ids), filled(body, ids))

    assert response.is_success
    assert response.headers.get("etag") == (f'"{response.json()["version"]}"' if response.content else None)


@pytest.mark.parametrize("changes", [CHANGES, RESTORES], ids=["changes", "restores"])
@pytest.mark.parametrize("if_match", ['"1"', '"1", "9"', 'W/"2"', 'W/"2", "3"', '"x"', "2", ""])
async def test_a_change_of_another_version_is_refused(api: Api, changes: list[Any], if_match: str) -> None:
    ids = await make_scene(api)
    before = (await api.get("/spaces/current"))["seq"]

    answers = {}
    for method, path, body in changes:
        response = await api.send(method, path.format(**ids), filled(body, ids), headers={"If-Match": if_match})
        answers[method, path] = response.status_code

    assert set(answers.values()) == {412}, answers
    assert (await api.get("/spaces/current"))["seq"] == before


@pytest.mark.parametrize(("method", "path", "body"), CHANGES + RESTORES)
async def test_a_change_of_the_version_that_was_read_is_made(api: Api, method: str, path: str, body: Any) -> None:
    ids = await make_scene(api)

    response = await api.send(method, path.format(**ids), filled(body, ids), headers={"If-Match": '"2"'})

    assert response.is_success, response.text


@pytest.mark.parametrize("if_match", ['"1", "2"', 'W/"1","2"', "*", " * "])
async def test_if_match_may_name_several_versions_or_any(api: Api, if_match: str) -> None:
    ids = await make_scene(api)

    changed = await api.patch(f"/todos/{ids['todo']}", {"title": "changed"}, if_match=if_match)

    assert changed["version"] == 3


async def test_a_refused_change_says_which_version_there_is(api: Api) -> None:
    ids = await make_scene(api)

    problem = await api.patch(f"/todos/{ids['todo']}", {"title": "x"}, 412, if_match='"1"')

    assert (problem["code"], problem["version"]) == ("precondition_failed", 2)


async def test_if_match_on_what_does_not_exist_is_404(api: Api) -> None:
    for path in ("/todos", "/lists", "/labels"):
        await api.patch(f"{path}/{uuid.uuid4()}", {}, 404, if_match="*")


async def test_of_two_writers_with_one_etag_one_wins(api: Api) -> None:
    todo = await api.todo()

    answers = await asyncio.gather(
        *(api.send("PATCH", f"/todos/{todo['id']}", {"title": f"{n}"}, headers={"If-Match": '"1"'}) for n in range(10))
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 9
    (winner,) = (answer.json() for answer in answers if answer.is_success)
    assert await api.get(f"/todos/{todo['id']}") == winner


async def test_without_if_match_the_last_writer_wins_per_field(api: Api) -> None:
    todo = await api.todo("first", description="first")

    await asyncio.gather(
        api.patch(f"/todos/{todo['id']}", {"title": "second"}),
        api.patch(f"/todos/{todo['id']}", {"priority": 3}),
        api.patch(f"/todos/{todo['id']}", {"due": {"date": "2026-03-29"}}),
    )

    after = await api.get(f"/todos/{todo['id']}")
    assert (after["title"], after["description"], after["priority"]) == ("second", "first", 3)
    assert (after["due"], after["version"]) == ({"date": "2026-03-29"}, 4)


async def test_a_change_that_changes_nothing_keeps_the_version(api: Api) -> None:
    todo = await api.todo("same")

    response = await api.send("PATCH", f"/todos/{todo['id']}", {"title": "same"})

    assert (response.headers["etag"], response.json()) == ('"1"', todo)


@pytest.mark.parametrize("changes", [CHANGES, RESTORES], ids=["changes", "restores"])
async def test_if_match_can_be_required(database_url: str, changes: list[Any]) -> None:
    strict = TodoKitSettings(database_url=database_url, require_if_match=True)
    async with running(make_app(TodoKitSettings(database_url=database_url))) as lenient:
        ids = await make_scene(lenient)
    async with running(make_app(strict), lenient.user) as api:
        answers = {}
        for method, path, body in changes:
            response = await api.send(method, path.format(**ids), filled(body, ids))
            answers[method, path] = response.status_code
        problem = await api.patch(f"/todos/{ids['todo']}", {"title": "x"}, 428)
        await api.patch(f"/todos/{ids['todo']}", {"title": "x"}, if_match='"2"')

    assert set(answers.values()) == {428}, answers
    assert problem["code"] == "precondition_required"


async def test_a_required_if_match_is_not_asked_of_what_is_new(database_url: str) -> None:
    async with running(make_app(TodoKitSettings(database_url=database_url, require_if_match=True))) as api:
        todo = await api.todo()
        copied_list = await api.list()
        await api.label("x")
        await api.post(f"/todos/{todo['id']}/duplicate")
        await api.post(f"/lists/{copied_list['id']}/duplicate")
        await api.delete("/trash")

        assert len(await api.titles()) == 2


# What only looks like tags, with the present version in it.
NO_TAGS = [
    '"2"x', 'x"2"', '"2" x', '"2""2"', '*, "2"', '"2", *', "**", 'w/"2"', 'W/ "2"', 'W"2"', '"2', '2"', '"2";"2"',
    "'2'", '"02"', '"+2"', '" 2"', '"2 "', '"2"\x0b', '"a b", "2"', '"2"\xa0',
]  # fmt: skip
ODD_TAGS = ['"2",', ',"2"', ' , "2" ,, "3",', '"2"\t,"3"', '"a,b","2"', '"", "2"', '"!#~\xff\\", "2"']


async def test_what_is_no_list_of_tags_matches_nothing(api: Api) -> None:
    ids = await make_scene(api)
    todo = f"/todos/{ids['todo']}"

    for given in NO_TAGS:
        user, held = (b"X-User", api.user.encode()), given.encode("latin-1")
        refused = await api.client.patch(todo, json={"title": "x"}, headers=[user, (b"If-Match", held)])
        shown = await api.client.get(todo, headers=[user, (b"If-None-Match", held)])

        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (412, "unknown_tag"), given
        assert (shown.status_code, shown.headers["etag"]) == (200, '"2"'), given


async def test_a_list_of_tags_may_be_written_in_any_way(api: Api) -> None:
    ids = await make_scene(api)
    todo = f"/todos/{ids['todo']}"

    for given in ODD_TAGS:
        user, held = (b"X-User", api.user.encode()), given.encode("latin-1")
        same = await api.client.patch(todo, json={"priority": 1}, headers=[user, (b"If-Match", held)])
        known = await api.client.get(todo, headers=[user, (b"If-None-Match", held)])

        assert (same.status_code, known.status_code) == (200, 304), given


@pytest.mark.parametrize("path", ITEMS)
async def test_what_the_client_holds_is_not_sent_again(api: Api, path: str) -> None:
    item = path.format(**await make_scene(api))

    for held in ('"2"', 'W/"2"', '"1", "2"', "*"):
        response = await api.send("GET", item, headers={"If-None-Match": held})

        assert (response.status_code, response.headers["etag"], response.content) == (304, '"2"', b"")
        assert "content-type" not in response.headers


@pytest.mark.parametrize("path", ITEMS)
async def test_another_version_is_sent(api: Api, path: str) -> None:
    item = path.format(**await make_scene(api))

    for held in ('"1"', 'W/"3"', '"22"', "2", '"x"', ""):
        response = await api.send("GET", item, headers={"If-None-Match": held})

        assert (response.status_code, response.json()["version"]) == (200, 2)


async def test_if_none_match_does_not_hide_what_is_gone(api: Api) -> None:
    ids = await make_scene(api)

    for path in ("/todos/{trashed_todo}", "/lists/{trashed_list}"):
        response = await api.send("GET", path.format(**ids), headers={"If-None-Match": "*"})
        assert response.status_code == 404


async def test_a_very_long_if_match_is_invalid_input(api: Api) -> None:
    todo = await api.todo()

    problem = await api.patch(f"/todos/{todo['id']}", {}, 422, if_match='"1",' * 1_000)

    assert problem["errors"][0]["parameter"].lower() == "if-match"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ('W/"1"', "weak_tag"),
        ('W/"1", W/"2"', "weak_tag"),
        ("1", "unknown_tag"),
        ('"1-gzip"', "unknown_tag"),
        ('"abc"', "unknown_tag"),
        ("", "unknown_tag"),
    ],
)
async def test_a_tag_that_cannot_match_is_told_from_one_that_is_old(api: Api, tag: str, code: str) -> None:
    todo = await api.todo()

    told = await api.patch(f"/todos/{todo['id']}", {"title": "x"}, 412, If_Match=tag)

    assert (told["code"], told["errors"][0]["code"]) == ("precondition_failed", code)
    assert "has changed" not in told["detail"]
