"""If-Match as a dependency (RFC 9110, section 13.1.1)."""

from typing import Annotated, Any, Final

from fastapi import Depends, Header
from starlette.requests import Request

from fastapi_todo_kit.core.errors import InvalidInput, PreconditionFailed, PreconditionRequired
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.etags import is_any, strong_versions, why_none
from fastapi_todo_kit.http.headers import field_value
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions

_MOST: Final = 1_000
_DESCRIPTION: Final = "The ETag that you read"
IF_MATCH_PARAMETER: Final[dict[str, Any]] = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": _DESCRIPTION,
    "schema": {"type": "string", "maxLength": _MOST},
}
"""The OpenAPI parameter of `read_if_match`."""


async def read_versions(
    request: Request,
    _documented: Annotated[str | None, Header(alias="If-Match", max_length=_MOST, description=_DESCRIPTION)] = None,
) -> Versions:
    """Return the versions that a change may be made on.

    Raises:
        PreconditionFailed: no tag of the header can be one of ours, so none matches.
        InvalidInput: it is longer than any list of tags that somebody needs.
    """
    if_match = field_value(request.headers, "if-match")
    if if_match is None or is_any(if_match):
        return ANY_VERSION
    if len(if_match) > _MOST:
        detail = f"At most {_MOST:,} characters are accepted."
        raise InvalidInput(errors=[{"parameter": "If-Match", "code": "string_too_long", "detail": detail}])
    versions = strong_versions(if_match)
    if not versions:
        code, detail = why_none(if_match)
        raise PreconditionFailed(detail, errors=[{"parameter": "If-Match", "code": code, "detail": detail}])
    return versions


async def read_if_match(call: Call) -> Versions:
    """Return the versions that a change of todos, or what is around them, may be made on.

    The header is read from the call, as If-None-Match and Idempotency-Key are.

    Raises:
        PreconditionRequired: there is no If-Match and the settings ask for one.
        PreconditionFailed, InvalidInput: as for `read_versions`.
    """
    if call.kit.settings.require_if_match and "if-match" not in call.headers:
        raise PreconditionRequired
    return await read_versions(call)


GivenVersions = Annotated[Versions, Depends(read_versions)]
IfMatch = Annotated[Versions, Depends(read_if_match)]
