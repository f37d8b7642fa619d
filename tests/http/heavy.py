"""Bodies that are heavy to read or to check, up to the limit of a body: made for an operation from its schema."""

import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from fastapi import FastAPI

MOST: Final = 1_048_576
"""Bytes that a body has at most; those of this file have as many, or a few less."""
_TEXT: Final = b'"x"'


@dataclass(frozen=True)
class Operation:
    """An operation of the document: its name, how it is asked for, and the schema of its body if it takes one."""

    name: str
    method: str
    path: str
    media_type: str | None
    schema: Mapping[str, Any]
    words: Mapping[str, str]
    """What the path takes where it takes one of some words."""

    @property
    def takes_body(self) -> bool:
        return self.media_type is not None

    @property
    def path_to_nothing(self) -> str:
        """The path with ids of what there is not."""
        return re.sub(r"{(\w+)}", lambda name: self.words.get(name[1], str(uuid.UUID(int=1))), self.path)


def operations_of(app: FastAPI) -> list[Operation]:
    """Return every operation, so that a new one is tested without being named anywhere."""
    document = app.openapi()
    definitions = document["components"]["schemas"]
    found = []
    for path, item in document["paths"].items():
        for method, one in item.items():
            content = one.get("requestBody", {}).get("content", {})
            media_type = next(iter(content), None)
            schema = resolved(content[media_type]["schema"], definitions) if media_type else {}
            taken = {name["name"]: resolved(name["schema"], definitions) for name in one.get("parameters", ())}
            words = {name: kind["enum"][0] for name, kind in taken.items() if "enum" in kind}
            found.append(Operation(one["operationId"], method.upper(), path, media_type, schema, words))
    return found


