"""The header Idempotency-Key, and what two requests with one key must have in common."""

import hashlib
import re
from typing import Final

from starlette.requests import Request

from fastapi_todo_kit.core.encoding import encode_sorted
from fastapi_todo_kit.core.errors import InvalidInput
from fastapi_todo_kit.http.strict_request import StrictRequest

_KEY_SHAPE: Final = re.compile(r"[!-~]([ -~]{0,253}[!-~])?")


def idempotency_key(request: Request) -> str | None:
    """Return the key of a request; None where it has none.

    Raises:
        InvalidInput: there are two, or it is none that can be kept.
    """
    keys = request.headers.getlist("idempotency-key")
    if len(keys) > 1:  # two with a comma between would be a key, too
        raise _wrong_key("repeated_header", "Send it only once.")
    if keys and not _KEY_SHAPE.fullmatch(keys[0]):
        raise _wrong_key("idempotency_key", "1 to 255 printable ASCII characters")
    return keys[0] if keys else None


def _wrong_key(code: str, detail: str) -> InvalidInput:
    return InvalidInput(errors=[{"parameter": "Idempotency-Key", "code": code, "detail": detail}])


async def fingerprint_of(request: StrictRequest) -> str:
    """Return what two requests have in common that ask for the same, however their JSON is spelled.

    Not RFC 8785, which only JavaScript could need here, and which has no form for integers beyond 2**53.
    """
    digest = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    digest.update(await request.body() if request.parsed is None else encode_sorted(request.parsed))
    return digest.hexdigest()
