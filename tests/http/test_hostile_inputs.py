"""Inputs that are hostile but ordinary: one answer each, the same on both databases; what is stored is readable."""

import json
import unicodedata
import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fastapi_todo_kit.features.todos.schemas import TodoQuery
from tests.house.operations import OPERATIONS, Operation, make_things, needed_for, own_requests
from tests.support import Api

pytestmark = pytest.mark.thorough

JSON = {"Content-Type": "application/json"}
SORTS = ("-position", "due", "-start", "priority", "-title", "created_at", "-updated_at", "completed_at", "-due,title")
# Where a text of a client is stored: a collection, and a body with a hole for the text.
NAMES: list[tuple[str, Any]] = [
    ("/todos", {"title": "{}"}),
    ("/lists", {"name": "{}"}),
    ("/lists", {"name": "x", "icon": "{}"}),
    ("/labels", {"name": "{}"}),
    ("/todos", {"title": "x", "links": [{"source": "{}", "type": "x", "id": "x"}]}),
    ("/todos", {"title": "x", "links": [{"source": "x", "type": "{}", "id": "x"}]}),
    ("/todos", {"title": "x", "links": [{"source": "x", "type": "x", "id": "{}"}]}),
    ("/todos", {"title": "x", "links": [{"source": "x", "type": "x", "id": "x", "title": "{}"}]}),
]
TEXTS: list[tuple[str, Any]] = [
    ("/todos", {"title": "x", "description": "{}"}),
    ("/lists", {"name": "x", "description": "{}"}),
    ("/todos", {"title": "x", "extra": {"key": "{}"}}),
    ("/todos", {"title": "x", "extra": {"deep": [{"er": ["{}"]}]}}),
    ("/todos", {"title": "x", "extra": {"{}": "value"}}),
]


async def send_raw(api: Api, method: str, path: str, body: bytes, headers: dict[str, str] = JSON) -> httpx2.Response:
    return await api.send(method, path, content=body, headers=headers)


def filled(template: Any, text: str) -> Any:
    """Return a body with a text in its hole."""
    if isinstance(template, dict):
        return {key.replace("{}", text): filled(value, text) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(value, text) for value in template]
    return text if template == "{}" else template


async def make_scene(api: Api) -> dict[str, str]:
    """Make one of each thing that the bodies name, and return their ids."""
    todo = await api.todo("a todo")
    scene = {"todo": todo, "list": await api.list(), "label": await api.label("a"), "other_label": await api.label("b")}
    return {"inbox": todo["list_id"], **{name: one["id"] for name, one in scene.items()}}


