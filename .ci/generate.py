"""Write what is only a list, and what says again what the features say (`hatch run fix`); `--check` compares.

The services without HTTP and their registry are made of the methods that are marked with `@verb`, and the public
modules `schemas`, `errors` and `changes` of what the features define.
"""

import ast
import inspect
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import resolve_name
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, Final, cast

import fastapi_todo_kit
from fastapi_todo_kit.catalog import FEATURES
from fastapi_todo_kit.core.changes import ChangeEvent
from fastapi_todo_kit.core.errors import TodoKitError
from fastapi_todo_kit.kit import event_of
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.verbs import ACTION, INTO, SPANS

KIT: Final = fastapi_todo_kit.__name__
PACKAGE: Final = Path(fastapi_todo_kit.__file__ or "").parent
MADE: Final = "Made by `.ci/generate.py` (`hatch run fix`); change what it is made of."
WIDTH: Final = 110
READ_FIRST: Final = ("base", "service")
"""The modules of a feature whose verbs come first; the others follow by name."""


def main() -> int:
    """Write what is made, or say what differs from it."""
    files = formatted(made())
    stale = {path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text}
    left = {*(PACKAGE / "services" / "verbs").glob("*.py")} - files.keys()
    if "--check" in sys.argv:
        sys.stderr.writelines(f"{path} is not what the features say: hatch run fix\n" for path in sorted(stale | left))
        return bool(stale | left)
    for path in stale:
        path.write_text(files[path], "utf-8")
    for path in left:
        path.unlink()
    return 0


def made() -> dict[str, str]:
    """Return what is in each module that is made."""
    services = services_of_features()
    return {
        "schemas": schemas(),
        "errors": errors(),
        "changes": changes(),
        "services/registry": registry(services),
        "services/verbs/__init__": bundles(services),
        **{f"services/verbs/{name}": verbs(name, methods) for name, methods in services.items()},
    }


def formatted(modules: Mapping[str, str]) -> dict[Path, str]:
    """Return what is in the file of each module, as `hatch run fix` leaves it."""
    with TemporaryDirectory() as folder:
        drafts = {name: Path(folder, f"{name}.py") for name in modules}
        for name, text in modules.items():
            drafts[name].parent.mkdir(parents=True, exist_ok=True)
            drafts[name].write_text(text, "utf-8")
        for command in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
            ruff = [sys.executable, "-m", "ruff", *command, "--config", str(PACKAGE.parent / "pyproject.toml"), folder]
            subprocess.run(ruff, check=True)  # noqa: S603  (our own words)
        return {PACKAGE / f"{name}.py": draft.read_text("utf-8") for name, draft in drafts.items()}


# The public lists


def modules_named(name: str) -> Iterator[ModuleType]:
    """Yield the module of this name of each feature that has one."""
    for feature in FEATURES:
        if (PACKAGE / "features" / feature.name / f"{name}.py").exists():
            yield import_module(f"{KIT}.features.{feature.name}.{name}")


def classes_of(module: ModuleType) -> list[type]:
    """Return the public classes that a module defines, as they stand there."""
    own = [one for one in vars(module).values() if inspect.isclass(one) and one.__module__ == module.__name__]
    return [one for one in own if not one.__name__.startswith("_")]


def public_module(words: str, classes: Iterable[Any]) -> str:
    """Return a module that hands on classes, or functions."""
    known = list(classes)
    imports = [f"from {one.__module__} import {one.__name__}" for one in known]
    names = sorted(one.__name__ for one in known)
    distinct(names, "public classes")
    public = textwrap.fill(
        ", ".join(f'"{name}"' for name in names), 116, initial_indent="    ", subsequent_indent="    "
    )
    return "\n".join([f'"""{words}\n\n{MADE}\n"""', *imports, "# fmt: off", f"__all__ = [\n{public},\n]"])


def schemas() -> str:
    """Return the module with what services take and return."""
    calendar = (import_module(f"{KIT}.calendar.{name}") for name in ("times", "schemas"))
    classes = [one for module in (*modules_named("schemas"), *calendar) for one in classes_of(module)]
    return public_module("What the services take, under one name for hosts that call them without HTTP.", classes)


def changes() -> str:
    """Return the module with every kind of change."""
    classes = [ChangeEvent, *(one for feature in FEATURES for one in feature.changes), event_of]
    return public_module("Changes as the host hears of them, one class for each kind.", classes)


def errors() -> str:
    """Return the module with every error, and their tree."""
    core = (import_module(f"{KIT}.core.{name}") for name in ("errors", "account_errors"))
    classes = [one for module in (*core, *modules_named("errors")) for one in classes_of(module)]
    words = "Every error that the kit raises, and the status of its answer."
    return public_module(f"{words}\n\n{TodoKitError.__name__}\n" + "\n".join(branches(TodoKitError, classes)), classes)


