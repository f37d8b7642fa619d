import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import pytest
from fastapi import FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, todo_router
from tests.http.test_unions import DOCUMENTS
from tests.http.test_unions import document as mounted
from tests.support import header_user

PROBLEM_JSON = "application/problem+json"
# What means the same in both, also between slashes and with the flag `u`: no bare slash, no end of a line, escapes that
# both know, and no group but a plain one.
IN_JAVASCRIPT = (
    r"(?:[^\\/(\n\r\u2028\u2029]|\((?!\?)|\((?=\?[:=!])|\\(?:[dDsSwWbBnrtfv^$\\.*+?()\[\]{}|/]|x[0-9a-f]{2}))*"
)
OPERATION_IDS = [
    "accept_invitation",
    "add_todo_assignee",
    "add_todo_label",
    "archive_list",
    "cancel_todo",
    "complete_todo",
    "create_invitation",
    "create_label",
    "create_list",
    "create_reminder",
    "create_space",
    "create_todo",
    "decline_invitation",
    "delete_label",
    "delete_list",
    "delete_reminder",
    "delete_space",
    "delete_todo",
    "dismiss_reminder",
    "duplicate_list",
    "duplicate_todo",
    "get_current_space",
    "get_label",
    "get_list",
    "get_reminder",
    "get_space",
    "get_todo",
    "leave_space",
    "list_invitations",
    "list_items",
    "list_labels",
    "list_lists",
    "list_members",
    "list_my_invitations",
    "list_my_reminders",
    "list_occurrences",
    "list_reminders",
    "list_spaces",
    "list_subtasks",
    "list_todos",
    "list_trash",
    "list_upcoming",
    "mark_space_seen",
    "merge_label",
    "move_list",
    "move_todo",
    "preview_invitation",
    "preview_recurrence",
    "purge_trash",
    "put_member",
    "remove_member",
    "remove_todo_assignee",
    "remove_todo_label",
    "reopen_todo",
    "resend_invitation",
    "reset_item",
    "restore_list",
    "restore_space",
    "restore_todo",
    "revoke_invitation",
    "share_list",
    "skip_todo",
    "snooze_reminder",
    "transfer_space",
    "unarchive_list",
    "undo_todo",
    "update_item",
    "update_label",
    "update_list",
    "update_reminder",
    "update_space",
    "update_todo",
]
SCHEMAS = [
    "AnyTodoStatus",
    "ComingOccurrence",
    "DateValue",
    "Dropped",
    "FixedValue",
    "FloatingValue",
    "FriendlyRecurrence",
    "InvitationCreate",
    "InvitationForMe",
    "InvitationKind",
    "InvitationPage",
    "InvitationPreview",
    "InvitationRead",
    "InvitationToken",
    "InvitationsForMe",
    "ItemKind",
    "ItemPage",
    "ItemRead",
    "ItemUpdate",
    "LabelCreate",
    "LabelMerge",
    "LabelPage",
    "LabelRead",
    "LabelUpdate",
    "Link",
    "LinkRead",
    "ListCreate",
    "ListMove",
    "ListPage",
    "ListRead",
    "ListShare",
    "ListUpdate",
    "MemberPage",
    "MemberPut",
    "MemberRead",
    "OccurrenceOutcome",
    "OccurrencePage",
    "OccurrenceRead",
    "OpenTodoStatus",
    "OwnerTransfer",
    "Problem",
    "ProblemError",
    "Purged",
    "RecurrenceCatchUp",
    "RecurrenceMode",
    "RecurrencePreview",
    "RecurrencePreviewed",
    "RecurrenceRead",
    "RecurrenceSkip",
    "RecurrenceUnit",
    "ReminderAnchor",
    "ReminderCreate",
    "ReminderPage",
    "ReminderRead",
    "ReminderSnooze",
    "ReminderState",
    "ReminderUpdate",
    "RuleRecurrence",
    "SpaceCreate",
    "SpaceJoined",
    "SpaceKind",
    "SpaceMade",
    "SpacePage",
    "SpaceRead",
    "SpaceSeen",
    "SpaceUpdate",
    "TodoCreate",
    "TodoMove",
    "TodoPage",
    "TodoRead",
    "TodoUpdate",
    "TrashEntity",
    "TrashEntry",
    "TrashPage",
    "Upcoming",
]


