import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from fastapi_todo_kit import Limits, TodoKitSettings
from fastapi_todo_kit.errors import InvalidInput, MalformedRequest, NestedTooDeep
from fastapi_todo_kit.http.strict_json import parse_json
from tests.support import Api, make_app, running

JSON = {"Content-Type": "application/json"}


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"null", None),
        (b' {"a": [1, 2.5, true, "x"]} ', {"a": [1, 2.5, True, "x"]}),
        ('{"ä": "\N{PILE OF POO}"}'.encode(), {"ä": "\N{PILE OF POO}"}),
        (rb'"\ud83d\ude00"', "\N{GRINNING FACE}"),
        (rb'"\\u0000"', r"\u0000"),
        (b"9223372036854775807", 2**63 - 1),
        (b"-9223372036854775807", 1 - 2**63),
        (b"1e308", 1e308),
        (b"1e-400", 0.0),
    ],
)
def test_json_is_read(body: bytes, value: Any) -> None:
    assert parse_json(body, max_depth=32) == value


@pytest.mark.parametrize("body", [nested(32), b'{"a":' * 32 + b"1" + b"}" * 32, b'"' + nested(100_000) + b'"'])
def test_a_body_of_the_greatest_depth_is_read(body: bytes) -> None:
    assert parse_json(body, max_depth=32) == json.loads(body)


def test_brackets_side_by_side_are_not_deep() -> None:
    assert len(parse_json(b"[" + b",".join([b"[]"] * 4_000) + b"]", max_depth=2)) == 4_000


def test_brackets_behind_an_escaped_quote_are_text() -> None:
    body = json.dumps({"text": '\\"' + "[{" * 500, "other": '"]}' * 500}).encode()

    assert parse_json(body, max_depth=32) == json.loads(body)


@pytest.mark.parametrize("depth", [33, 900])
def test_a_body_that_is_too_deep_is_invalid_input(depth: int) -> None:
    with pytest.raises(NestedTooDeep) as caught:
        parse_json(nested(depth), max_depth=32)

    assert caught.value.status == 422
    assert caught.value.members == {"limit": 32}


@pytest.mark.parametrize("depth", [3_000, 100_000])
@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_a_body_too_deep_for_any_parser_is_malformed(depth: int, opening: bytes) -> None:
    with pytest.raises(MalformedRequest) as caught:
        parse_json(opening * depth, max_depth=32)

    assert caught.value.status == 400


@pytest.mark.parametrize("body", [b'{"a": 1, "a": 1}', b'{"a": {"b": 1, "b": 2}}', rb'[{"a": 1, "\u0061": 2}]'])
def test_a_key_that_is_named_twice_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedRequest) as caught:
        parse_json(body, max_depth=32)

    assert caught.value.status == 400