def branches(parent: type, classes: Sequence[type]) -> Iterator[str]:
    """Yield the lines of the tree below a class: what has something below it by itself, all others side by side."""
    below = [one for one in classes if one.__bases__[0] is parent]
    inner = [one for one in below if any(other.__bases__[0] is one for other in classes)]
    rows = list(rows_of([_leaf(one, parent) for one in below if one not in inner]))
    for index, row in enumerate(rows):
        is_last = not inner and index == len(rows) - 1
        yield f"{'└' if is_last else '├'}── {row}"
    for one in inner:
        is_last = one is inner[-1]
        yield f"{'└' if is_last else '├'}── {_leaf(one, parent)}"
        yield from (("    " if is_last else "│   ") + line for line in branches(one, classes))


def _leaf(error: Any, parent: Any) -> str:
    status = getattr(error, "status", None)
    return error.__name__ if status in {None, getattr(parent, "status", None)} else f"{error.__name__} ({status})"


def rows_of(words: Iterable[str]) -> Iterator[str]:
    """Yield lines of words that fit."""
    row = ""
    for word in words:
        if row and len(row) + len(word) > WIDTH - 20:
            yield row
            row = ""
        row = f"{row}  {word}" if row else word
    if row:
        yield row


# The services


@dataclass(frozen=True)
class Method:
    """A verb, as its service spells it."""

    service: type
    node: ast.AsyncFunctionDef
    action: Action
    into: Action | None
    spans: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return self.node.name

    @property
    def given(self) -> str:
        """What is handed on of the arguments."""
        named = [f"{one.arg}={one.arg}" for one in self.node.args.kwonlyargs]
        return ", ".join([*(one.arg for one in self.node.args.args[1:]), *named])

    @property
    def head(self) -> str:
        """Its first line."""
        returned = ast.unparse(self.node.returns or ast.Constant(None))
        return f"def {self.name}({ast.unparse(self.node.args)}) -> {returned}:"

    @property
    def documentation(self) -> str:
        """Its docstring, from the left margin on."""
        return inspect.getdoc(getattr(self.service, self.name)) or ""


def services_of_features() -> dict[str, list[Method]]:
    """Return the verbs of each feature, with those of what is a part of it."""
    found: dict[str, list[Method]] = {}
    for feature in FEATURES:
        for module in modules_with_verbs(feature.name):
            for service in classes_of(module):
                found.setdefault(feature.part_of or feature.name, []).extend(methods_of(service))
    for name, methods in found.items():
        distinct([method.name for method in methods], f"verbs of {name}")
    return {name: methods for name, methods in found.items() if methods}


def distinct(names: Sequence[str], what: str) -> None:
    """Refuse what would replace something else of its name."""
    if twice := {name for name in names if names.count(name) > 1}:
        sys.exit(f"There are two {what} of one name: {', '.join(sorted(twice))}")


def modules_with_verbs(feature: str) -> list[ModuleType]:
    """Return the modules of a feature in which there are verbs."""
    folder = PACKAGE / "features" / feature
    names = [one.name for one in iter_modules([str(folder)]) if one.name != "router"]
    first = [name for name in READ_FIRST if name in names]
    ordered = [*first, *(name for name in names if name not in first)]
    return [import_module(f"{KIT}.features.{feature}.{name}") for name in ordered]


def methods_of(service: type) -> Iterator[Method]:
    """Yield the verbs that a class defines itself."""
    (definition,) = (one for one in ast.parse(inspect.getsource(service)).body if isinstance(one, ast.ClassDef))
    for node in definition.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            action = getattr(vars(service)[node.name], ACTION, None)
            if action is not None:
                into, spans = (getattr(vars(service)[node.name], mark) for mark in (INTO, SPANS))
                yield Method(service, checked(service, node), action, into, spans)


