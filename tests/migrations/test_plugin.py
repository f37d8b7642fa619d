"""A host's autogenerate sees nothing of the kit: by the plugin, and by the name filter where that is switched off."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations.ops import DropTableOp, UpgradeOps
from alembic.runtime.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, text

from fastapi_todo_kit import TodoKitSettings, migrate
from fastapi_todo_kit.migrations import include_name
from fastapi_todo_kit.migrations.branch import PLUGIN
from fastapi_todo_kit.settings import Auth

pytest.importorskip("alembic.runtime.plugins", reason="Alembic has plugins from 1.18 on")

from alembic.util import PriorityDispatchResult

from fastapi_todo_kit import alembic_plugin as plugin

OFF = {"autogenerate_plugins": ["alembic.autogenerate.*", f"~{PLUGIN}"]}


@pytest.fixture
async def migrated(tmp_path: Path) -> str:
    """The path of a database with the kit's tables, those of accounts too, and its version tables."""
    path = tmp_path / "kit.db"
    await migrate(TodoKitSettings(database_url=f"sqlite:///{path}", auth=Auth(secret=SecretStr("s" * 32))))
    return str(path)


@pytest.fixture
def connection(migrated: str) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE invoice (id INTEGER NOT NULL PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE old (id INTEGER NOT NULL PRIMARY KEY)"))
        yield connection
    engine.dispose()


def proposed(connection: Connection, **options: Any) -> list[str]:
    metadata = MetaData()
    Table("invoice", metadata, Column("id", Integer, primary_key=True), Column("total", Integer))
    changes = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return [f"{kind} {about[0].name if about[0] is not None else about[1]}" for kind, *about in changes]


def test_without_the_plugin_alembic_would_drop_the_tables(connection: Connection) -> None:
    found = proposed(connection, **OFF)

    assert "remove_table todokit_todo" in found
    assert "remove_table todokit_alembic_version" in found
    assert "remove_table todokit_auth_user" in found
    assert "remove_table todokit_auth_alembic_version" in found


def test_the_plugin_leaves_only_what_is_the_hosts(connection: Connection) -> None:
    assert proposed(connection) == ["remove_table old", "add_column invoice"]


def test_the_name_filter_does_the_same(connection: Connection) -> None:
    assert proposed(connection, **OFF, include_name=include_name()) == ["remove_table old", "add_column invoice"]


def test_the_name_filter_asks_that_of_the_host(connection: Connection) -> None:
    def mine(name: str | None, kind: Any, _parents: Any) -> bool:
        return kind != "table" or name != "old"

    assert proposed(connection, **OFF, include_name=include_name(mine)) == ["add_column invoice"]


def test_the_plugin_looks_at_tables_not_at_the_names_of_other_things() -> None:
    operations = UpgradeOps([DropTableOp("todokit_list"), DropTableOp("todo_kits"), DropTableOp("not_todokit_list")])

    result = plugin.leave_the_kit_alone(None, operations)  # type: ignore[arg-type]  # it looks at the operations only

    assert [operation.table_name for operation in operations.ops] == ["todo_kits", "not_todokit_list"]  # type: ignore[attr-defined]  # all drop a table
    assert result is PriorityDispatchResult.CONTINUE


def test_the_entry_point_is_a_module_and_a_collection_of_modules() -> None:
    (entry_point,) = (one for one in entry_points(group="alembic.plugins") if one.name == PLUGIN)
    loaded = entry_point.load()

    assert isinstance(loaded, ModuleType)
    assert [module.setup for module in loaded] == [loaded.setup]  # type: ignore[attr-defined]  # as 1.18.0 to 1.20.0 do


def test_the_plugin_imports_nothing_heavy() -> None:
    tree = ast.parse(Path(str(plugin.__file__)).read_text(encoding="utf-8"))
    names = {node.names[0].name for node in tree.body if isinstance(node, ast.Import)}
    names |= {str(node.module) for node in tree.body if isinstance(node, ast.ImportFrom)}

    ours = {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names}
    assert ours == {"alembic.util", "fastapi_todo_kit.migrations.branch"}
