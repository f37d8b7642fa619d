"""The kit's tables, of all its features, as their models say."""

from collections.abc import Iterable
from importlib import import_module
from typing import Final, cast

from sqlalchemy import MetaData, Table
from sqlmodel import SQLModel

from fastapi_todo_kit.catalog import FEATURES
from fastapi_todo_kit.migrations.branch import ACCOUNTS, TODOS, Branch
from fastapi_todo_kit.storage.forwards import Forward
from fastapi_todo_kit.storage.idempotency import StoredAnswer
from fastapi_todo_kit.storage.jobs import Job
from fastapi_todo_kit.storage.log import Change, Space
from fastapi_todo_kit.storage.membership import Member
from fastapi_todo_kit.storage.tables import metadata, table_of

_OWN: Final = (Space, Member, Change, Forward, StoredAnswer, Job)
"""The tables that are no feature's."""


def kit_metadata(branch: Branch = TODOS) -> MetaData:
    """Return the metadata with every table of a branch in it.

    Raises:
        ConfigurationError: the branch is that of accounts, and the extra `auth` is not installed.
    """
    if branch is ACCOUNTS:
        # Not imported above: it needs the extra `auth`, which a host with users of its own does without.
        return cast("MetaData", import_module("fastapi_todo_kit.auth.models").metadata)
    return metadata


def tables_of_spaces() -> list[Table]:
    """Return the tables of todos, those that are referred to first: what is in them belongs to a space, or is one."""
    models: list[type[SQLModel]] = [*_OWN, *(model for feature in FEATURES for model in feature.tables)]
    known = set(map(table_of, models))
    return [table for table in metadata.sorted_tables if table in known]


def droppable_tables(branches: Iterable[Branch]) -> list[str]:
    """Return the names of all tables of these branches, in an order in which they can be dropped.

    Raises:
        ConfigurationError: one of them is that of accounts, and the extra `auth` is not installed.
    """
    names = []
    for branch in branches:
        names += [table.name for table in reversed(kit_metadata(branch).sorted_tables)]
        names.append(branch.version_table)
    return names
