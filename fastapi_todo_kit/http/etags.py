"""Entity tags (RFC 9110, section 8.8.3): the version of an object, in quotes."""

import re
from collections.abc import Mapping
from typing import Any, Final

_TAG: Final = r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"'
_TAGS: Final = re.compile(rf"[ \t,]*+{_TAG}(?:[ \t]*+,[ \t,]*+{_TAG})*+[ \t,]*+")
"""A list of tags, with the empty elements that a recipient is to bear (section 5.6.1.2)."""
_ONE_TAG: Final = re.compile(_TAG)
_VERSION: Final = re.compile(r"([1-9][0-9]{0,9})(?:-closed)?")


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def etag_of(record: Mapping[str, Any]) -> str:
    """Return the entity tag of an object as it is shown.

    A reminder shows that its todo is closed, which is no version of its own: it is another representation of the same.
    """
    return f'"{record["version"]}-closed"' if record.get("state") == "todo_closed" else etag(record["version"])


def is_any(header: str) -> bool:
    """Say whether a header names any version that there is; `*` stands alone."""
    return header.strip(" \t") == "*"


def strong_versions(header: str) -> frozenset[int]:
    """Return the versions that a header names by strong tags; a weak one never matches a write (section 13.1.1)."""
    return frozenset(version for is_weak, version in _versions(header) if not is_weak)


def why_none(header: str) -> tuple[str, str]:
    """Return the code and the words for an If-Match header in which no tag can be one of ours."""
    if _versions(header):
        return "weak_tag", (
            "The tag is weak (W/), and a change needs a strong one (RFC 9110, section 13.1.1). A proxy that compresses "
            "answers makes tags weak: send the tag without W/, or have the proxy leave these answers as they are."
        )
    return "unknown_tag", (
        'No tag of this API: write the ETag as it was sent, in quotes, such as "1", several with commas, or * alone.'
    )


def names(header: str, record: Mapping[str, Any]) -> bool:
    """Say whether an If-None-Match header names an object as it is shown, or any; a weak tag will do."""
    shown = etag_of(record)
    return header == shown or is_any(header) or any(f'"{tag}"' == shown for _, tag in _tags(header))


def _versions(header: str) -> list[tuple[bool, int]]:
    """Return the versions that a list of tags names, and whether each tag is weak."""
    found = ((bool(weak), _VERSION.fullmatch(tag)) for weak, tag in _tags(header))
    return [(is_weak, int(version[1])) for is_weak, version in found if version]


def _tags(header: str) -> list[tuple[str, str]]:
    """Return the tags of a list, without their quotes, behind what makes each weak; none where it is no such list."""
    return _ONE_TAG.findall(header) if _TAGS.fullmatch(header) else []
