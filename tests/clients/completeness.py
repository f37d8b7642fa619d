"""Runs last: nothing that the document has was left out by the tests before."""

from typing import Final

from tests.clients.calling import Client, schema_of

NEVER_SENT: Final = {("SpaceUpdate", "inherits_id"): "it can only be null"}
NEVER_ANSWERED: Final = {
    ("NewTokenRead", "used_at"): "it is new",
    ("Problem", "space_id"): "most clients go where an old address leads",
    ("SpaceMade", "key"): "it is one of a team",
    ("SpaceMade", "list_id"): "it is not there for one list",
    ("TodoRead", "deleted_at"): "a todo that is in the trash is shown as an entry of it",
}


def test_every_operation_and_every_property_was_seen(stranger: Client) -> None:
    operations = [one for methods in stranger.document["paths"].values() for one in methods.values()]
    asked = [schema_of(one["requestBody"]) for one in operations if "requestBody" in one]
    answers = [schema_of(response) for one in operations for response in one["responses"].values()]

    assert {one["operationId"] for one in operations} - stranger.called == set()
    assert stranger.seen.every(asked) - stranger.seen.sent == set(NEVER_SENT)
    missing = stranger.seen.every(answers) - stranger.seen.answered
    assert sorted(missing) == sorted(NEVER_ANSWERED)
