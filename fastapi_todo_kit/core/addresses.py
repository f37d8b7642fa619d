"""Addresses of mail as people write them, and what those have in common that are one and the same.

Accounts go further with an extra (`auth/credentials/emails.py`); this is for what has to do without it.
"""

import re
import string
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

LONGEST: Final = 254
_NEVER: Final = r'\s\x00-\x1f\x7f-\x9f<>()\[\]\\,;:"@'
_PATTERN: Final = rf"^(?!.*=\?)[^{_NEVER}]{{1,64}}@[^{_NEVER}.]+(\.[^{_NEVER}.]+)+$"
_ADDRESS: Final = re.compile(_PATTERN)
_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def address_key(address: str) -> str:
    """Return what every spelling of an address has in common: nobody's is another one's.

    Upper and lower case of ASCII are the same, and of the domain all. No more: `strauß` and `strauss` are two people.
    """
    local, _, domain = unicodedata.normalize("NFC", address).rpartition("@")
    return f"{local.translate(_LOWER)}@{domain.lower()}"


def _checked(value: str) -> str:
    address = unicodedata.normalize("NFC", value)
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address) or any("\ud800" <= one <= "\udfff" for one in address):
        raise PydanticCustomError("email", "Write a plain address of mail, such as ann@example.com")
    return address


Address = Annotated[
    str,
    AfterValidator(_checked),
    WithJsonSchema({"type": "string", "maxLength": LONGEST, "pattern": _PATTERN, "examples": ["ann@example.com"]}),
]
"""A plain address of mail, without a name; that it can be reached is shown by a mail to it."""
