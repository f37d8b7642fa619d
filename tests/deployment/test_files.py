"""The files of a deployment: linted, valid, and of one mind."""

import json
import re
import shutil
import subprocess
import tomllib
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
from dotenv import dotenv_values

from tests.deployment.files import EXAMPLE, SNIPPETS, command, instructions, services, yaml

pytestmark = pytest.mark.thorough
OWN_IMAGES = {"app", "worker", "migrate"}
GRACE = 8
"""Seconds that requests have to end, after which whoever stops the process has to have patience for a little more."""


def run(*words: str | Path) -> tuple[int, str]:
    """Return the exit status of a command, and all that it said."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def unit(name: str = "todos.service") -> dict[str, str]:
    """Return the section [Service] of a unit; where a name is repeated, its last value."""
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # as the documentation of configparser has it
    parser.read_string((SNIPPETS / name).read_text("utf-8").replace("\\\n", " "))
    return dict(parser["Service"])


def options(words: list[str]) -> set[str]:
    """Return the options of a command, each with its value, but for where it listens."""
    found = re.findall(r"--[\w-]+(?: [^-]\S*)?", " ".join(words))
    return {one for one in found if not one.startswith(("--host", "--port"))}


def test_hadolint_finds_nothing() -> None:
    assert run("hadolint", "--failure-threshold", "style", EXAMPLE / "Dockerfile") == (0, "")


def test_compose_file_follows_the_specification() -> None:
    schema = ("--builtin-schema", "vendor.compose-spec")

    assert run("check-jsonschema", "--quiet", *schema, EXAMPLE / "compose.yaml") == (0, "")


def test_the_image_runs_as_a_user_that_is_not_root() -> None:
    stages = [line for line in instructions() if line.startswith("FROM ")]
    user = [line for line in instructions() if line.startswith("USER ")][-1]

    assert len(stages) == 2
    assert int(user.removeprefix("USER ").split(":")[0]) >= 10_000


def test_every_base_image_has_a_version() -> None:
    bases = [line.split()[1] for line in instructions() if line.startswith("FROM ")]
    images = [service["image"] for name, service in services().items() if name not in OWN_IMAGES]

    assert [image for image in [*bases, *images] if not re.search(r":\d", image)] == []


def test_every_service_is_hardened() -> None:
    for name, service in services().items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert name in OWN_IMAGES or service["user"] != "root", name


def test_nothing_but_the_application_can_be_reached() -> None:
    assert [name for name, service in services().items() if "ports" in service] == ["app"]


def test_every_variable_of_the_compose_file_is_in_the_example() -> None:
    named = set(re.findall(r"\$\{(\w+)", (EXAMPLE / "compose.yaml").read_text("utf-8")))

    assert named
    assert named <= set(dotenv_values(EXAMPLE / ".env.example"))


def test_no_secret_gets_into_the_image() -> None:
    ignored = (EXAMPLE / "Dockerfile.dockerignore").read_text("utf-8").splitlines()

    assert ignored[0] == "*"
    assert "**/.env" in ignored[ignored.index("!example_app") :]


def test_tables_are_made_once_before_any_process_starts() -> None:
    after = [services()[name]["depends_on"]["migrate"] for name in ("app", "worker")]

    assert services()["migrate"]["command"] == ["todo-kit", "migrate"]
    assert after == [{"condition": "service_completed_successfully"}] * 2
    assert "migrate" not in " ".join(command("CMD"))


def test_the_unit_starts_what_the_image_starts() -> None:
    program, *words = unit()["ExecStart"].split()

    assert Path(program).name == "uvicorn"
    assert options(words) == options(command("CMD"))
    assert f"--timeout-graceful-shutdown {GRACE}" in options(words)


def test_a_worker_has_time_to_finish_and_nobody_asks_for_its_health() -> None:
    service, of_systemd = services()["worker"], unit("todos-worker.service")

    assert service["command"] == of_systemd["ExecStart"].removeprefix("/opt/todos/venv/bin/").split()
    assert service["healthcheck"] == {"disable": True}
    assert int(service["stop_grace_period"].removesuffix("s")) == int(of_systemd["TimeoutStopSec"]) > 10
    assert {name: of_systemd[name] for name in unit() if not name.startswith("Exec")} == {
        name: value for name, value in unit().items() if not name.startswith("Exec")
    }


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
@pytest.mark.parametrize("name", ["todos.service", "todos-worker.service"])
def test_systemd_takes_the_unit_and_calls_it_hardened(tmp_path: Path, name: str) -> None:
    for program in ("uvicorn", "todo-kit"):
        path = tmp_path / "venv" / "bin" / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to("/bin/true")
    file = tmp_path / name
    file.write_text((SNIPPETS / name).read_text("utf-8").replace("/opt/todos", str(tmp_path)))

    _, said = run("systemd-analyze", "verify", file)
    exposed, report = run("systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", file)

    assert [line for line in said.splitlines() if file.name in line] == []  # it looks at other units too
    assert exposed == 0, report


def fly() -> dict[str, Any]:
    said = tomllib.loads((SNIPPETS / "fly.toml").read_text("utf-8"))
    return {
        "migrate": said["deploy"]["release_command"],
        "path": said["http_service"]["checks"][0]["path"],
        "grace": said["kill_timeout"],
        "dockerfile": said["build"]["dockerfile"],
    }


def railway() -> dict[str, Any]:
    said = json.loads((SNIPPETS / "railway.json").read_text("utf-8"))
    deploy = said["deploy"]
    return {
        "migrate": " ".join(deploy["preDeployCommand"]),
        "path": deploy["healthcheckPath"],
        "grace": deploy["drainingSeconds"],
        "dockerfile": said["build"]["dockerfilePath"],
    }


def render() -> dict[str, Any]:
    (service,) = yaml(SNIPPETS / "render.yaml")["services"]
    return {
        "migrate": service["preDeployCommand"],
        "path": service["healthCheckPath"],
        "grace": service["maxShutdownDelaySeconds"],
        "dockerfile": service["dockerfilePath"].removeprefix("./"),
    }


def plain_server() -> dict[str, Any]:
    return {
        "migrate": unit()["ExecStartPre"].removeprefix("/opt/todos/venv/bin/"),
        "path": "/health/ready",  # nobody asks
        "grace": int(unit()["TimeoutStopSec"]),
        "dockerfile": "example_app/Dockerfile",  # no image
    }


@pytest.mark.parametrize("platform", [fly, railway, render, plain_server])
def test_every_platform_migrates_first_asks_whether_it_is_ready_and_stops_patiently(platform: Any) -> None:
    said = platform()

    assert said.pop("grace") > GRACE
    assert said == {"migrate": "todo-kit migrate", "path": "/health/ready", "dockerfile": "example_app/Dockerfile"}
