"""Every write, sent again with its key: the answer is the same, and nothing is done twice."""

import pytest

from tests.house.operations import Operation, each_write, everything, make_things, own_requests
from tests.http.test_idempotency import told
from tests.support import Api

pytestmark = pytest.mark.thorough


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
    assert told(second) == told(first)
    assert second.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert await everything(api) == before
