"""Taking the kit's revisions out of the text of a host's revision file, so that it stands without the package."""

import ast
import re

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.migrations.branch import branch_named

_PARENTS = {"down_revision", "depends_on"}


def without_kit(text: str) -> str:
    """Return the text with no revision of the kit in `down_revision` and `depends_on`.

    Raises:
        ConfigurationError: one of them is computed, so that only its author can change it.
    """
    # From the end, so that the positions before stay true.
    for node in reversed(ast.parse(text).body):
        if _target(node) not in _PARENTS:
            continue
        assert isinstance(node, ast.Assign | ast.AnnAssign)  # noqa: S101  (narrows for the type checker)
        if node.value is not None:
            text = _replace(text, node.value)
    return re.sub(r"(?m)^Revises:[ \t]*([^\r\n]*)", _without_kit_in_words, text, count=1)


def _target(node: ast.stmt) -> str | None:
    if isinstance(node, ast.AnnAssign):
        target: ast.expr = node.target
    elif isinstance(node, ast.Assign):
        target = node.targets[0]
    else:
        return None
    return target.id if isinstance(target, ast.Name) else None


def _replace(text: str, value: ast.expr) -> str:
    try:
        written = ast.literal_eval(value)
    except ValueError:
        if not re.search(r"todo_?kit", ast.unparse(value)):
            return text
        raise ConfigurationError("A revision file computes its down_revision: take todokit_* out by hand.") from None
    parents = (written,) if isinstance(written, str) else tuple(written or ())
    kept = tuple(parent for parent in parents if branch_named(parent) is None)
    if kept == parents:
        return text
    data = text.encode()
    start, end = _offset(data, value.lineno, value.col_offset), _offset(data, value.end_lineno, value.end_col_offset)
    new = repr(kept if len(kept) > 1 else kept[0] if kept else None)
    return (data[:start] + new.encode() + data[end:]).decode()


def _offset(data: bytes, line: int | None, column: int | None) -> int:
    return sum(len(before) for before in data.splitlines(keepends=True)[: (line or 1) - 1]) + (column or 0)


def _without_kit_in_words(line: re.Match[str]) -> str:
    parents = line[1].split(", ")
    kept = [parent for parent in parents if branch_named(parent) is None]
    return line[0] if kept == parents else f"Revises: {', '.join(kept)}"