def resolved(schema: Any, definitions: Mapping[str, Any]) -> Any:
    """Return a schema with what it refers to in its place."""
    if isinstance(schema, list):
        return [resolved(one, definitions) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return resolved(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    return {name: resolved(one, definitions) for name, one in schema.items()}


def repeated(item: bytes, size: int = MOST - 200, *, separator: bytes = b",") -> bytes:
    """Return an item as often as it fits."""
    return separator.join([item] * (size // (len(item) + len(separator))))


@cache
def wrong_everywhere() -> dict[str, bytes]:
    """Return what no operation takes, and what costs a parser or a schema most."""
    keys = b",".join(b'"%x":1' % n for n in range(MOST // 10))
    return {
        "integers": b"[" + repeated(b"1") + b"]",
        "fractions": b"[" + repeated(b"1.5") + b"]",
        "empty texts": b"[" + repeated(b'""') + b"]",
        "arrays": b"[" + repeated(b"[]") + b"]",
        "objects": b"[" + repeated(b"{}") + b"]",
        "members": b"[" + repeated(b'{"a":1}') + b"]",
        "keys": b"{" + keys[: MOST - 100].rpartition(b",")[0] + b"}",
        "deep": b"[" * MOST,
        "deep objects": repeated(b'{"a":', separator=b""),
        "brackets": repeated(b"[]", separator=b""),
        "quotes": b'"' * MOST,
        "blanks": b" " * MOST,
        "digits": b"1" * MOST,
        "decimals": b"0." + b"1" * (MOST - 2),
        "escapes": b'{"title":"' + b"\\n" * (MOST // 2 - 20) + b'"}',
        "escaped quotes": b'{"title":"' + b'\\"' * (MOST // 2 - 20) + b'"}',
        "backslashes": b'["' + b"\\" * (MOST - 20) + b'"]',
        "one escape": b'{"title":"\\u0041' + b"a" * (MOST - 100) + b'"}',
        "surrogates": b'{"title":"' + b"\\ud83d\\ude00" * (MOST // 12 - 20) + b'"}',
        "half surrogates": b'{"title":"' + b"\\ud83d" * (MOST // 6 - 20) + b'"}',
        "one wide character": '{"title":"\N{GRINNING FACE}'.encode() + b"a" * (MOST - 100) + b'"}',
        "a wide character in each text": _object_of("a" * 990 + "\N{GRINNING FACE}"),
        "texts": _object_of("a" * 1_010),
        "texts as large as they may be": _object_of("a" * 470) + b" " * (MOST // 2),
        "wide texts as large as they may be": _object_of("\N{GRINNING FACE}" * 117) + b" " * (MOST // 2),
        "a long key": b'{"' + b"k" * (MOST - 100) + b'":1}',
        "long keys": b"{" + b",".join(b'"%d%s":1' % (n, b"k" * 1_000) for n in range(1_000)) + b"}",
        "no UTF-8": b'{"title":"' + b"\xff" * (MOST - 100) + b'"}',
    }


def _object_of(text: str) -> bytes:
    return json.dumps({f"{n}": text for n in range(1_000)}, ensure_ascii=False).encode()


def heavy_forms() -> dict[str, bytes]:
    """Return the same of a form."""
    return {
        "fields": repeated(b"a=", separator=b"&"),
        "names": repeated(b"a", separator=b"&"),
        "separators": b"&" * MOST,
        "equals": b"=" * MOST,
        "percents": b"username=" + b"%" * (MOST - 9),
        "escapes": b"username=" + b"%41" * (MOST // 3 - 9),
        "a long name": b"a" * MOST,
    }


def heavy_for(schema: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield bodies that are right but for one place: each list and map of a schema, at its maximum and far beyond."""
    for path, place in places_of(schema):
        is_list = place.get("type") == "array"
        most = place.get("maxItems" if is_list else "maxProperties", 1_000)
        for kind, item in _ITEMS.items():
            for size, count in (("at its maximum", most), ("beyond", MOST // (len(item) + 8))):
                if is_list:
                    value = b"[" + b",".join([item] * count) + b"]"
                else:
                    value = b"{" + b",".join(b'"%x":%s' % (n, item) for n in range(count // 2)) + b"}"
                yield f"{'/'.join(path)} {size}: {kind}", nested(path, value)


def heavy_texts_for(schema: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield bodies with a text in each place of a schema, as long as it may be, of characters that cost most."""
    for path, place in places_of(schema, _is_text):
        length = place.get("maxLength", 100)
        for kind, text in _TEXTS.items():
            repeated_text = (text * (length // len(text) + 1))[:length]
            yield f"{'/'.join(path)}: {kind}", nested(path, json.dumps(repeated_text, ensure_ascii=False).encode())
        yield f"{'/'.join(path)} beyond", nested(path, b'"' + b"a" * (MOST - 200) + b'"')


_TEXTS: Final = {
    "letters": "a",
    "blanks": " ",
    "marks in the wrong order": "a" + "\N{COMBINING ACUTE ACCENT}" * 7 + "\N{COMBINING GRAVE ACCENT BELOW}" * 7,
    "nothing but marks": "\N{COMBINING ACUTE ACCENT}\N{COMBINING GRAVE ACCENT BELOW}",
    "marks that sort themselves": "".join(map(chr, range(0x345, 0x300, -1))),
    "what becomes longer": "\N{COMBINING GREEK DIALYTIKA TONOS}a",
    "digits": "1",
    "dots": ".",
    "controls": "\N{RIGHT-TO-LEFT OVERRIDE}\x7f",
}
_ITEMS: Final = {
    "ids": b'"01890a5d-ac96-774b-bcce-b302099a8057"',
    "wrong texts": _TEXT,
    "numbers": b"1",
    "nulls": b"null",
    "empty objects": b"{}",
    "wrong objects": b'{"x":1,"y":2,"z":3}',
    "links": b'{"source":"a","type":"b","id":"c"}',
    "days": b'"2026-03-28"',
}


Place = tuple[tuple[str, ...], dict[str, Any]]


def is_many(schema: Mapping[str, Any]) -> bool:
    """Whether a schema is that of a list or a map."""
    return schema.get("type") == "array" or schema.get("additionalProperties") not in (None, False)


def _is_text(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") == "string"


def places_of(
    schema: Mapping[str, Any], wanted: Callable[[Mapping[str, Any]], bool] = is_many, path: tuple[str, ...] = ()
) -> Iterator[Place]:
    """Yield what is wanted of a schema, by default every list and every map, with the names that lead to it."""
    if wanted(schema):
        yield path, dict(schema)
    for variant in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from places_of(variant, wanted, path)
    if "items" in schema:
        yield from places_of(schema["items"], wanted, (*path, "0"))
    for name, one in schema.get("properties", {}).items():
        yield from places_of(one, wanted, (*path, name))


def nested(path: tuple[str, ...], value: bytes) -> bytes:
    """Return a body with one value, at the place to which these names lead."""
    for name in reversed(path):
        value = b"[" + value + b"]" if name == "0" else b"{" + json.dumps(name).encode() + b":" + value + b"}"
    return value
