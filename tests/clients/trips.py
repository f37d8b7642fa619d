"""What is sent through a client, and how it has to come back."""

import json
from typing import Any, Final

import uuid_utils

from tests.clients.calling import Client, plain
from tests.clients.generating import HERE

RESOURCES: Final = json.loads((HERE / "resources.json").read_text(encoding="utf-8"))


def new_id() -> str:
    """Return an id that a client may choose."""
    return str(uuid_utils.uuid7())


def kept(sent: dict[str, Any], read: dict[str, Any]) -> None:
    """Everything that was sent is what is read."""
    lost = {name: (value, read[name]) for name, value in sent.items() if plain(value) != plain(read[name])}
    assert lost == {}, lost


def there_and_back(client: Client, kind: str, sent: dict[str, Any]) -> None:
    """What is made has what was sent, is read so, and stays so when it is sent back."""
    made = client.call(f"create_{kind}", sent)

    kept(sent, made)
    assert plain(client.call(f"get_{kind}", **{f"{kind}_id": made["id"]})) == plain(made)
    patched_back(client, kind, made)


def patched_back(client: Client, kind: str, read: dict[str, Any], **path: str) -> None:
    """Sending back what was read, as far as it may be changed, changes nothing."""
    named = {**path, f"{kind}_id": read["id"]}
    may = client.document["components"]["schemas"][f"{kind.title()}Update"]["properties"]
    before = client.call(f"get_{kind}", **named)
    # Null is no time for a reminder; elsewhere it is what stands there.
    body = {name: before[name] for name in may if kind != "reminder" or before[name] is not None}

    client.call(f"update_{kind}", body, headers={"If-Match": f'"{before["version"]}"'}, **named)

    after = client.call(f"get_{kind}", **named)
    assert {**plain(after), "version": 0, "updated_at": 0} == {**plain(before), "version": 0, "updated_at": 0}
