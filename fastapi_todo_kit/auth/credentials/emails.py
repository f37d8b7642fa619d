"""Addresses of mail: their form, and the key under which nobody else can register."""

import string
import unicodedata
from typing import Annotated, Any, Final

from email_validator import validate_email
from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

LONGEST: Final = 254
_LONGEST_LOCAL_PART: Final = 64
"""Bytes (RFC 5321, section 4.5.3.1.1), which the library only counts together with other strictness of its own."""
_ENCODED_WORD: Final = "=?"
_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def normal_email(value: str) -> str:
    """Return an address as it is stored and written to: without blanks around it, its domain in lower case and Unicode.

    Raises:
        ValueError: it is no plain address (RFC 5321). One that a reader of mail would decode into another is none.
    """
    if _ENCODED_WORD in value:
        raise ValueError("It must not hold =?, which begins an encoded word.")
    checked = validate_email(value.strip(" "), check_deliverability=False)
    if len(checked.local_part.encode()) > _LONGEST_LOCAL_PART:
        raise ValueError(f"What stands before the @ has at most {_LONGEST_LOCAL_PART} bytes.")
    return checked.normalized


def email_key(email: str) -> str:
    """Return what every spelling of an address has in common; whatever looks for an account looks for this.

    The domain is that of `normal_email` (IDNA, UTS 46); of the rest, upper and lower case of ASCII are the same. No
    more than that: `strauß` and `strauss`, which casefolding makes one, are two people. What is no address is nobody's.
    """
    try:
        normal = normal_email(email)
    except ValueError:
        normal = unicodedata.normalize("NFC", email)
    return normal.translate(_LOWER)


def _checked(value: str) -> str:
    try:
        return normal_email(value)
    except ValueError as error:
        raise PydanticCustomError("email", "Write an address of mail: {reason}", {"reason": str(error)}) from None


_schema: dict[str, Any] = {"type": "string", "format": "email", "maxLength": LONGEST}
Email = Annotated[str, AfterValidator(_checked), WithJsonSchema(_schema)]
"""An address of mail (RFC 5321), its domain in lower case; that it can be reached is shown by a mail to it."""