@pytest.mark.parametrize(
    "number",
    ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", str(2**63), str(-(2**63) - 1), str(2**64), "9" * 5_000],
)
def test_a_number_that_a_database_cannot_hold_is_invalid_input(number: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_json(f'{{"a": [{number}]}}'.encode(), max_depth=32)

    assert caught.value.status == 422


@pytest.mark.parametrize("text", [r"\u0000", r"\ud800", r"\udfff", r"\ude00\ud83d", r"x\udc00x"])
def test_half_a_surrogate_pair_and_nul_are_invalid_and_pointed_at(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_json(f'{{"a/b": [0, "{text}"]}}'.encode(), max_depth=32)

    (place,) = caught.value.members["errors"]
    assert (place["pointer"], place["code"]) == ("#/a~1b/1", "string_control_char")


@pytest.mark.parametrize("key", [r"\u0000", r"\ud800"])
def test_half_a_surrogate_pair_and_nul_in_a_key_are_invalid(key: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_json(f'{{"a": {{"{key}": 1}}}}'.encode(), max_depth=32)

    assert caught.value.members["errors"][0]["pointer"] == "#/a"


@pytest.mark.parametrize(
    "body",
    [
        b'"\xff"',
        b'"\xc3"',
        b'"\xed\xa0\x80"',  # a surrogate in UTF-8
        b'"\xc0\x80"',  # NUL, overlong
        b'"\x00"',
        b'"\n"',
        b"\xef\xbb\xbf{}",  # a byte order mark
        '{"a": 1}'.encode("utf-16"),
        b"",
        b" ",
        b"{",
        b'{"a": 1,}',
        b"{'a': 1}",
        b"{} {}",
        b"01",
        b"nul",
        b"]" * 50 + b"[" * 50,
    ],
)
def test_what_is_not_json_in_utf8_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedRequest) as caught:
        parse_json(body, max_depth=32)

    assert caught.value.status == 400


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json"]
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/todos"), ("POST", "/lists"), ("POST", "/labels")])
async def test_a_body_of_another_media_type_is_415(api: Api, method: str, path: str, media_type: str) -> None:
    response = await api.send(method, path, content=b'{"title": "x"}', headers={"Content-Type": media_type})

    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("charset", ["utf-16", '"UTF-16"', "iso-8859-1", ""])
async def test_a_body_that_says_it_is_not_utf8_is_415(api: Api, charset: str) -> None:
    media_type = f"application/json; Charset={charset}"

    response = await api.send("POST", "/todos", content=b'{"title": "x"}', headers={"Content-Type": media_type})

    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


async def test_a_body_without_a_media_type_is_415(api: Api) -> None:
    response = await api.send("POST", "/todos", content=b'{"title": "x"}')

    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")
    assert await api.titles() == []


@pytest.mark.parametrize(
    "media_type", ["application/json", 'Application/JSON; charset="UTF-8"', "application/merge-patch+json"]
)
async def test_json_goes_by_several_names(api: Api, media_type: str) -> None:
    todo = await api.todo()

    response = await api.send(
        "PATCH", f"/todos/{todo['id']}", content=b'{"title": "changed"}', headers={"Content-Type": media_type}
    )

    assert (response.status_code, response.json()["title"]) == (200, "changed")


async def test_a_missing_body_is_invalid_input(api: Api) -> None:
    for headers in ({}, JSON):
        response = await api.send("POST", "/todos", content=b"", headers=headers)

        assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "#")


async def in_chunks(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 10_000):
        yield body[start : start + 10_000]


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_past_the_limit_is_413(api: Api, *, chunked: bool) -> None:
    body = json.dumps({"title": "x", "description": "x" * 1_048_576}).encode()

    response = await api.send("POST", "/todos", content=in_chunks(body) if chunked else body, headers=JSON)

    assert ("Content-Length" in response.request.headers) is not chunked
    assert response.status_code == 413
    assert {"code": "body_too_large", "limit": 1_048_576}.items() <= response.json().items()
    assert await api.titles() == []


async def test_no_more_of_a_body_is_read_than_the_limit(api: Api) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 1_000:
            read += 1
            yield b" " * 65_536

    response = await api.send("POST", "/todos", content=endless(), headers=JSON)

    assert response.status_code == 413
    assert read < 1_000


async def test_nothing_is_read_of_a_body_that_is_announced_as_too_large(api: Api) -> None:
    """A client that sends `Expect: 100-continue` is told before it has sent anything."""
    read = 0

    async def sent() -> AsyncIterator[bytes]:
        nonlocal read
        read += 1
        yield b" " * 2_000_000

    response = await api.send("POST", "/todos", content=sent(), headers={**JSON, "Content-Length": "2000000"})

    assert (response.status_code, read) == (413, 0)


async def test_a_chunked_body_within_the_limit_is_read(api: Api) -> None:
    body = json.dumps({"title": "x", "description": "ä" * 16_384}).encode()

    response = await api.send("POST", "/todos", content=in_chunks(body), headers=JSON)

    assert (response.status_code, response.json()["description"]) == (201, "ä" * 16_384)


async def test_the_limits_of_a_body_can_be_set(database_url: str) -> None:
    limits = Limits(body_bytes=1_024, json_depth=4)
    async with running(make_app(TodoKitSettings(database_url=database_url, limits=limits))) as api:
        assert (await api.post("/todos", {"title": "x" * 2_000}, 413))["limit"] == 1_024
        assert (await api.post("/todos", {"title": "x", "extra": {"a": [[[]]]}}, 422))["limit"] == 4

        await api.todo("x" * 500, extra={"a": [[]]})


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"title": NaN}', 422, "invalid_input"),
        (b'{"title": "x", "title": "y"}', 400, "malformed_request"),
        (b'{"title": "\xff"}', 400, "malformed_request"),
        (b'{"title": "x", "extra": {"a":' + nested(31) + b"}}", 422, "json_too_deep"),
        (nested(3_000), 400, "malformed_request"),
    ],
)
async def test_the_answer_to_bad_json_is_a_problem(api: Api, body: bytes, status: int, code: str) -> None:
    todo = await api.todo("unharmed")

    for method, path in (("POST", "/todos"), ("PATCH", f"/todos/{todo['id']}")):
        response = await api.send(method, path, content=body, headers=JSON)
        assert (response.status_code, response.json()["code"]) == (status, code)

    assert await api.titles() == ["unharmed"]
