"""Who works where: the principal of a call, the space that it is about, and the role that the one has in the other."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

import uuid_utils

from fastapi_todo_kit.core.answers import put_away, wrong
from fastapi_todo_kit.core.errors import ConfigurationError

UTC_ZONE: Final = ZoneInfo("UTC")
OWNER: Final = "owner"
UNKNOWN_ROLE: Final = "\0unknown"
"""Stands for the role in a team space until the first rows bring it along; no policy is ever asked with it."""
ALL_SPACES: Final = "all"
"""Stands for all spaces of a user where one is named."""
HostKey = str | int | uuid.UUID
"""What the id of a user or of a tenant may be. It is opaque and kept as text; two of one text are the same."""
ERASED: Final = "erased"
"""Stands where the id of a user stood who was erased, in what others go on to use; nobody is called so."""
_OF_THE_KIT: Final = "system:"  # so begins who the kit itself is where it writes, as `system:worker`
_LONGEST_KEY: Final = 255
_LONGEST_NUMBER: Final = 4 * _LONGEST_KEY  # in bits; Python refuses to write much longer ones
_USER: Final = "The id of a user, which Host.user_id returns or `user_id` gives,"
_INSTEAD: Final = "Host(user_id=lambda user: ...)"
_TENANT: Final = "The key of a tenant, which Host.space returns or `tenant` gives,"
_MOST_TENANTS: Final = 500
_KIT_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/fastapi-todo-kit/fastapi-todo-kit")


def user_key(value: object) -> str:
    """Return the id of a user as text.

    Raises:
        ConfigurationError: it is nothing, or nothing that tells one user from another, or it stands for somebody else;
            the message says what to write.
    """
    text = _text_of(value, _USER, _INSTEAD)
    if is_reserved(text):
        # Whoever were called so would be taken for the author of all that erased users have left.
        raise ConfigurationError(
            f'{_USER} must be another than "{ERASED}", and not begin with "{_OF_THE_KIT}", which stand for users who '
            'are gone and for the kit itself: return one with Host(user_id=lambda user: f"user:{user.id}")'
        )
    return text


def is_reserved(user_id: str) -> bool:
    """Say whether nobody can be called so: it stands for users who are gone, or for the kit itself."""
    return user_id == ERASED or user_id.startswith(_OF_THE_KIT)


def _text_of(value: object, name: str, instead: str) -> str:
    """Return an id of the host's as text. Never `str()` of anything: all that is None would be one and the same."""
    match value:
        case str():
            text = str.__str__(value)
        case uuid.UUID() | uuid_utils.UUID():
            text = str(value)
        case int() if not isinstance(value, bool):
            text = int.__repr__(value) if value.bit_length() < _LONGEST_NUMBER else ""
        case _:
            put_away(value)
            raise ConfigurationError(
                f"{name} must be a str, an int or a UUID, not {type(value).__name__}: return one with {instead}. "
                "An object that is not flushed yet has no id"
            )
    if not 0 < len(text) <= _LONGEST_KEY or "\0" in text or _has_half_a_character(text):
        raise ConfigurationError(f"{name} must be 1 to {_LONGEST_KEY} characters without NUL and lone surrogates")
    return text


def _has_half_a_character(text: str) -> bool:
    """Say whether there are lone surrogates in a text, which no database and no answer can hold."""
    return not text.isascii() and any("\ud800" <= one <= "\udfff" for one in text)


