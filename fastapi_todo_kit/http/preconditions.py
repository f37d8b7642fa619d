"""If-Match as a dependency (RFC 9110, section 13.1.1)."""

from typing import Annotated

from fastapi import Depends, Header

from fastapi_todo_kit.errors import PreconditionFailed, PreconditionRequired
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.etags import strong_versions
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions

_Header = Annotated[str | None, Header(max_length=1_000, description="The ETag that you read")]


async def read_versions(if_match: _Header = None) -> Versions:
    """Return the versions that a change may be made on.

    Raises:
        PreconditionFailed: no tag of the header can be one of ours, so none matches.
    """
    if if_match is None or if_match.strip() == "*":
        return ANY_VERSION
    versions = strong_versions(if_match)
    if not versions:
        raise PreconditionFailed
    return versions


async def read_if_match(call: Call, if_match: _Header = None) -> Versions:
    """Return the versions that a change of todos, or what is around them, may be made on.

    Raises:
        PreconditionRequired: there is no If-Match and the settings ask for one.
        PreconditionFailed: no tag of the header can be one of ours, so none matches.
    """
    if if_match is None and call.kit.settings.require_if_match:
        raise PreconditionRequired
    return await read_versions(if_match)


GivenVersions = Annotated[Versions, Depends(read_versions)]
IfMatch = Annotated[Versions, Depends(read_if_match)]
