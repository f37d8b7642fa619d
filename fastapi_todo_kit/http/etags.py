"""Entity tags (RFC 9110, section 8.8.3): the version of an object, in quotes."""

import re
from typing import Final

_TAG: Final = r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"'
_TAGS: Final = re.compile(rf"[ \t,]*+{_TAG}(?:[ \t]*+,[ \t,]*+{_TAG})*+[ \t,]*+")
"""A list of tags, with the empty elements that a recipient is to bear (section 5.6.1.2)."""
_ONE_TAG: Final = re.compile(_TAG)
_VERSION: Final = re.compile(r"[1-9][0-9]{0,9}")


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


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


def names_version(header: str, version: int) -> bool:
    """Say whether an If-None-Match header names this version, or any."""
    return header == etag(version) or is_any(header) or any(named == version for _, named in _versions(header))


def _versions(header: str) -> list[tuple[bool, int]]:
    """Return the versions that a list of tags names, and whether each tag is weak; none where it is no such list."""
    if not _TAGS.fullmatch(header):
        return []
    return [(bool(weak), int(tag)) for weak, tag in _ONE_TAG.findall(header) if _VERSION.fullmatch(tag)]
