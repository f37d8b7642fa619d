"""An application against its OpenAPI document: schemathesis sends whatever an operation takes, and more.

Its own `schema.parametrize()` makes all of that wherever tests are collected, which takes longer than to send it.
"""

from collections.abc import Callable
from typing import Any

import schemathesis
from hypothesis import settings as hypothesis_settings
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.specs.openapi.schemas import OpenApiSchema

Case = schemathesis.Case[Any]
Check = Callable[[Case], None]


def keep_promises(schema: OpenApiSchema, operation_id: str, check: Check, *, examples: int) -> None:
    """Let a function check each request that there is for an operation, and that many at random.

    They are the same in each run, of the same function.
    """
    schemathesis.checks.load_all_checks()
    config = HypothesisTestConfig(
        project=schema.config,
        modes=[*HypothesisTestMode],
        settings=hypothesis_settings(max_examples=examples, derandomize=True, deadline=None),
    )
    operation = schema.find_operation_by_id(operation_id)
    create_test(operation=operation, test_func=check, config=config)()
