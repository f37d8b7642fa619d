"""Addresses of mail: their form, and the key under which nobody else can register."""

import string
import unicodedata
from typing import Annotated, Any, Final

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

LONGEST: Final = 254
_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def _normal(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise PydanticCustomError("email", "Write an address of mail: {reason}", {"reason": str(error)}) from None


def is_email(value: str) -> bool:
    """Whether a text is an address of mail."""
    try:
        _normal(value)
    except PydanticCustomError:
        return False
    return True


def email_key(email: str) -> str:
    """Return what two spellings of an address have in common: upper and lower case of ASCII are the same.

    No more than that: `strauß` and `strauss`, which casefolding makes one, are two people.
    """
    return unicodedata.normalize("NFC", email).translate(_LOWER)


_schema: dict[str, Any] = {"type": "string", "format": "email", "maxLength": LONGEST}
Email = Annotated[str, AfterValidator(_normal), WithJsonSchema(_schema)]
"""An address of mail (RFC 5321), its domain in lower case; that it can be reached is shown by a mail to it."""
