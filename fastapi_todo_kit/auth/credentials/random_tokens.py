"""Opaque tokens: random, recognisable, and kept only as their SHA-256."""

import hashlib
import secrets
import zlib
from typing import Final

_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PERSONAL: Final = "tdk_"
_RANDOM: Final = 30
_CHECKSUM: Final = 6


def digest(token: str) -> str:
    """Return what is stored of a token. Nothing slower is needed: a random token cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_secret() -> str:
    """Return a token of 256 random bits, for a refresh token or a link in a mail."""
    return secrets.token_urlsafe(32)


def new_personal_token() -> str:
    """Return a personal access token: `tdk_`, 30 random characters (178 bits) and a checksum of 6.

    The prefix lets scanners find one that leaked; the checksum spares the database what was only mistyped.
    """
    random = "".join(secrets.choice(_BASE62) for _ in range(_RANDOM))
    return _PERSONAL + random + _checksum(random)


def is_personal_token(token: str) -> bool:
    """Whether a text has the form of a personal access token, its checksum included."""
    if not token.isascii() or len(token) != len(_PERSONAL) + _RANDOM + _CHECKSUM or not token.startswith(_PERSONAL):
        return False
    random, checksum = token[len(_PERSONAL) : -_CHECKSUM], token[-_CHECKSUM:]
    return checksum == _checksum(random)


def _checksum(text: str) -> str:
    number, characters = zlib.crc32(text.encode()), ""
    for _ in range(_CHECKSUM):
        number, place = divmod(number, len(_BASE62))
        characters = _BASE62[place] + characters
    return characters
