"""A process that has imported what `alembic` and `todo-kit` import, and forks for each command it reads from stdin.

Importing takes 3 s, a command 0.3 s. Each runs in a process of its own, as it does for a user.
"""

import json
import os
import sys
import tempfile
from typing import Any


def main() -> None:
    import aiosqlite  # noqa: F401, PLC0415  (so that no child has to)
    import alembic.config  # noqa: PLC0415  (not on import of the tests)
    import asyncpg  # noqa: F401, PLC0415  (the same)
    import fastapi_users.db  # noqa: F401, PLC0415  (the same)
    import psycopg  # noqa: F401, PLC0415  (the same)
    import sqlalchemy.dialects.postgresql  # noqa: F401, PLC0415  (the same)

    import fastapi_todo_kit.cli.tables  # noqa: PLC0415  (the same)

    programs = {"alembic": alembic.config.main, "todo-kit": fastapi_todo_kit.cli.tables.app}
    for line in sys.stdin:
        answer = in_a_child(programs, json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def in_a_child(programs: dict[str, Any], order: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile("w+") as output:
        if not (child := os.fork()):
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            os.chdir(order["cwd"])
            os.environ.update(order["env"])
            sys.path.insert(0, order["cwd"])
            sys.argv = order["argv"]
            if not order["with_kit"]:
                forget_the_kit()
            program, *arguments = order["argv"]
            run(programs[program], arguments)
        _, status = os.waitpid(child, 0)
        output.seek(0)
        return {"code": os.waitstatus_to_exitcode(status), "output": output.read()}


def forget_the_kit() -> None:
    """Be a process in an environment where the package is not installed."""
    if plugins := sys.modules.get("alembic.runtime.plugins"):  # from Alembic 1.18 on
        plugins._all_plugins.pop("alembic.autogenerate.todo_kit")
    for name in [name for name in sys.modules if name.partition(".")[0] == "fastapi_todo_kit"]:
        sys.modules[name] = None  # type: ignore[assignment]  # what makes an import fail


def run(program: Any, arguments: list[str]) -> None:
    code = 70
    try:
        program(arguments)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