def checked(service: type, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AsyncFunctionDef:
    """Return a verb of which twins can be made; refuse any other, with what to write."""
    given = node.args
    refusals = {
        "is not async: write `async def`": not isinstance(node, ast.AsyncFunctionDef),
        "has no docstring, which is what its users read": not ast.get_docstring(node),
        "takes `*` or `/` arguments: name each one": given.vararg or given.kwarg or given.posonlyargs,
    }
    for words in (words for words, is_so in refusals.items() if is_so):
        sys.exit(f"{service.__module__}.{service.__name__}.{node.name} {words}")
    return cast("ast.AsyncFunctionDef", node)


def imports_of(methods: Iterable[Method]) -> Iterator[str]:
    """Yield the imports that the signatures of methods need, from where their services have them."""
    for method in methods:
        yield f"from {method.service.__module__} import {method.service.__name__}"
        homes = homes_in(method.service.__module__)
        for node in (method.node.args, method.node.returns):
            for one in ast.walk(node) if node is not None else ():
                if isinstance(one, ast.Name) and one.id in homes:
                    yield homes[one.id]


@cache
def homes_in(module: str) -> dict[str, str]:
    """Return how each name that a module imports is imported."""
    homes: dict[str, str] = {}
    for node in ast.parse(inspect.getsource(import_module(module))).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            homes |= {one.id: f"from {module} import {one.id}" for one in targets if isinstance(one, ast.Name)}
        elif isinstance(node, ast.ClassDef):
            homes[node.name] = f"from {module} import {node.name}"
        elif isinstance(node, ast.Import):
            homes |= {one.asname or one.name: ast.unparse(ast.Import([one])) for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            home = resolve_name("." * node.level + (node.module or ""), module.rpartition(".")[0])
            homes |= {one.asname or one.name: ast.unparse(ast.ImportFrom(home, [one], 0)) for one in node.names}
    return homes


def facade(name: str) -> str:
    """Return what the services of a feature are called: `todos` are `Todos`, `quick_add` is `QuickAdd`."""
    return name.title().replace("_", "")


def verbs(name: str, methods: Sequence[Method]) -> str:
    """Return the module of the services of a feature: the async ones and their sync twin."""
    given = {
        f"from {KIT}.services.base import SyncVerbs, Verbs",
        f"from {KIT}.policy import Action",
        *imports_of(methods),
    }
    words, what = name.replace("_", " "), facade(name)
    return "\n".join(
        [
            f'"""The verbs of {words}.\n\n{MADE}\n"""',
            *sorted(given),
            f'class {what}(Verbs):\n    """What can be done with {words}."""',
            *map(async_verb, methods),
            f'class Sync{what}(SyncVerbs[{what}]):\n    """The sync twin, which raises the same errors."""',
            *map(sync_verb, methods),
        ]
    )


def async_verb(method: Method) -> str:
    """Return a verb that is a unit of work of its own."""
    call = f"lambda work: {method.service.__name__}(work).{method.name}({method.given})"
    documentation = textwrap.indent(method.documentation, " " * 8).strip()
    end = "\n        " if "\n" in documentation else ""
    into = "" if method.into is None else f", (target.space_id, Action.{method.into.name})"
    spans = ", spans=True" if method.spans else ""
    return f"""
    async {method.head}
        \"\"\"{documentation}{end}\"\"\"
        return await self._run(Action.{method.action.name}, {call}{into}{spans})
"""


def sync_verb(method: Method) -> str:
    """Return its sync twin."""
    return f"""
    {method.head}
        \"\"\"{method.documentation.splitlines()[0]}\"\"\"
        return self._drive(self._twin.{method.name}({method.given}))
"""


def registry(services: dict[str, list[Method]]) -> str:
    """Return the module with every verb by its name."""
    methods = [method for one in services.values() for method in one]
    imports = {f"from {one.service.__module__} import {one.service.__name__}" for one in methods}
    entries = [f'"{name}.{one.name}": {entry(one)},' for name, methods in services.items() for one in methods]
    return "\n".join(
        [
            f'"""Every verb by its name: the one list for whoever offers them in another way.\n\n{MADE}\n"""',
            "from collections.abc import Mapping",
            "from typing import Final",
            f"from {KIT}.policy import Action",
            f"from {KIT}.storage.verbs import Verb",
            *sorted(imports),
            "VERBS: Final[Mapping[str, Verb]] = {",
            *entries,
            "}",
        ]
    )


def entry(method: Method) -> str:
    """Return what the registry says of a verb."""
    service = method.service.__name__
    into = "" if method.into is None else f", Action.{method.into.name}"
    spans = ", spans=True" if method.spans else ""
    return f"Verb(Action.{method.action.name}, {service}, {service}.{method.name}{into}{spans})"


def bundles(services: dict[str, list[Method]]) -> str:
    """Return the module with what holds the services of all features."""
    imports = [f"from {KIT}.services.verbs.{name} import {facade(name)}, Sync{facade(name)}" for name in services]
    given = [f"        self.{name}: {facade(name)} = {facade(name)}(caller)" for name in services]
    twins = [f"        self.{name}: Sync{facade(name)} = Sync{facade(name)}(twin.{name})" for name in services]
    return "\n".join(
        [
            f'"""The services of all features.\n\n{MADE}\n"""',
            f"from {KIT}.services.caller import Caller",
            *imports,
            f"__all__ = {['SyncTodoServices', 'TodoServices', *map(facade, services)]}",
            'class TodoServices:\n    """The services of one user in one space, inside a transaction of the host."""\n',
            "    def __init__(self, caller: Caller) -> None:",
            *given,
            'class SyncTodoServices:\n    """The same, for a host on a sync session."""\n',
            "    def __init__(self, twin: TodoServices) -> None:",
            "        self.twin: TodoServices = twin",
            *twins,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
