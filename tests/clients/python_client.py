"""Speaks for the client that openapi-python-client made, as `typescript/wire.ts` does for the others."""

import datetime
import enum
import inspect
import json
import os
import pkgutil
import re
import sys
import types
import typing
import uuid
from functools import cache
from importlib import import_module
from typing import Any, Final

OPERATIONS: Final = {
    module.name.rpartition(".")[2]: module.name
    for module in pkgutil.walk_packages(import_module("todo_client.api").__path__, "todo_client.api.")
}
UNSET: Final = import_module("todo_client.types").Unset


def main() -> None:
    """Answer each call that comes in a line."""
    for line in sys.stdin:
        try:
            answer = send(json.loads(line))
        except Exception as error:
            answer = {"failure": repr(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def send(call: dict[str, Any]) -> dict[str, Any]:
    """Call the function that was generated for an operation, with what its annotations want."""
    function = import_module(OPERATIONS[call["operation"]]).sync_detailed
    wanted = typing.get_type_hints(function)
    given = {**call["path"], **call["query"], **{name: call["headers"][name] for name in call["headers"]}}
    token = given.pop("Authorization", "").removeprefix("Bearer ")
    arguments = {_parameter(name, wanted): value for name, value in given.items()}
    if "body" in call:
        arguments["body"] = call["body"]
    built = {name: _built(wanted[name], value) for name, value in arguments.items()}
    answer = function(client=_client(token), **built)
    parsed = answer.parsed
    return {"status": answer.status_code, "body": parsed.to_dict() if hasattr(parsed, "to_dict") else parsed}


@cache
def _client(token: str) -> Any:
    made: Any = import_module("todo_client")
    kind = made.AuthenticatedClient if token else made.Client
    return kind(base_url=os.environ["API_URL"], **({"token": token} if token else {}))


def _parameter(name: str, wanted: dict[str, Any]) -> str:
    """Return what the generator calls a parameter: no name of Python's own, no dots and hyphens."""
    plain = re.sub(r"\W", "_", name).lower()
    return plain if plain in wanted else f"{plain}_"


def _built(wanted: Any, value: Any) -> Any:
    """Return a value of JSON as the first of the wanted types that takes it."""
    if isinstance(wanted, types.UnionType) or typing.get_origin(wanted) is typing.Union:
        members = [one for one in typing.get_args(wanted) if one not in {types.NoneType, UNSET}]
        return next(made for one in members if (made := _tried(one, value)) is not None)
    if typing.get_origin(wanted) is list:
        return [_built(typing.get_args(wanted)[0], one) for one in value]
    if hasattr(wanted, "from_dict"):
        return wanted.from_dict(value)
    if wanted in {datetime.date, datetime.datetime}:
        return wanted.fromisoformat(value)
    is_called = inspect.isclass(wanted) and issubclass(wanted, (uuid.UUID, enum.Enum))
    return wanted(value) if is_called else value


def _tried(wanted: Any, value: Any) -> Any:
    try:
        return _built(wanted, value)
    except (TypeError, ValueError, AttributeError, KeyError):
        return None


if __name__ == "__main__":
    main()
