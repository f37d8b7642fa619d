"""Entity tags (RFC 9110, section 8.8.3): the version of an object, in quotes."""

import re
from typing import Final

_TAG: Final = re.compile(r'(W/)?"(\d{1,10})"')


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'"{version}"'


def strong_versions(header: str) -> frozenset[int]:
    """Return the versions that a header names by strong tags; a weak one never matches a write (section 13.1.1)."""
    return frozenset(int(tag.group(2)) for tag in _TAG.finditer(header) if not tag.group(1))


def why_none(header: str) -> tuple[str, str]:
    """Return the code and the words for an If-Match header in which no tag can be one of ours."""
    if _TAG.search(header):
        return "weak_tag", (
            "The tag is weak (W/), and a change needs a strong one (RFC 9110, section 13.1.1). A proxy that compresses "
            "answers makes tags weak: send the tag without W/, or have the proxy leave these answers as they are."
        )
    return "unknown_tag", 'No tag of this API: write the ETag as it was sent, in quotes, such as "1".'


def names_version(header: str, version: int) -> bool:
    """Say whether an If-None-Match header names this version, or any."""
    return header.strip() == "*" or version in {int(tag.group(2)) for tag in _TAG.finditer(header)}
