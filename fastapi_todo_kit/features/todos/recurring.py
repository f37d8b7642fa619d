"""What becomes of the series of a todo when it is made or changed, in words for the client. Pure; no database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fastapi_todo_kit.calendar.progress import (
    Progress,
    Step,
    check_exdates,
    first_step,
    is_begun_anew,
    leads_after,
)
from fastapi_todo_kit.calendar.rule import RuleError
from fastapi_todo_kit.core.errors import InvalidInput
from fastapi_todo_kit.storage.tables import new_id


def begun_series(record: Mapping[str, Any]) -> Step:
    """Return a todo at the first slot of its recurrence.

    Raises:
        InvalidInput: the rule does not go with its due, or it has none.
    """
    with _telling_rule_errors():
        return first_step(record, new_id().hex)


def with_series(
    before: Mapping[str, Any], progress: Progress | None, fields: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return changes with what they mean for the series of a todo: it begins, begins anew, goes on, or ends.

    Args:
        before: the record that is changed.
        progress: where its series is; None where it has none.
        fields: what is changed of the record.

    Returns:
        The fields that change, and of the columns that the API does not show `progress`, where that changes.

    Raises:
        InvalidInput: the rule does not go with the due.
    """
    record = {**before, **fields}
    if fields.get("recurrence") is None and (record["recurrence"] is None or record["due"] is None):
        ended = {} if progress is None else {"recurrence": None, "occurrence": None}
        return {**fields, **ended}, {"progress": None} if ended else {}
    if progress is None or record["due"] is None or is_begun_anew(before, fields):
        begun = begun_series(record)
        return {**fields, **begun.fields}, {"progress": begun.progress}
    if "recurrence" in fields:
        with _telling_rule_errors():
            check_exdates(record)
    leads = leads_after(before, fields, progress["leads"])
    return fields, {} if leads == progress["leads"] else {"progress": {**progress, "leads": leads}}


@contextmanager
def _telling_rule_errors() -> Iterator[None]:
    """Tell a client what is wrong with a recurrence."""
    try:
        yield
    except RuleError as error:
        place = {"pointer": "#/recurrence", "code": "recurrence_rule", "detail": str(error)}
        raise InvalidInput(errors=[place]) from None