def mount(app: FastAPI, prefix: str = "/api", **settings: Any) -> FastAPI:
    app.include_router(todo_router(TodoKitSettings(**settings), Host(current_user=header_user)), prefix=prefix)
    return app


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The OpenAPI document of an application that mounts nothing but the kit."""
    return mount(FastAPI()).openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a JSON document."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)


def is_read(method: str, path: str) -> bool:
    return method == "GET" or path.endswith("/preview")


def named_by(value: Any, document: dict[str, Any]) -> set[str]:
    """Return the components that a value refers to, and those that these refer to."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        refs = {str(node["$ref"]).rpartition("/")[2] for node in nodes(waiting.pop()) if "$ref" in node}
        waiting += [document["components"]["schemas"][name] for name in refs - found]
        found |= refs
    return found


def resolve(document: dict[str, Any], reference: str) -> Any:
    target: Any = document
    for part in reference.removeprefix("#/").split("/"):
        target = target[part]
    return target


def parameters(operation: dict[str, Any], place: str) -> dict[str, dict[str, Any]]:
    """Return the parameters of an operation in one place, by their names in lower case."""
    return {one["name"].lower(): one for one in operation["parameters"] if one["in"] == place}


class Status(StrEnum):
    """An enumeration of a host."""

    UP = "up"
    DOWN = "down"


class TodoStatus(StrEnum):
    """Another, of todos that are not the kit's."""

    OPEN = "open"
    DONE = "done"


async def status_of_the_host() -> dict[Status, TodoStatus]:
    return {}


def test_operation_ids_are_stable(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(document)]

    assert sorted(ids) == [f"todo_kit_{name}" for name in OPERATION_IDS]


def test_operation_ids_carry_the_name_of_the_mount() -> None:
    document = mount(FastAPI(), name="tasks").openapi()

    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert sorted(ids) == [f"tasks_{name}" for name in OPERATION_IDS]


