"""Which passwords are refused: short ones, and those that are tried first (NIST SP 800-63B, section 3.1.1.2).

No rule about kinds of characters. `common_passwords.txt.gz` holds 36,826 of the passwords that leaks show most often,
from the lists that Django 5.2 (BSD-3-Clause) and zxcvbn 4.5 (MIT) come with; shorter ones than six are left out.
"""

import gzip
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from fastapi_todo_kit.core.errors import InvalidInput

LONGEST: Final = 256
_TRIMMINGS: Final = 4
_LONGEST_UNIT: Final = 6


def check_password(
    password: str, shortest: int, email: str, name: str | None = None, *, pointer: str = "#/password"
) -> str:
    """Return a password as it is hashed, in NFC.

    Args:
        password: what the user chose.
        shortest: how many characters it has at least.
        email: the address, which others know and would try.
        name: the name, likewise.
        pointer: where the request holds it.

    Raises:
        InvalidInput: it is too short, too long, common, or hardly more than the address or the name.
    """
    normal = unicodedata.normalize("NFC", password)
    if len(normal) < shortest:
        _refuse(pointer, "password_too_short", f"Use at least {shortest} characters; a few words make a good password.")
    if len(normal) > LONGEST:
        _refuse(pointer, "password_too_long", f"Use at most {LONGEST} characters.")
    own_words = {word.casefold() for word in (email, email.partition("@")[0], name) if word}
    if _is_guessed_first(normal.casefold(), own_words):
        _refuse(pointer, "password_too_common", "This is one of the first passwords that somebody would try.")
    return normal


def _is_guessed_first(password: str, own_words: set[str]) -> bool:
    common = common_passwords()
    core = password.strip("0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
    unit = _repeated_unit(password)
    tried = [password]
    if len(password) - len(core) <= _TRIMMINGS:
        tried.append(core)
    if unit != password:
        tried.append(unit)
    is_word = any(one in common or one in own_words for one in tried)
    is_short_unit = unit != password and len(unit) <= _LONGEST_UNIT
    return is_word or is_short_unit or _is_sequence(password)


def _repeated_unit(text: str) -> str:
    """Return the shortest text of which this one is a repetition, itself where it is none."""
    # Where a text is found inside of itself doubled, it turns onto itself by that much.
    return text[: (text + text).find(text, 1)]


def _is_sequence(text: str) -> bool:
    steps = {(ord(after) - ord(before)) % 10 for before, after in pairwise(text)}
    return steps <= {1} or steps <= {9}


@cache
def common_passwords() -> frozenset[str]:
    """Return the passwords that are refused whatever stands around them."""
    packed = files(__package__).joinpath("common_passwords.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split("\n"))


def _refuse(pointer: str, code: str, detail: str) -> None:
    raise InvalidInput(detail, errors=[{"pointer": pointer, "code": code, "detail": detail}])
