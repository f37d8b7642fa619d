"""Header fields of a request as they are to be read: lines of one name are one value (RFC 9110, section 5.3)."""

import math
from typing import Final

from starlette.datastructures import Headers

EXPOSED_HEADERS: Final = (
    "ETag",
    "Location",
    "Retry-After",
    "WWW-Authenticate",
    "Idempotency-Replayed",
    "RateLimit",
    "RateLimit-Policy",
    "Todo-Seq",
    "X-Request-ID",
)
"""What pages of other origins are to read of the kit: `expose_headers` of a `CORSMiddleware` of the host's own."""
_MOST_DIGITS: Final = 18  # of a length that is read at all: more is too much in any case


def field_value(headers: Headers, name: str) -> str | None:
    """Return the value of a field, None where it is not there.

    Lines of one name are joined by commas, as a proxy may do: a list is then whole, and what cannot be a list is no
    good any more, instead of being whichever line came first.
    """
    lines = headers.getlist(name)
    return ", ".join(lines) if lines else None


def announced_length(headers: Headers) -> float:
    """Return how many bytes a body will have; infinity where only its end will tell."""
    if "transfer-encoding" in headers:
        return math.inf
    length = field_value(headers, "content-length") or "0"
    return int(length[:_MOST_DIGITS]) if length.isascii() and length.isdecimal() else math.inf