def test_schema_names_and_titles_are_stable(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    assert sorted(schemas) == SCHEMAS
    assert [schemas[name]["title"] for name in SCHEMAS] == SCHEMAS


def test_every_schema_of_the_kit_is_described(document: dict[str, Any]) -> None:
    assert [name for name, schema in document["components"]["schemas"].items() if not schema.get("description")] == []


def test_every_operation_is_documented(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        assert operation["summary"], (method, path)
        assert operation["description"].endswith((".", ")")), (method, path)


@pytest.mark.parametrize("status", ["401", "404", "422", "503"])
def test_every_operation_declares_the_errors_that_all_share(document: dict[str, Any], status: str) -> None:
    for method, path, operation in operations(document):
        assert PROBLEM_JSON in operation["responses"][status]["content"], (method, path)


def has_etag(method: str, path: str) -> bool:
    """Say whether an answer has an ETag. A space shows what its version does not count: its `seq`, and one's role."""
    return method == "GET" and path.endswith("}") and not path.endswith("/spaces/{space_id}")


def test_operations_declare_the_errors_of_their_kind(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        expected = set()
        if "requestBody" in operation:
            expected |= {"400", "413", "415"}
        if not is_read(method, path):
            expected |= {"507"}
        if "if-match" in parameters(operation, "header"):
            expected |= {"409", "412", "428"}
        if "cursor" in parameters(operation, "query"):
            expected |= {"400"}
        if has_etag(method, path):
            expected |= {"304"}
        assert expected <= set(operation["responses"]), (method, path)


def test_every_error_is_a_problem(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        for status, response in operation["responses"].items():
            if status >= "400":
                schema = response["content"][PROBLEM_JSON]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}, (method, path, status)

    problem = document["components"]["schemas"]["Problem"]
    assert {"type", "title", "status", "code", "detail", "request_id"} <= set(problem["required"])


def test_no_error_is_declared_as_plain_json(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        for status, response in operation["responses"].items():
            if status >= "400":
                assert list(response["content"]) == [PROBLEM_JSON], (method, path, status)


def test_every_success_has_a_body_or_none(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        successes = {status: response for status, response in operation["responses"].items() if status < "300"}
        contents = [response.get("content") for response in successes.values()]
        if set(successes) == {"204"}:
            assert contents == [None], (method, path)
        else:
            assert set(successes) in ({"200"}, {"201"}, {"200", "201"}), (method, path)
            assert all("$ref" in content["application/json"]["schema"] for content in contents), (method, path)


def test_every_change_of_an_existing_object_takes_if_match(document: dict[str, Any]) -> None:
    without = {
        operation["operationId"]
        for method, path, operation in operations(document)
        if method != "GET" and "{" in path and "if-match" not in parameters(operation, "header")
    }

    assert without == {
        "todo_kit_duplicate_todo",
        "todo_kit_duplicate_list",
        "todo_kit_create_reminder",
        "todo_kit_create_invitation",
        "todo_kit_leave_space",  # nobody is kept because something else has changed
        "todo_kit_transfer_space",
        "todo_kit_mark_space_seen",  # that only grows
    }


def test_every_change_takes_an_idempotency_key(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        is_change = method != "GET" and not path.endswith("/preview")
        assert ("idempotency-key" in parameters(operation, "header")) is is_change, (method, path)


def test_every_read_of_an_item_takes_if_none_match(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        expected = has_etag(method, path)
        assert ("if-none-match" in parameters(operation, "header")) is expected, (method, path)


def test_every_operation_takes_a_space(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        assert "space" in parameters(operation, "query"), (method, path)


def test_every_page_has_a_limit_and_a_cursor(document: dict[str, Any]) -> None:
    for _, path, operation in operations(document):
        if operation["operationId"].startswith("todo_kit_list_") and not path.endswith(("/spaces", "/upcoming")):
            query = parameters(operation, "query")
            limits = query["limit"]["schema"]
            assert (limits["minimum"], limits["maximum"], limits["default"]) == (1, 200, 50)
            assert "cursor" in query


def test_all_references_resolve(document: dict[str, Any]) -> None:
    references = [node["$ref"] for node in nodes(document) if isinstance(node.get("$ref"), str)]

    assert len(references) > 100
    for reference in references:
        assert isinstance(resolve(document, reference), dict)


def test_the_document_is_sound(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    for method, path, operation in operations(document):
        assert set(re.findall(r"{(\w+)}", path)) == set(parameters(operation, "path")), (method, path)
        assert all(one["required"] for one in operation["parameters"] if one["in"] == "path")
        keys = [(one["in"], one["name"].lower()) for one in operation["parameters"]]
        assert len(keys) == len(set(keys)), (method, path)
        assert all("schema" in one and "name" in one for one in operation["parameters"])
        assert all(response["description"] for response in operation["responses"].values())
        assert method not in {"GET", "DELETE"} or "requestBody" not in operation


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_enumeration_stands_in_one_place(name: str) -> None:
    described = mounted(name)
    places = [tuple(node["enum"]) for node in nodes(described) if isinstance(node.get("enum"), list)]

    assert sorted(places) == sorted(set(places))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_enumeration_of_a_component_is_a_component(name: str) -> None:
    for component, schema in mounted(name)["components"]["schemas"].items():
        inline = [node["enum"] for node in nodes(schema.get("properties", {})) if "enum" in node]
        assert inline == [], component


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_pattern_is_a_regular_expression_of_javascript_too(name: str) -> None:
    found = {node["pattern"] for node in nodes(mounted(name)) if isinstance(node.get("pattern"), str)}

    assert found
    for pattern in found:
        assert re.fullmatch(IN_JAVASCRIPT, pattern), pattern
        re.compile(pattern)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_object_is_no_union_as_well(name: str) -> None:
    # Generators make `unknown & {...}` of it. What must be there is said by a number of properties, or by `not`.
    for component, schema in mounted(name)["components"]["schemas"].items():
        assert "properties" not in schema or not {"anyOf", "oneOf", "allOf"} & set(schema), component


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_body_has_a_schema(name: str) -> None:
    # Whatever it is written in: a body without one is left out by openapi-python-client.
    for method, path, operation in operations(mounted(name)):
        for one in [operation.get("requestBody", {}), *operation["responses"].values()]:
            assert all(content.get("schema") for content in one.get("content", {}).values()), (method, path)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_an_answer_may_lack_is_there_or_not_and_never_null(name: str) -> None:
    described = mounted(name)
    answers = [response for _, _, one in operations(described) for response in one["responses"].values()]
    optional = {
        f"{component}.{member}": schema
        for component in named_by(answers, described)
        for member, schema in described["components"]["schemas"][component].get("properties", {}).items()
        if component != "Terms" and member not in described["components"]["schemas"][component]["required"]
    }

    assert "Problem.errors" in optional
    nullable = {member for member, schema in optional.items() if {"type": "null"} in schema.get("anyOf", [])}
    assert nullable == {"Problem.occurrence"}  # a todo that does not recur is at none


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_component_has_a_name_that_one_would_give_a_type(name: str) -> None:
    for component in mounted(name)["components"]["schemas"]:
        assert re.fullmatch(r"([A-Z][a-z]+)+(_Terms)?", component), component


def test_a_host_with_enumerations_of_its_own_gets_a_sound_document() -> None:
    app = mount(FastAPI())
    app.get("/status", operation_id="status")(status_of_the_host)
    document = app.openapi()

    references = {node["$ref"] for node in nodes(document) if isinstance(node.get("$ref"), str)}
    assert all(resolve(document, reference) for reference in references)
    assert sorted({*SCHEMAS, "Status", "TodoStatus"}) == sorted(document["components"]["schemas"])


@pytest.mark.parametrize(
    ("schema", "field", "described"),
    [
        ("TodoCreate", "title", {"minLength": 1, "maxLength": 500}),
        ("TodoCreate", "description", {"maxLength": 16_384}),
        ("TodoCreate", "priority", {"minimum": 0, "maximum": 9}),
        ("ListCreate", "name", {"minLength": 1, "maxLength": 120}),
        ("LabelCreate", "name", {"minLength": 1, "maxLength": 60}),
        ("Link", "url", {"maxLength": 2_000, "pattern": r"^https?:\/\/[!-~]+$"}),
    ],
)
def test_a_schema_says_what_the_api_takes(
    document: dict[str, Any], schema: str, field: str, described: dict[str, Any]
) -> None:
    schemas = document["components"]["schemas"]
    found = schemas.get(schema, schemas.get(f"{schema}-Input"))["properties"][field]

    variants = [found, *found.get("anyOf", ())]
    assert any(described.items() <= variant.items() for variant in variants)


@pytest.mark.parametrize("schema", ["TodoCreate", "TodoUpdate", "ListCreate", "LabelUpdate", "TodoMove", "DateValue"])
def test_a_schema_of_a_body_takes_nothing_else(document: dict[str, Any], schema: str) -> None:
    assert document["components"]["schemas"][schema]["additionalProperties"] is False


def test_an_update_shows_no_defaults(document: dict[str, Any]) -> None:
    for schema in ("TodoUpdate", "ListUpdate", "LabelUpdate", "TodoMove"):
        fields = document["components"]["schemas"][schema]
        assert "required" not in fields
        assert not any("default" in field for field in fields["properties"].values())


def test_operations_are_tagged_by_feature(document: dict[str, Any]) -> None:
    tags = {tag for _, _, operation in operations(document) for tag in operation["tags"]}

    assert tags == {"Todos", "Lists", "Reminders", "Labels", "Trash", "Spaces", "Invitations"}


def test_tags_of_the_settings_come_first() -> None:
    document = mount(FastAPI(), tags=("Tasks", "Beta")).openapi()

    for _, _, operation in operations(document):
        assert operation["tags"][:2] == ["Tasks", "Beta"]
        assert len(operation["tags"]) == 3


def test_two_mounts_share_schemas_and_no_operation_id() -> None:
    app = mount(mount(FastAPI(), "/staff", name="staff"), "/guests", name="guests")

    document = app.openapi()

    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) == len(set(ids)) == 2 * len(OPERATION_IDS)
    assert sorted(document["components"]["schemas"]) == SCHEMAS


def test_one_router_below_two_prefixes_repeats_operation_ids_and_fastapi_says_so() -> None:
    router = todo_router(TodoKitSettings(), Host(current_user=header_user))
    app = FastAPI()
    app.include_router(router, prefix="/staff")
    app.include_router(router, prefix="/guests")

    with pytest.warns(UserWarning, match="Duplicate Operation ID todo_kit_"):
        document = app.openapi()

    assert len(list(operations(document))) == 2 * len(OPERATION_IDS)


def test_the_hosts_schemas_of_the_same_name_change_no_operation_id() -> None:
    app = mount(FastAPI())

    @app.get("/todos", operation_id="host_list_todos")
    async def list_todos() -> list[str]:
        return []

    ids = [operation["operationId"] for _, _, operation in operations(app.openapi())]
    assert sorted(ids) == ["host_list_todos", *(f"todo_kit_{name}" for name in OPERATION_IDS)]


@pytest.mark.parametrize("prefix", ["", "/api", "/v1/companies/{company}"])
def test_the_document_works_below_any_prefix(prefix: str) -> None:
    document = mount(FastAPI(), prefix).openapi()

    assert all(path.startswith(prefix) for path in document["paths"])
    assert f"{prefix}/todos/{{todo_id}}/labels/{{label_id}}" in document["paths"]


@pytest.mark.filterwarnings("ignore:The `root_path` parameter is deprecated")
def test_the_document_works_behind_a_root_path() -> None:
    document = mount(FastAPI(root_path="/behind/a/proxy")).openapi()

    assert len(list(operations(document))) == len(OPERATION_IDS)
    assert all(path.startswith("/api/") for path in document["paths"])


def test_a_host_may_leave_the_kit_out_of_its_document() -> None:
    app = FastAPI()
    app.include_router(todo_router(TodoKitSettings(), Host(current_user=header_user)), include_in_schema=False)

    assert app.openapi()["paths"] == {}
