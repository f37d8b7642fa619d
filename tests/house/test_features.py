"""What features announce: each part of it has one reader in the package, and none is announced in vain."""

import ast
import re
import uuid
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest

import fastapi_todo_kit
from fastapi_todo_kit.catalog import FEATURES
from fastapi_todo_kit.core.changes import ChangeEvent
from fastapi_todo_kit.mounts.todos import ROUTERS
from fastapi_todo_kit.mounts.variation import routes_of
from fastapi_todo_kit.storage.feature import Feature
from fastapi_todo_kit.storage.tables import PERSONAL
from fastapi_todo_kit.tables import tables_of_spaces
from fastapi_todo_kit.testing.examples import BODIES, FILTERS, GIVEN, PLACES, THINGS, named_in
from tests.house.operations import OPERATIONS, STEPS

PACKAGE = Path(fastapi_todo_kit.__file__).parent
PARTS = {part.name for part in fields(Feature)}
READERS = {
    "name": {"mounts/todos.py"},
    "part_of": {"mounts/todos.py"},
    "is_on": {"mounts/todos.py"},
    "tables": {"tables.py"},
    "listeners": {"kit.py"},
    "changes": {"kit.py"},
    "jobs": {"worker/runner.py"},
    "chores": {"worker/runner.py", "worker/loop.py"},
    "variants": {"mounts/todos.py"},
    "examples": {"testing/examples.py"},
}


def parts_read_by(module: Path) -> set[str]:
    """Return the parts that a module asks features for: whatever runs through the catalogue, or is annotated as one."""
    tree = ast.parse(module.read_text("utf-8"))
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.comprehension)]
    names = {ast.unparse(loop.target) for loop in loops if ast.unparse(loop.iter) == "FEATURES"}
    arguments = [node for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation is not None]
    names |= {one.arg for one in arguments if one.annotation is not None and ast.unparse(one.annotation) == "Feature"}
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return {one.attr for one in attributes if ast.unparse(one.value) in names} & PARTS


def test_each_part_of_a_feature_has_one_reader() -> None:
    read: dict[str, set[str]] = {}
    for module in PACKAGE.rglob("*.py"):
        for part in parts_read_by(module):
            read.setdefault(part, set()).add(module.relative_to(PACKAGE).as_posix())

    assert read == READERS
    assert read.keys() == PARTS


def test_whoever_knows_the_catalogue_runs_through_it() -> None:
    """Otherwise the test above would not see what it reads."""
    knowing = {one for one in PACKAGE.rglob("*.py") if "catalog import" in one.read_text("utf-8")}

    assert {one.relative_to(PACKAGE).as_posix() for one in knowing} == set().union(*READERS.values())
    assert all(parts_read_by(one) for one in knowing)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_has_examples_for_its_own_operations(feature: Feature) -> None:
    routes = {route.name for route in routes_of(ROUTERS[feature.part_of or feature.name])}

    assert {*feature.examples.bodies, *feature.examples.places} <= routes


def test_no_two_features_have_an_example_of_one_name() -> None:
    for known, part in ((BODIES, "bodies"), (THINGS, "things"), (PLACES, "places"), (FILTERS, "filters")):
        assert len(known) == sum(len(getattr(feature.examples, part)) for feature in FEATURES), part


def test_what_examples_name_is_there() -> None:
    bodies = [thing.body for thing in THINGS.values() if thing.body]
    placed = [thing for places in PLACES.values() for thing in places.values()]
    filtered = [one.named for one in FILTERS.values()]

    assert {step.thing for step in STEPS} == THINGS.keys()
    assert named_in([*BODIES.values(), *bodies]) | {*placed, *filtered} <= {*THINGS, *GIVEN}
    assert {operation for thing in THINGS.values() for operation in thing.then} <= OPERATIONS.keys()
    for operation, places in PLACES.items():
        assert {*places} <= {*OPERATIONS[operation].path_names}, operation


def test_each_filter_is_one_of_some_operation() -> None:
    assert {name for operation in OPERATIONS.values() for name in operation.id_parameters} == FILTERS.keys()


def test_each_kind_of_change_is_announced_under_a_name_of_its_own() -> None:
    defined = [
        one
        for feature in FEATURES
        if (PACKAGE / "features" / feature.name / "changes.py").exists()
        for one in vars(import_module(f"fastapi_todo_kit.features.{feature.name}.changes")).values()
        if isinstance(one, type) and issubclass(one, ChangeEvent) and one is not ChangeEvent
    ]
    announced = [one for feature in FEATURES for one in feature.changes]
    tags = [str(one.__struct_config__.tag) for one in announced]

    assert set(defined) == set(announced), "add it to CHANGES"
    assert len(set(tags)) == len(tags), "two changes have one tag: the host would hear of one only"
    assert all("." in tag for tag in tags), 'a change says its tag, as in tag="todo.created"'


def test_rows_that_are_only_their_users_say_whose_they_are() -> None:
    personal = [table for table in tables_of_spaces() if PERSONAL in table.info]

    assert [table.name for table in personal if not {"id", "space_id", "user_id"} <= set(table.c.keys())] == []


def test_what_a_row_belongs_to_is_a_foreign_key() -> None:
    """It is purged by that; but the log, which tells what happened to what is gone."""
    tables = {table.name: table for table in tables_of_spaces()}
    unbound = [
        f"{table.name}.{column.name} needs a foreign key to {owner}, or is not purged with it"
        for table in tables.values()
        if table.name != "todokit_change"
        for column in table.c
        if column.name.endswith("_id")
        and (owner := f"todokit_{column.name.removesuffix('_id')}") in tables
        and not any(column.name in constraint.column_keys for constraint in table.foreign_key_constraints)
    ]

    assert unbound == []


def test_no_operation_is_hidden_behind_another_that_answers_on_its_path() -> None:
    routes = [route for router in ROUTERS.values() for route in routes_of(router)]
    asked = {route.name: re.sub(r"{\w+}", str(uuid.uuid4()), route.path) for route in routes}
    answering = {
        route.name: next(one.name for one in routes if one.methods == route.methods and one.path_regex.match(path))
        for route in routes
        for path in [asked[route.name]]
    }

    assert {name: other for name, other in answering.items() if name != other} == {}


def test_what_a_feature_listens_to_happens_somewhere() -> None:
    source = "".join(one.read_text("utf-8") for one in PACKAGE.rglob("*.py"))
    heard = {event.__name__ for feature in FEATURES for event in feature.listeners}

    assert {name for name in heard if not re.search(rf"(?<!class ){name}\(", source)} == set()


def test_the_catalogue_names_each_folder_once() -> None:
    names = [feature.name for feature in FEATURES]
    folders = {one.name for one in (PACKAGE / "features").iterdir() if (one / "__init__.py").exists()}

    assert len(set(names)) == len(names)
    assert set(names) == folders
    assert {feature.part_of for feature in FEATURES} <= {None, *names}
    kinds = [kind for feature in FEATURES for kind in feature.jobs]
    assert len(set(kinds)) == len(kinds), "two features do jobs of one kind"
    assert all(isinstance(event, type) for feature in FEATURES for event in feature.listeners)
