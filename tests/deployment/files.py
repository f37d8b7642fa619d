"""What the files of a deployment say, for tests that do the same without Docker."""

import json
import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "example_app"
SNIPPETS = ROOT / "docs" / "snippets" / "deploy"


def instructions() -> list[str]:
    """Return the instructions of the Dockerfile, each in one line, without comments."""
    text = re.sub(r"^#.*\n", "", (EXAMPLE / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    return [line for line in text.replace("\\\n", " ").splitlines() if line]


def command(keyword: str) -> list[str]:
    """Return the words of CMD or HEALTHCHECK, which are in exec form: no shell stands between."""
    (line,) = [line for line in instructions() if line.startswith(f"{keyword} ")]
    words: list[str] = json.loads(line[line.index("[") :])
    return words


def yaml(path: Path) -> Any:
    """Return what a YAML file holds."""
    return YAML(typ="safe").load(path)


def services() -> dict[str, Any]:
    """Return the services of compose.yaml."""
    found: dict[str, Any] = yaml(EXAMPLE / "compose.yaml")["services"]
    return found
