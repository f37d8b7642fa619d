"""Clients that work in the space of a team."""

from typing import Any, Self

from tests.support import Api


class Teammate(Api):
    """A client that works in the space of a team."""

    space: str

    @classmethod
    def of(cls, api: Api, space: str) -> Self:
        """Return a client for the same user in a space."""
        made = cls(api.client, api.user, api.zone)
        made.space = space
        return made

    async def send(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """Send a request, to the space unless its path or query names one."""
        params = dict(options.pop("params", None) or {})
        is_elsewhere = path.startswith(("/spaces", "/me/")) and path != "/spaces/current"
        if not is_elsewhere and "space=" not in path:
            if "?" in path:
                path += f"&space={self.space}"
            else:
                params.setdefault("space", self.space)
        return await super().send(method, path, body, **options, **({"params": params} if params else {}))


async def team(owner: Api, name: str = "a team", **fields: Any) -> Teammate:
    """Make a team and return its owner as a client in it."""
    made = await owner.post("/spaces", {"name": name, **fields}, 201)
    return Teammate.of(owner, made["id"])


async def join(owner: Teammate, role: str, user: str | None = None) -> Teammate:
    """Make somebody a member, a stranger by default, and return a client for it."""
    member = Teammate.of(owner.as_user(user), owner.space)
    path = f"/spaces/{owner.space}/members/{member.user}"
    answer = await owner.send("PUT", path, {"role": role})
    assert answer.status_code == 200, answer.text
    return member
