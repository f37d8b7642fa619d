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


def names_version(header: str, version: int) -> bool:
    """Say whether an If-None-Match header names this version, or any."""
    return header.strip() == "*" or version in {int(tag.group(2)) for tag in _TAG.finditer(header)}
