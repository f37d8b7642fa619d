"""Every write, sent again with its key: the answer is the same, and nothing is done twice."""

import httpx2
import pytest

from fastapi_todo_kit.core.encoding import encode
from tests.house.operations import Operation, each_write, everything, make_things, own_requests
from tests.http.test_idempotency import told
from tests.support import Api

pytestmark = pytest.mark.thorough


TELLING_ONCE = {"create_invitation", "resend_invitation"}
"""What answers with a secret that is stored nowhere."""


def without_token(answer: httpx2.Response) -> httpx2.Response:
    """Return an answer as it is told a second time."""
    body = encode({**answer.json(), "token": None})
    return httpx2.Response(
        answer.status_code, headers={**answer.headers, "content-length": f"{len(body)}"}, content=body
    )


@each_write
@pytest.mark.parametrize("precondition", [{}, {"If-Match": "*"}], ids=["bare", "if-match"])
async def test_a_repeated_write_gets_the_same_answer_and_changes_nothing(
    api: Api, operation: Operation, precondition: dict[str, str]
) -> None:
    request = own_requests(operation, await make_things(api))[0]
    headers = {"Idempotency-Key": "key", **precondition}
    first = await api.send(operation.method, request.path, request.body, headers=headers)
    before = await everything(api)

    second = await api.send(operation.method, request.path, request.body, headers=headers)

    assert first.is_success, first.text
    assert told(second) == (told(first) if operation.name not in TELLING_ONCE else told(without_token(first)))
    assert second.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert await everything(api) == before
