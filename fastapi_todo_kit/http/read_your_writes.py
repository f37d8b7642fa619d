"""The header `Todo-Seq`, by which a client reads what it wrote although reads come from a replica."""

import re
from typing import Any, Final, TypeVar, cast

from starlette.requests import Request
from starlette.responses import Response

from fastapi_todo_kit.core.errors import Conflict, InvalidInput, PreconditionFailed
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.headers import field_value
from fastapi_todo_kit.storage.kit import Context, Operation
from fastapi_todo_kit.storage.replica import ReplicatedDatabase

T = TypeVar("T")
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


class ReplicatedCall(Call):
    """A call whose reads come from a replica: it is told what the client has seen, and tells what it has written."""

    async def ask(self, context: Context, operation: Operation[T]) -> T:
        """Run an operation that changes nothing, on what has at least what the client has seen."""
        return await self._replicated.read(context, operation, after=seen_seq(self))

    async def commit(self, context: Context, operation: Operation[Response]) -> Response:
        """Run an operation that changes something; its answer tells the space's `seq`.

        So does a refusal because of what others have changed: the client reads that next, from a replica that may not
        know it yet.
        """
        try:
            response, seq = await self._replicated.write_and_tell(context, operation)
        except (Conflict, PreconditionFailed) as error:
            error.headers = {**error.headers, _HEADER: str(await self._replicated.present_seq(context))}
            raise
        response.headers[_HEADER] = str(seq)
        return response

    @property
    def _replicated(self) -> ReplicatedDatabase:
        return cast("ReplicatedDatabase", self.store)