@dataclass(frozen=True, slots=True)
class Membership:
    """What a host's `space` dependency may return: the key of the tenant, and the caller's role in it.

    The default policy knows the roles viewer, commenter, editor, admin and owner.
    """

    key: HostKey
    role: str = OWNER

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", _text_of(self.key, _TENANT, "Host(space=...)"))
        role: object = self.role
        if not isinstance(role, str):
            put_away(role)
            raise ConfigurationError(f'Membership.role must be a str, such as "editor", not {type(role).__name__}')


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is calling. `user_id` is opaque: 1 to 255 characters, never parsed, never a foreign key.

    `user` is what the host's `current_user` returned, for a policy that wants to know more; None outside a request.
    `reminder_hour` is that at which whole days remind it, None for the setting.
    `scopes` are those of its token, such as `todos:read`; None where nothing but the role limits what it may do.
    `tenants` are all that `Host.spaces` says it belongs to, where the call may be about any of them.
    """

    user_id: str
    time_zone: ZoneInfo = UTC_ZONE
    user: Any = field(default=None, compare=False, repr=False)
    scopes: Collection[str] | None = None
    reminder_hour: int | None = None
    tenants: Sequence[Membership] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "user_id", _text_of(self.user_id, _USER, _INSTEAD))
        if not isinstance(self.time_zone, ZoneInfo):
            raise ConfigurationError(f'A time zone must be a ZoneInfo("Europe/Berlin"), not {self.time_zone!r}')


@dataclass(frozen=True, slots=True)
class SpaceRef:
    """A space, known before any query: ids are derived, rows appear on the first write.

    `kind` is personal, host or team; `key` is the user's or tenant's own id.
    """

    id: uuid.UUID
    kind: str
    key: str | None

    @property
    def tenant(self) -> str | None:
        """The key of the tenant of the host whose space it is."""
        return self.key if self.kind == "host" else None


@dataclass(frozen=True, slots=True)
class Access:
    """A principal in a space, with a role: what a policy is asked about."""

    principal: Principal
    space: SpaceRef
    role: str = OWNER


def access_to(namespace: str, principal: Principal, tenant: Membership | HostKey | None = None) -> Access:
    """Return the access of a principal to its own space, or to that of a tenant, in which a bare key makes it owner."""
    if tenant is None:
        return Access(principal, personal_space(namespace, principal.user_id))
    member = tenant if isinstance(tenant, Membership) else Membership(tenant)
    return Access(principal, tenant_space(namespace, str(member.key)), member.role)


def personal_space(namespace: str, user_id: str) -> SpaceRef:
    """Return the space that is a user's own."""
    return SpaceRef(_derived_id("user", namespace, user_id), "personal", user_id)


def tenant_space(namespace: str, key: str) -> SpaceRef:
    """Return the space of a tenant of the host."""
    return SpaceRef(_derived_id("host", namespace, key), "host", key)


def team_space(space_id: uuid.UUID) -> SpaceRef:
    """Return a space that users have made, which its members have in common."""
    return SpaceRef(space_id, "team", None)


def known_accesses(namespace: str, entered: Access) -> Sequence[Access]:
    """Return the accesses of a principal that are known without any row: what it has entered, its own, its tenants'.

    That to a team is not among them: rows say it.
    """
    principal = entered.principal
    tenants = (access_to(namespace, principal, one) for one in principal.tenants)
    known = (*tenants, access_to(namespace, principal), entered)  # of two to one space the last one holds
    return tuple({one.space.id: one for one in known if one.space.kind != "team"}.values())


def known_spaces(namespace: str, entered: Access) -> Sequence[uuid.UUID]:
    """Return the ids of the spaces in which a principal is by what is known."""
    return [one.space.id for one in known_accesses(namespace, entered)]


def access_in(namespace: str, entered: Access, space_id: uuid.UUID) -> Access:
    """Return the access of a principal to the space of an id.

    That is the space that it has `entered`, its own one, that of one of its tenants, or else one of a team, in whatever
    role.
    """
    if entered.space.id == space_id:
        return entered
    known = next((one for one in known_accesses(namespace, entered) if one.space.id == space_id), None)
    return known or Access(entered.principal, team_space(space_id), UNKNOWN_ROLE)


def memberships_of(answer: object) -> Sequence[Membership]:
    """Return the tenants that `Host.spaces` says somebody belongs to.

    Raises:
        ConfigurationError: it is no collection of memberships or keys, one of too many, or says two things of one.
    """
    if not isinstance(answer, Collection) or isinstance(answer, str | bytes | Mapping):
        raise wrong("Host.spaces", 'a list of keys or memberships, such as [Membership("acme", "editor")]', answer)
    if len(answer) > _MOST_TENANTS:
        raise ConfigurationError(f"Host.spaces returns {len(answer)} tenants, and a user may be in {_MOST_TENANTS}")
    tenants: dict[HostKey, Membership] = {}
    for one in (one if isinstance(one, Membership) else Membership(one) for one in answer):
        if tenants.setdefault(one.key, one) != one:
            raise ConfigurationError(
                f"Host.spaces returns two roles in the tenant {one.key!r}: return the one that holds"
            )
    return list(tenants.values())


def is_of_namespace(namespace: str, space: SpaceRef) -> bool:
    """Say whether a space of the database is one of this namespace: others have other users, and another host."""
    if space.key is None:
        return True
    derived = personal_space if space.kind == "personal" else tenant_space
    return derived(namespace, space.key).id == space.id


@lru_cache(4_096)
def _derived_id(kind: str, *parts: str) -> uuid.UUID:
    # Each part carries its length, so that no two sequences of parts spell the same name.
    return uuid.uuid5(_KIT_NAMESPACE, f"{kind}:" + "".join(f"{len(part)}:{part}" for part in parts))