async def read_everything(api: Api) -> list[dict[str, Any]]:
    """Read every row through every reader, and return the todos."""
    todos: list[dict[str, Any]] = await api.all_pages("/todos", limit=200)
    for sort in SORTS:
        paged = await api.all_pages("/todos", sort=sort, limit=len(todos) // 2 + 1)
        assert sorted(one["id"] for one in paged) == sorted(one["id"] for one in todos)
    for todo in todos:
        assert await api.get(f"/todos/{todo['id']}") == todo
        assert (await api.get(f"/todos/{todo['id']}/subtasks"))["items"] == []
        found = (await api.get("/todos", q=todo["title"][:200], limit=200))["items"]
        assert todo["id"] in [one["id"] for one in found]
    for path in ("/lists", "/labels"):
        for item in await api.all_pages(path, limit=10):
            assert await api.get(f"{path}/{item['id']}") == item
    counted = (await api.get("/lists", counts=True, archived="any"))["items"]
    assert sum(one["total_count"] for one in counted) == (await api.get("/todos", count="exact"))["count"]
    await api.all_pages("/trash", limit=10)
    return todos


async def check_stored(api: Api, path: str, *created: dict[str, Any]) -> None:
    """Read new objects back; copies of them too, which go to the trash and come back."""
    for one in created if path != "/labels" else ():
        copied = await api.post(f"{path}/{one['id']}/duplicate")
        await api.delete(f"{path}/{copied['id']}")
        assert (await api.get("/trash"))["items"][0]["title"] == copied.get("title", copied.get("name"))
        await api.post(f"{path}/{copied['id']}/restore")
    await read_everything(api)


async def refuse(api: Api, path: str, status: int, bodies: Iterable[bytes | Any]) -> None:
    """Make sure that neither creating nor changing takes any of the bodies, and that nothing changes."""
    ids = await make_scene(api)
    item = {"/todos": "todo", "/lists": "list", "/labels": "label"}[path]
    before = (await api.get("/spaces/current"))["seq"]

    taken = []
    for body in bodies:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        for method, where in (("POST", path), ("PATCH", f"{path}/{ids[item]}")):
            response = await send_raw(api, method, where, content)
            taken += [] if response.status_code == status else [(method, content[:100], response.status_code)]

    assert taken == []
    assert (await api.get("/spaces/current"))["seq"] == before
    await read_everything(api)


@pytest.mark.parametrize("path", ["/todos", "/lists", "/labels"])
async def test_nul_and_half_a_surrogate_pair_are_refused(api: Api, path: str) -> None:
    texts = ["\0", "a\0b", "\ud800", "a\udfffb", "\ude00\ud83d"]
    templates = [template for where, template in NAMES + TEXTS if where == path]

    await refuse(api, path, 422, [filled(template, text) for template in templates for text in texts])


@pytest.mark.parametrize("path", ["/todos", "/lists", "/labels"])
async def test_bytes_that_are_no_text_are_malformed(api: Api, path: str) -> None:
    texts = [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\0"]
    templates = [json.dumps(filled(template, "HOLE")).encode() for where, template in NAMES + TEXTS if where == path]

    await refuse(api, path, 400, [template.replace(b"HOLE", text) for template in templates for text in texts])


@pytest.mark.parametrize(
    ("path", "templates"),
    [
        (
            "/todos",
            [
                '{"title": HOLE}',
                '{"title": "x", "priority": HOLE}',
                '{"title": "x", "deadline": HOLE}',
                '{"title": "x", "due": HOLE}',
                '{"title": "x", "due": {"date": HOLE}}',
                '{"title": "x", "start": {"datetime": HOLE}}',
                '{"title": "x", "label_ids": [HOLE]}',
                '{"title": "x", "extra": {"a": [HOLE]}}',
                '{"title": "x", "unknown": HOLE}',
            ],
        ),
        ("/lists", ['{"name": HOLE}', '{"name": "x", "color": HOLE}', "HOLE"]),
        ("/labels", ['{"name": HOLE}', '{"name": "x", "color": HOLE}', "[HOLE]"]),
    ],
)
async def test_numbers_that_are_none_are_refused(api: Api, path: str, templates: list[str]) -> None:
    numbers = ["NaN", "Infinity", "-Infinity", "1e400", str(2**63), "9" * 5_000]

    await refuse(api, path, 422, [body.replace("HOLE", number).encode() for body in templates for number in numbers])


async def test_a_priority_is_a_small_integer(api: Api) -> None:
    wrong = [-1, 10, 2**31, 2**53, 2**63 - 1, 1.5, "1", True, None, [], {}]

    await refuse(api, "/todos", 422, [{"title": "x", "priority": priority} for priority in wrong])


IMPOSSIBLE_DATES = [
    "0000-01-01",
    "0001-01-01",
    "1899-12-31",
    "2201-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-3-9",
    "20260329",
    "2026-W13-7",
    "2026-088",
    "2026-03-29T00:00:00Z",
    " 2026-03-29",
    "2026-03-29\n",
    "٢٠٢٦-٠٣-٢٩",
    "253402300800",
    "1711670400",
    "",
    0,
    1_711_670_400,
    1.5,
    True,
    [],
]


IMPOSSIBLE_WALL_CLOCKS = [
    "0001-01-01T00:00:00",
    "1899-12-31T23:59:59",
    "2201-01-01T00:00:00",
    "9999-12-31T23:59:59",
    "2026-03-29T23:59:60",
    "2026-03-29T24:00:00",
    "2026-03-29T09:60:00",
    "2026-03-29 09:00:00",
    "2026-03-29t09:00:00",
    "2026-03-29T09:00",
    "2026-03-29T09:00:00.5",
    "2026-03-29T09:00:00Z",
    "2026-03-29T09:00:00+02:00",
    "20260329T090000",
    "2026-03-29",
    "253402300800",
    0,
    1_711_670_400,
    None,
]


async def test_a_date_is_a_calendar_day_of_rfc_3339(api: Api) -> None:
    fields = [{"deadline": day} for day in IMPOSSIBLE_DATES]
    fields += [{name: {"date": day}} for day in [*IMPOSSIBLE_DATES, None] for name in ("due", "start")]

    await refuse(api, "/todos", 422, [{"title": "x", **field} for field in fields])


async def test_a_wall_clock_has_no_offset_and_no_other_spelling(api: Api) -> None:
    values = [{"datetime": moment} for moment in IMPOSSIBLE_WALL_CLOCKS]
    values += [{**value, "timezone": "Europe/Berlin"} for value in values]

    await refuse(api, "/todos", 422, [{"title": "x", name: value} for value in values for name in ("due", "start")])


async def test_a_zone_is_a_name_of_iana(api: Api) -> None:
    zones = ["Mars/Base", "europe/berlin", "../../etc/passwd", "/etc/passwd", "UTC+2", "", 2, None, "\0", "x" * 9_999]
    values = [{"datetime": "2026-03-29T09:00:00", "timezone": zone} for zone in zones]

    await refuse(api, "/todos", 422, [{"title": "x", "due": value} for value in values])


@pytest.mark.parametrize("zone", [None, "UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Europe/Amsterdam"])
async def test_the_first_and_the_last_moment_can_be_read_back(api: Api, zone: str | None) -> None:
    moments = ["1900-01-01T00:00:00", "1900-06-01T12:00:00", "2200-12-31T23:59:59"] * 2
    values = [{"datetime": moment, **({"timezone": zone} if zone else {})} for moment in moments]

    todos = [await api.todo(due=value, start=value, deadline=value["datetime"][:10]) for value in values]

    assert [one["due"] for one in await read_everything(api)] == values
    await check_stored(api, "/todos", *todos)


async def test_the_first_and_the_last_day_can_be_read_back(api: Api) -> None:
    days = ["1900-01-01", "2200-12-31"] * 2

    todos = [await api.todo(due={"date": day}, start={"date": day}, deadline=day) for day in days]

    assert [one["deadline"] for one in await read_everything(api)] == days
    await check_stored(api, "/todos", *todos)


async def test_a_time_that_the_clocks_leave_out_or_repeat_is_kept_as_written(api: Api) -> None:
    values = [
        {"datetime": moment, "timezone": "Europe/Berlin"} for moment in ("2026-03-29T02:30:00", "2026-10-25T02:30:00")
    ]

    created = [await api.todo(due=value) for value in values]

    assert [one["due"] for one in created] == values
    await check_stored(api, "/todos", *created)


@pytest.mark.parametrize(
    "operation", [one for one in OPERATIONS.values() if one.body is not None], ids=lambda operation: operation.name
)
async def test_a_body_that_cannot_be_read_is_refused_by_every_operation(api: Api, operation: Operation) -> None:
    request = own_requests(operation, await make_things(api, needed_for(operation)))[0]
    before = (await api.get("/spaces/current"))["seq"]
    method, path, valid = operation.method, request.path, json.dumps(request.body)
    answers = {}
    for name, content, headers, status in [
        ("unknown field", valid[:-1] + ', "unknown": 1}', JSON, 422),
        ("duplicate key", valid[:-1] + "," + valid[1:], JSON, 400),
        ("NaN", valid[:-1] + ', "unknown": NaN}', JSON, 422),
        ("depth 33", valid[:-1] + ', "unknown": ' + "[" * 32 + "]" * 32 + "}", JSON, 422),
        ("depth 900", "[" * 900 + "]" * 900, JSON, 422),
        ("depth 3000", "[" * 3_000 + "]" * 3_000, JSON, 400),
        ("depth 100000", '{"a":' * 100_000, JSON, 400),
        ("NUL", '"\\u0000"', JSON, 422),
        ("surrogate", '["\\ud800"]', JSON, 422),
        ("byte order mark", "\ufeff" + valid, JSON, 400),
        ("5 MB", '{"title": "' + "x" * 5_000_000 + '"}', JSON, 413),
        ("half", valid[:-1], JSON, 400),
        ("list", f"[{valid}]", JSON, 422),
        ("null", "null", JSON, 422),
        ("number", "7", JSON, 422),
        ("text", json.dumps(valid), JSON, 422),
        ("nothing", "", JSON, 422),
        ("no media type", valid, {}, 415),
        ("text/plain", valid, {"Content-Type": "text/plain"}, 415),
        ("form", "title=x", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ]:
        response = await send_raw(api, method, path, content.encode(), headers)
        answers[name] = (response.status_code, status)

    assert {name: answer for name, answer in answers.items() if answer[0] != answer[1]} == {}
    assert (await api.get("/spaces/current"))["seq"] == before
    assert (await send_raw(api, method, path, valid.encode())).is_success
    await read_everything(api)


HOSTILE_RULES = [
    "FREQ=DAILY\r\nATTACH:http://127.0.0.1",
    "FREQ=DAILY;\u0000",
    "FREQ=DAILY;X-A=1",
    "FREQ=DAILY;INTERVAL=" + "9" * 400,
    "FREQ=DAILY;INTERVAL=1e3",
    "FREQ=DAILY;COUNT=-1",
    "FREQ=DAILY;COUNT=1.0",
    "FREQ=DAILY;BYSETPOS=0",
    "FREQ=DAILY;BYHOUR=24",
    "FREQ=DAILY;BYSECOND=60",
    "FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 240),
    "FREQ=DAILY;UNTIL=20260230",
    "FREQ=DAILY;UNTIL=00010101",
    "FREQ=DAILY;UNTIL=20261231T250000Z",
    "FREQ=YEARLY;BYDAY=0MO",
    "FREQ=YEARLY;BYDAY=54MO",
    "RRULE:RRULE:FREQ=DAILY",
    "FREQ=DAILY;FREQ=DAILY",
    "FREQ",
    "=DAILY",
    ";;;",
    "{}",
    "'; DROP TABLE todokit_occurrence; --",
]


@pytest.mark.parametrize("rule", HOSTILE_RULES)
async def test_a_hostile_rule_is_invalid_input(api: Api, rule: str) -> None:
    ids = await make_scene(api)
    before = (await api.get("/spaces/current"))["seq"]
    body = {"recurrence": {"rrule": rule}, "due": {"datetime": "2026-03-28T09:00:00"}}

    problems = [
        await api.post("/todos", {"title": "x", **body}, 422),
        await api.patch(f"/todos/{ids['todo']}", body, 422),
        await api.post("/recurrence/preview", body, 422),
    ]

    assert {problem["errors"][0]["pointer"] for problem in problems} == {"#/recurrence/rrule"}
    assert (await api.get("/spaces/current"))["seq"] == before


CLEANED = {
    "a\u202eb\u2066c\u200f": "abc",  # overrides of the direction
    "d\u0007e\u009bf": "def",  # C0 and C1
    "g\r\nh\ti\u2028j": "g h i j",
    "  k  ": "k",
    "e\u0301": "\u00e9",  # composed
    "\N{MAN}\u200d\N{WOMAN}": "\N{MAN}\u200d\N{WOMAN}",
    "\u0378\U000e0001\ufffe": "\u0378\U000e0001\ufffe",  # unassigned, a tag, no character
    "\U0010ffff": "\U0010ffff",
    "İıßΣς": "İıßΣς",
    "%_\\'\"; DROP TABLE todokit_todo; --": "%_\\'\"; DROP TABLE todokit_todo; --",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "{} {0} %s :x $1": "{} {0} %s :x $1",
}


@pytest.mark.parametrize("path", ["/todos", "/lists", "/labels"])
async def test_a_name_is_one_line_of_visible_text(api: Api, path: str) -> None:
    field = "title" if path == "/todos" else "name"

    created = [await api.post(path, {field: text}, 201) for text in CLEANED]

    assert [one[field] for one in created] == list(CLEANED.values())
    for one, text in zip(created, CLEANED, strict=True):
        assert (await api.patch(f"{path}/{one['id']}", {field: text}))["version"] == 1
    await check_stored(api, path, *created)


@pytest.mark.parametrize("path", ["/todos", "/lists", "/labels"])
async def test_a_name_without_a_visible_character_is_refused(api: Api, path: str) -> None:
    texts = ["\u202e", "\u2066\u2069", "\u0007", " \t\n", "\u00a0", "", "x" * 501]
    templates = [template for where, template in NAMES if where == path]

    await refuse(api, path, 422, [filled(template, text) for template in templates for text in texts])


INVISIBLE = [
    "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u180b", "\u180e", "\u200b",
    "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2061",
    "\u2064", "\u2066", "\u206f", "\u2800", "\u3000", "\u3164", "\ufe00", "\ufe0f", "\ufeff", "\uffa0",
    "\U0001bca0", "\U0001d173", "\U000e0001", "\U000e0020", "\U000e0061", "\U000e007f", "\U000e0100",
    "\U000e01ef", "\u2800\u3164\u200b \u2060",
]  # fmt: skip
"""Zero widths, format controls, fillers, the braille blank, variation selectors, tags: alone they show nothing."""


@pytest.mark.parametrize("path", ["/todos", "/lists", "/labels"])
async def test_a_name_of_invisible_characters_alone_is_refused(api: Api, path: str) -> None:
    templates = [template for where, template in NAMES if where == path]

    await refuse(api, path, 422, [filled(template, text * 3) for template in templates for text in INVISIBLE])


@pytest.mark.parametrize("path", ["/todos", "/lists", "/labels"])
async def test_what_is_invisible_may_stand_beside_what_is_not(api: Api, path: str) -> None:
    field = "title" if path == "/todos" else "name"
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    names = [family, "\u2764\ufe0f", "co\u00adop", "\u3164\uac00", "\U0001f3f4\U000e0067\U000e0062\U000e007f"]

    created = [await api.post(path, {field: name}, 201) for name in names]

    assert [one[field] for one in created] == names


@pytest.mark.parametrize(("path", "longest"), [("/todos", 500), ("/lists", 120), ("/labels", 60)])
async def test_a_name_of_the_greatest_length_is_stored(api: Api, path: str, longest: int) -> None:
    field, created = "title" if path == "/todos" else "name", []
    for character in ("x", "ß", "\U0001d160", "\u0344", "\ufb03", "\u0390", "\U0010ffff"):
        composed = unicodedata.normalize("NFC", character)
        created.append(await api.post(path, {field: character * (longest // len(composed))}, 201))
        assert created[-1][field] == composed * (longest // len(composed))

    await refuse(api, path, 422, [{field: "x" * longest + one} for one in ("x", "\u0344", "\U0010ffff")])
    await check_stored(api, path, *created)


@pytest.mark.parametrize("path", ["/todos", "/lists"])
async def test_a_description_is_kept_as_it_is(api: Api, path: str) -> None:
    texts = ["a\u202eb\u0007\r\n\t\u2028 ", "\N{MAN}\u200d\N{WOMAN}\u0378", "", "x" * 16_384, "\U0010ffff" * 16_384]
    field = "title" if path == "/todos" else "name"

    created = [await api.post(path, {field: "x", "description": text}, 201) for text in texts]

    assert [one["description"] for one in created] == texts
    assert [(await api.get(f"{path}/{one['id']}"))["description"] for one in created] == texts
    await check_stored(api, path, *created)


@pytest.mark.parametrize(
    "value",
    [
        1e25,
        1e300,
        1.7976931348623157e308,
        5e-324,
        -0.0,
        0.1 + 0.2,
        2**63 - 1,
        2**53 + 1,
        [],
        {},
        "",
        [None, {}],
        {"": {"a.b": 1, "$ref": 2, "__proto__": 3}},
        "\u2028\ufffe\U0010ffff",
        ["e\u0301", "\u202e"],
    ],
    ids=ascii,
)
async def test_extra_comes_back_as_it_was_and_can_be_sent_again(api: Api, value: Any) -> None:
    created = await api.todo(extra={"key": value})

    read = await api.get(f"/todos/{created['id']}")

    assert read["extra"] == created["extra"] == {"key": value}
    assert await api.patch(f"/todos/{created['id']}", {"extra": read["extra"]}) == read
    await check_stored(api, "/todos", created)


async def test_extra_may_be_as_deep_as_a_body(api: Api) -> None:
    value: Any = "bottom"
    for _ in range(30):
        value = [value]

    created = await api.todo(extra={"a": value})

    assert (await api.get(f"/todos/{created['id']}"))["extra"] == {"a": value}
    await refuse(api, "/todos", 422, [{"title": "x", "extra": {"a": [value]}}])


async def test_extra_past_16_kib_is_refused(api: Api) -> None:
    texts = ["x" * 16_384, "\U0010ffff" * 4_100, "\u0007" * 3_000]

    await refuse(api, "/todos", 422, [{"title": "x", "extra": {"key": text}} for text in texts])


@pytest.mark.parametrize("path", ["/lists", "/labels"])
async def test_a_color_is_six_hexadecimal_digits(api: Api, path: str) -> None:
    colors = ["red", "#fff", "#1234567", "#12345g", "#123456\n", " #123456", "#١٢٣٤٥٦", 1_193_046, ""]

    await refuse(api, path, 422, [{"name": "x", "color": color} for color in colors])


async def test_a_url_of_a_link_is_an_http_url_in_ascii(api: Api) -> None:
    urls = ["javascript:alert(1)", "//host", "ftp://host", "http://", "http://a b", "http://ä", "http://\u202ehost", ""]
    links = [{"source": "a", "type": "b", "id": "c", "url": url} for url in [*urls, "http://h/" + "x" * 2_000]]

    await refuse(api, "/todos", 422, [{"title": "x", "links": [link]} for link in links])


NO_IDS = [
    "%00",
    "0",
    "-1",
    str(2**31),
    str(2**63),
    "9" * 5_000,
    "null",
    "%F0%9F%92%A9",
    "%FF",
    "%ED%A0%80",
    "'%20OR%201=1--",
    uuid.UUID(int=7).hex,
    f"%7B{uuid.UUID(int=7)}%7D",
    f"urn:uuid:{uuid.UUID(int=7)}",
    f"{uuid.UUID(int=7)}%0A",
    "00000000-0000-0000-0000-00000000000%D9%A7",
    str(uuid.UUID(int=0)),
    str(uuid.UUID(int=2**128 - 1)),
]


BY_ID = [
    *(("GET", path, None) for path in ("/todos/{}", "/lists/{}", "/labels/{}", "/todos/{}/subtasks")),
    *(("PATCH", path, {}) for path in ("/todos/{}", "/lists/{}", "/labels/{}")),
    *(("DELETE", path, None) for path in ("/todos/{}", "/lists/{}", "/labels/{}")),
    *(("GET", f"/todos/{{}}/{path}", None) for path in ("occurrences", "upcoming")),
    *(("POST", f"/todos/{{}}/{verb}", None) for verb in ("complete", "reopen", "cancel", "restore", "duplicate")),
    *(("POST", f"/todos/{{}}/{verb}", None) for verb in ("skip", "undo", "complete?occurrence=2026-03-28")),
    *(("POST", f"/lists/{{}}/{verb}", None) for verb in ("archive", "unarchive", "restore", "duplicate")),
    ("POST", "/todos/{}/move", {}),
    ("POST", "/lists/{}/move", {"after": str(uuid.UUID(int=7))}),
    ("POST", "/labels/{}/merge", {"into": str(uuid.UUID(int=7))}),
    *((method, "/todos/{}/labels/{label}", None) for method in ("PUT", "DELETE")),
    *((method, "/todos/{todo}/labels/{}", None) for method in ("PUT", "DELETE")),
]


@pytest.mark.parametrize(("method", "path", "body"), BY_ID)
async def test_what_is_no_id_in_a_path_is_not_found(api: Api, method: str, path: str, body: Any) -> None:
    ids = await make_scene(api)
    before = (await api.get("/spaces/current"))["seq"]

    answers = {}
    for wrong in NO_IDS:
        response = await api.send(method, path.replace("{}", wrong).format(**ids), body)
        answers[wrong[:40]] = response.status_code

    assert set(answers.values()) == {404}, answers
    assert (await api.get("/spaces/current"))["seq"] == before


SENSELESS = [
    "limit=-1",
    "limit=0",
    "limit=201",
    f"limit={2**31}",
    f"limit={2**63}",
    f"limit={'9' * 5_000}",
    "limit=1.5",
    "limit=",
    "limit=NaN",
    "q=%00",
    f"q={'x' * 201}",
    "link.source=%00",
    "link.type=",
    "link.id=%E2%80%AE",
    "tz=%00",
    "tz=..%2F..%2Fetc%2Fpasswd",
    "tz=",
    "sort=%00",
    "sort=id",
    "sort=title;DROP",
    "sort=title,",
    "sort=--title",
    "sort=title%0A",
    "sort=",
    "status=done",
    "status=%00",
    "list=7",
    "list=%00",
    "parent=%00",
    "parent=null",
    "label=%00",
    "label.all=x",
    f"label={uuid.UUID(int=7)}&label=x",
    "&".join(f"label={uuid.UUID(int=n)}" for n in range(51)),
    f"priority.lte={2**31}",
    f"priority.lte={2**63}",
    "priority.lte=-1",
    "overdue=perhaps",
    "today=%00",
    "no_due=2",
    "count=estimated",
    "space=7",
    "space=%00",
    *(
        f"{name}={quote(moment)}"
        for name in ("due.gte", "due.lt", "completed.gte", "completed.lt", "updated_since")
        for moment in (
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-12:00",
            "1899-12-31T23:59:59Z",
            "2201-01-01T00:00:00Z",
            "2026-03-29T09:00:00",
            "2026-03-29T09:00:60Z",
            "2026-02-30T09:00:00Z",
            "2026-03-29T09:00:00+24:00",
            "2026-03-29T09:00:00.1234567Z",
            "253402300800",
            "1711670400",
            "NaN",
            "now",
            "\0",
            "",
        )
    ),
]


async def test_a_parameter_that_makes_no_sense_is_invalid_input(api: Api) -> None:
    answers = {}
    for query in SENSELESS:
        response = await api.send("GET", f"/todos?{query}")
        answers[query[:60]] = (response.status_code, response.json()["code"])

    assert {query: answer for query, answer in answers.items() if answer != (422, "invalid_input")} == {}


@pytest.mark.parametrize("path", ["/lists", "/labels", "/trash", "/todos/{todo}/subtasks"])
async def test_every_page_refuses_a_senseless_parameter(api: Api, path: str) -> None:
    path = path.format(todo=(await api.todo())["id"])

    for query in ("limit=-1", "limit=0", f"limit={2**63}", f"limit={'9' * 5_000}", "limit=x", "space=%00"):
        response = await api.send("GET", f"{path}?{query}")
        assert (response.status_code, response.json()["code"]) == (422, "invalid_input"), query


async def test_a_list_is_not_deleted_by_a_senseless_parameter(api: Api) -> None:
    ids = await make_scene(api)

    for query in ("todos=move", "to={list}", "todos=move&to=7", "todos=move&to=%00", "todos=burn", "todos=%00"):
        response = await api.send("DELETE", f"/lists/{ids['list']}?{query.format(**ids)}")
        assert response.status_code == 422, query

    await api.get(f"/lists/{ids['list']}")


@pytest.mark.parametrize("path", ["/todos", "/lists", "/labels", "/trash", "/todos/{todo}/subtasks"])
async def test_a_damaged_cursor_is_refused(api: Api, path: str) -> None:
    path = path.format(todo=(await api.todo())["id"])

    for cursor in ("%00", "x", "=", "%F0%9F%92%A9", "WzFd", "W10", "bnVsbA", "W1tbW10", "x" * 4_096, ""):
        response = await api.send("GET", f"{path}?cursor={cursor}")
        assert (response.status_code, response.json()["code"]) == (400, "invalid_cursor"), cursor


async def test_a_search_is_literal(api: Api) -> None:
    searched = ["%", "_", "\\", "\\%", "%%", "'", '"', "ß", "İ", "a%b", ":x", "$1", "?", "*", "[a-z]"]

    for q in searched:
        user = api.as_user()
        await user.todo("none of that", description="axb")  # without an i, which İ is
        found = await user.todo("found", description=f"before {q} after")
        assert [one["id"] for one in (await user.get("/todos", q=q))["items"]] == [found["id"]], q


def json_values() -> st.SearchStrategy[Any]:
    """Any JSON value, with numbers and texts that JSON or a database does not take."""
    texts = st.text(st.characters(), max_size=20)
    numbers = st.integers() | st.floats() | st.sampled_from([2**31, 2**63, 10**400, 1e308])
    leaves = st.none() | st.booleans() | numbers | texts
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))


def bodies(**likely: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Bodies with the names of real fields and likely or arbitrary values, and now and then any JSON value."""
    values = {name: strategy | json_values() for name, strategy in likely.items()}
    return st.fixed_dictionaries({}, optional=values) | st.fixed_dictionaries(likely) | json_values()


def texts(longest: int) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=longest)


_days = st.dates().map(str)
_moments = st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds"))
_zones = st.sampled_from(["Europe/Berlin", "UTC", "Africa/Monrovia", "Pacific/Apia", "Mars/Base"])
_times = (
    st.none()
    | st.fixed_dictionaries({"date": _days})
    | st.fixed_dictionaries({"datetime": _moments}, optional={"timezone": _zones})
)
_links = st.lists(st.fixed_dictionaries({"source": texts(9), "type": texts(9), "id": texts(9)}), max_size=2)
_colors = st.from_regex(r"\A#[0-9a-f]{6}\Z") | st.none()
_todos = bodies(
    title=texts(600),
    description=texts(60),
    priority=st.integers(-1, 11),
    start=_times,
    due=_times,
    deadline=_days | st.none(),
    links=_links,
    extra=st.dictionaries(texts(5), texts(5) | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False), max_size=3),
)
_lists = bodies(name=texts(130), description=texts(60), color=_colors, icon=texts(5) | st.none())
_labels = bodies(name=texts(70), color=_colors)

arbitrary = hypothesis_settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


async def write_anything(api: Api, path: str, first: dict[str, str], body: Any) -> None:
    """Create and change an object with any body; whatever is stored can be read by every reader."""
    user, content = api.as_user(), json.dumps(body).encode()
    item = await user.post(path, first)

    created = await send_raw(user, "POST", path, content)
    changed = await send_raw(user, "PATCH", f"{path}/{item['id']}", content)

    assert {created.status_code, changed.status_code} <= {200, 201, 400, 409, 413, 422}, created.text + changed.text
    if created.status_code == 201:
        await check_stored(user, path, created.json())
    elif changed.status_code == 200:
        await check_stored(user, path, changed.json())


@given(body=_todos)
@arbitrary
async def test_any_body_of_a_todo_is_refused_or_readable(api: Api, body: Any) -> None:
    await write_anything(api, "/todos", {"title": "x"}, body)


@given(body=_lists)
@arbitrary
async def test_any_body_of_a_list_is_refused_or_readable(api: Api, body: Any) -> None:
    await write_anything(api, "/lists", {"name": "x"}, body)


@given(body=_labels)
@arbitrary
async def test_any_body_of_a_label_is_refused_or_readable(api: Api, body: Any) -> None:
    await write_anything(api, "/labels", {"name": "x"}, body)


@given(content=st.binary(max_size=60) | st.text(st.sampled_from('{}[]",:0e\\u 1tn'), max_size=30).map(str.encode))
@arbitrary
async def test_any_bytes_are_refused_or_readable(api: Api, content: bytes) -> None:
    for path in ("/todos", "/lists", "/labels"):
        response = await send_raw(api, "POST", path, content)
        assert response.status_code in {400, 422}


PARAMETERS = {
    "/todos": [*TodoQuery.model_json_schema()["properties"], "space"],
    "/lists": ["limit", "cursor", "archived", "counts", "tz", "space"],
    "/labels": ["limit", "cursor", "space"],
    "/trash": ["limit", "cursor", "space"],
}


@given(data=st.data())
@arbitrary
async def test_any_parameter_is_refused_or_answered(api: Api, data: st.DataObject) -> None:
    await api.as_user().todo()
    for path, names in PARAMETERS.items():
        values = st.text(st.characters(), max_size=30) | _days | _moments.map("{}Z".format) | st.integers().map(str)
        chosen = data.draw(st.dictionaries(st.sampled_from(names), values, min_size=1, max_size=3))
        query = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in chosen.items())

        response = await api.send("GET", f"{path}?{query}")

        assert response.status_code in {200, 400, 404, 422}, (query, response.text)


@given(part=st.text(st.characters(), min_size=1, max_size=20))
@arbitrary
async def test_any_text_in_a_path_is_not_found(api: Api, part: str) -> None:
    for path in ("/todos", "/lists", "/labels"):
        response = await api.send("GET", f"{path}/{quote(part, safe='', errors='surrogatepass')}")

        assert response.status_code in {404, 307}
