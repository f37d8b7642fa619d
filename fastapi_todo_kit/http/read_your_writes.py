"""The header `Todo-Seq`, by which a client reads what it wrote although reads come from a replica."""

import re
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from fastapi_todo_kit.errors import Conflict, InvalidInput, PreconditionFailed
from fastapi_todo_kit.http.headers import field_value
from fastapi_todo_kit.storage.replica import ReplicatedDatabase
from fastapi_todo_kit.storage.work import Context, Operation

_HEADER: Final = "Todo-Seq"
_SHAPE: Final = "[0-9]{1,18}"
SEQ_PARAMETER: Final[dict[str, Any]] = {
    "name": _HEADER,
    "in": "header",
    "required": False,
    "description": "The `Todo-Seq` of your last write in this space: the answer is at least as new",
    "schema": {"type": "string", "pattern": f"^{_SHAPE}$"},
}


def seen_seq(request: Request) -> int:
    """Return how far the client has seen the space of a request; 0 where it does not say.

    Raises:
        InvalidInput: what it says is no number of a change.
    """
    header = field_value(request.headers, _HEADER)
    if header is None:
        return 0
    if not re.fullmatch(_SHAPE, header):
        place = {"parameter": _HEADER, "code": "todo_seq", "detail": "1 to 18 digits, as an answer to a write had them"}
        raise InvalidInput(errors=[place])
    return int(header)


async def write_telling_seq(store: ReplicatedDatabase, context: Context, operation: Operation[Response]) -> Response:
    """Run an operation that changes something; its answer tells the space's `seq`.

    So does a refusal because of what others have changed: the client reads that next, from a replica that may not know
    it yet.
    """
    try:
        response, seq = await store.write_and_tell(context, operation)
    except (Conflict, PreconditionFailed) as error:
        error.headers = {**error.headers, _HEADER: str(await store.present_seq(context))}
        raise
    response.headers[_HEADER] = str(seq)
    return response
