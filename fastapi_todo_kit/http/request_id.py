"""The id of a request: the client's `X-Request-ID` where it is sane, else one of our own."""

import re
from typing import Final

from starlette.requests import HTTPConnection

from fastapi_todo_kit.http import scope_keys
from fastapi_todo_kit.http.headers import field_value
from fastapi_todo_kit.storage.tables import new_id

_SANE: Final = re.compile(r"[A-Za-z0-9_.:+/=-]{1,64}")


def is_sane(given: str) -> bool:
    """Say whether an id that a client gives is taken over."""
    return _SANE.fullmatch(given) is not None


def request_id_of(connection: HTTPConnection) -> str:
    """Return the id of this request, the same each time it is asked for."""
    known = connection.scope.get(scope_keys.REQUEST_ID)
    if known is None:
        given = field_value(connection.headers, "x-request-id") or ""
        known = given if is_sane(given) else new_id().hex
        connection.scope[scope_keys.REQUEST_ID] = known
    return str(known)
