"""What was generated compiles, and so does what the documentation shows of its use, which runs."""

from pathlib import Path

import pytest

from tests.clients.generating import check_python, compile_typescript, run
from tests.clients.served import Served


def test_typescript_compiles(generated: Path) -> None:
    compile_typescript(generated)


def test_python_is_typed(generated: Path) -> None:
    check_python(generated)


def test_clients_of_two_mounts_compile(of_two_mounts: Path) -> None:
    compile_typescript(of_two_mounts)
    check_python(of_two_mounts)


@pytest.mark.parametrize("snippet", ["with-openapi-fetch.ts", "with-hey-api.ts", "with-orval.ts", "with_python.py"])
def test_a_snippet_of_the_documentation_runs(generated: Path, served: Served, snippet: str) -> None:
    program = "node" if snippet.endswith(".ts") else "python"

    said = run(generated, program, snippet, API_URL=served.url, TOKEN=served.token())

    assert said.splitlines()[0] == "Renew the passport 2031-01-11T09:00:00 Europe/Berlin"
    assert said.splitlines()[1] in {"null", "None"}
