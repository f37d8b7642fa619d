"""Who may see and do what in a space: the protocol that every operation asks, and the roles that answer by default."""

from collections.abc import Collection, Mapping
from copy import copy
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, Literal, Protocol, Self, cast

from sqlalchemy import ColumnElement, FromClause, SQLColumnExpression

from fastapi_todo_kit.core.access import Access
from fastapi_todo_kit.core.answers import check_callable, wrong
from fastapi_todo_kit.core.errors import ConfigurationError, InvalidInput

Entity = Literal["list", "todo", "label"]


_OF_SPACES: Final = ("space.", "member.", "invitation.", "list.share")
"""So begin the actions that manage spaces."""


class Action(StrEnum):
    """What an operation does. Each route declares one; an action that ends in `.read` changes nothing."""

    READ_SPACE = "space.read"
    CREATE_SPACE = "space.create"
    UPDATE_SPACE = "space.update"
    DELETE_SPACE = "space.delete"
    RESTORE_SPACE = "space.restore"
    TRANSFER_SPACE = "space.transfer"
    LEAVE_SPACE = "space.leave"
    READ_MEMBER = "member.read"
    MANAGE_MEMBER = "member.manage"
    INVITE_MEMBER = "member.invite"
    """Asking people in, and seeing whom others have asked."""
    READ_INVITATION = "invitation.read"
    ANSWER_INVITATION = "invitation.answer"
    """Accepting or declining. It is asked with the role that the invitation gives."""
    READ_LIST = "list.read"
    CREATE_LIST = "list.create"
    UPDATE_LIST = "list.update"
    DELETE_LIST = "list.delete"
    SHARE_LIST = "list.share"
    """Giving a list a space of its own, with its members."""
    READ_LABEL = "label.read"
    CREATE_LABEL = "label.create"
    UPDATE_LABEL = "label.update"
    DELETE_LABEL = "label.delete"
    READ_TODO = "todo.read"
    CREATE_TODO = "todo.create"
    UPDATE_TODO = "todo.update"
    COMPLETE_TODO = "todo.complete"
    DELETE_TODO = "todo.delete"
    ASSIGN_TODO = "todo.assign"
    BACKDATE_TODO = "todo.backdate"
    """Saying when, or by whom, a todo was created or completed. No route declares it: it is asked besides."""
    READ_REMINDER = "reminder.read"
    SET_REMINDER = "reminder.set"
    READ_ITEM = "item.read"
    UPDATE_ITEM = "item.update"
    """What a user keeps of his own about what he sees, in his personal space."""
    READ_TRASH = "trash.read"
    PURGE_TRASH = "trash.purge"

    @property
    def is_read(self) -> bool:
        """Whether it changes nothing."""
        return self.endswith(".read")

    @property
    def is_own(self) -> bool:
        """Whether it is about what a user keeps in its personal space, in whatever space it is asked for."""
        return self.startswith("item.")

    @property
    def ends_right(self) -> bool:
        """Whether nobody has the right to do it any more once it is done."""
        return self in {Action.DELETE_SPACE, Action.TRANSFER_SPACE, Action.LEAVE_SPACE, Action.ANSWER_INVITATION}

    @property
    def is_of_invited(self) -> bool:
        """Whether it is done by whoever is nobody in the space yet, so that no role is looked for there first."""
        return self in {Action.READ_INVITATION, Action.ANSWER_INVITATION}

    @property
    def changes(self) -> int:
        """How many changes it makes as a rule, none of which costs a statement for its number then."""
        return 2 if self is Action.ANSWER_INVITATION else 1

    @property
    def scope(self) -> str:
        """The scope that a token needs for it, where tokens have some."""
        if self.is_read:
            return "todos:read"
        return "spaces:manage" if self.startswith(_OF_SPACES) else "todos:write"


class Policy(Protocol):
    """Decides what a principal sees and does in a space. Both methods are pure: they decide, they load nothing."""

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:
        """Return the condition that a row must meet to exist for this principal; None where all of them do.

        Every statement that shows, counts or names rows of the entity carries it. What it leaves out is 404.
        """
        ...

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        """Say whether the principal may do this to an object that it sees: 403 where not, 404 for a read.

        `record` is the object as the API shows it: as it is and, whatever the verb, as it would become, be it new, a
        copy, changed, moved, closed or restored. What goes along, such as the subtasks of a todo, is not asked
        about. None asks about the space as a whole: its pages, its trash.
        """
        ...


# Nobody has a role yet who reads or answers an invitation, so no role is without it.
_INVITED: Final = frozenset(action for action in Action if action.is_of_invited)
# Reminders and items are everybody's own: whoever sees a todo may be reminded of it. And nobody is kept.
_KEPT_FROM_NOBODY: Final = _INVITED | {Action.SET_REMINDER, Action.UPDATE_ITEM, Action.LEAVE_SPACE}
_READS: Final = frozenset(action for action in Action if action.is_read) | _KEPT_FROM_NOBODY
_OWNS: Final = frozenset({Action.DELETE_SPACE, Action.RESTORE_SPACE, Action.TRANSFER_SPACE})
_LEADS: Final = frozenset(
    {
        Action.UPDATE_SPACE,
        Action.MANAGE_MEMBER,
        Action.INVITE_MEMBER,
        Action.SHARE_LIST,
        Action.PURGE_TRASH,
        Action.BACKDATE_TODO,
    }
)
_COMPLETES: Final = _READS | {Action.COMPLETE_TODO}

GRANTS: Final[Mapping[str, frozenset[Action]]] = MappingProxyType(
    {
        "viewer": _READS,
        "commenter": _READS,
        "completer": _COMPLETES,
        "contributor": _COMPLETES | {Action.CREATE_TODO},
        "editor": frozenset(Action) - _LEADS - _OWNS,
        "admin": frozenset(Action) - _OWNS,
        "owner": frozenset(Action),
    }
)
"""What each role may do, from the least to the most."""
OWN_GRANTS: Final[Mapping[str, frozenset[Action]]] = MappingProxyType(
    {"contributor": frozenset({Action.UPDATE_TODO, Action.DELETE_TODO})}
)
"""What a role may do besides, with what its user has made or is assigned to."""


class RolePolicy:
    """Grants actions by role, and shows every member the whole space.

    Args:
        grants: what roles of the host's own may do, or what the kit's may do instead of what `GRANTS` says.
        own_grants: what they may do besides, with what their user has made or is assigned to, as in `OWN_GRANTS`.
    """

    def __init__(
        self,
        grants: Mapping[str, Collection[Action]] | None = None,
        own_grants: Mapping[str, Collection[Action]] | None = None,
    ) -> None:
        self._grants = {**GRANTS, **_checked(grants)}
        redefined = dict.fromkeys(grants or (), frozenset[Action]())
        self._own_grants = {**OWN_GRANTS, **redefined, **_checked(own_grants)}

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:  # noqa: ARG002  (the protocol's)
        """Leave nothing out."""
        return None

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        """Say whether the role grants the action.

        Raises:
            ConfigurationError: nobody has said what this role may do.
        """
        if action in self.grants_of(access.role):
            return True
        if action not in self._own_grants.get(access.role, ()):
            return False
        return record is None or _is_own(record, access.principal.user_id)

    def grants_of(self, role: str) -> frozenset[Action]:
        """Return what a role may do, with whatever there is.

        Raises:
            ConfigurationError: nobody has said.
        """
        try:
            return self._grants[role]
        except KeyError:
            raise ConfigurationError(
                f"Nobody has said what the role {role!r} may do; it is one of {sorted(self._grants)}, "
                "or a role of your own in Host(policy=RolePolicy({...}))"
            ) from None

    def granting(self, role: str, action: Action) -> Self:
        """Return the same policy, but that a role may do one thing more."""
        other = copy(self)
        other._grants = {**self._grants, role: self._grants[role] | {action}}
        return other

    @property
    def roles(self) -> Collection[str]:
        """The roles that somebody has described."""
        return self._grants.keys()

    def is_granted_to_all(self, action: Action) -> bool:
        """Say whether every role may do something, with whatever there is."""
        return all(action in granted for granted in self._grants.values())

    def knows(self, role: str) -> bool:
        """Say whether somebody has described a role."""
        return role in self._grants

    def check_known(self, role: str, field: str) -> None:
        """Make sure that somebody has described a role that a field of a request names.

        Raises:
            InvalidInput: nobody has.
        """
        if not self.knows(role):
            detail = f"It is one of {', '.join(self._grants)}."
            raise InvalidInput(errors=[{"pointer": f"#/{field}", "code": "unknown_role", "detail": detail}])

    def at_most(self, role: str, most: str | None) -> str:
        """Return a role, or instead of it the most that it may be, where it is not part of that; None is no limit."""
        return role if most is None or self.is_part_of(role, most) else most

    def is_part_of(self, role: str, other: str) -> bool:
        """Say whether a role may do nothing that another one may not.

        Raises:
            ConfigurationError: nobody has said what one of them may do.
        """
        most, own = self.grants_of(other), self._own_grants.get(role, frozenset())
        return self.grants_of(role) <= most and own <= most | self._own_grants.get(other, frozenset())


def _checked(grants: Mapping[str, Collection[Action]] | None) -> dict[str, frozenset[Action]]:
    for role, granted in (grants or {}).items():
        if isinstance(granted, str) or not set(granted) <= set(Action):
            raise ConfigurationError(
                f"RolePolicy maps roles to sets of Action as in {{Action.READ_TODO}}, not {role!r} to {granted!r}"
            )
    return {role: _INVITED.union(granted) for role, granted in (grants or {}).items()}


def _is_own(record: Mapping[str, Any], user_id: str) -> bool:
    return record.get("created_by") == user_id or user_id in record.get("assignees", ())


_BY_DEFAULT: Final = RolePolicy()


def roles_of(policy: Policy) -> RolePolicy:
    """Return what knows which role may do more than another: the kit's own, where a policy is none of roles."""
    return policy if isinstance(policy, RolePolicy) else _BY_DEFAULT


def check_policy(policy: object) -> None:
    """Make sure that something can decide as a `Policy` does, and at once.

    Raises:
        ConfigurationError
    """
    if isinstance(policy, type):
        raise ConfigurationError(f"Host.policy must be an object, so write {policy.__name__}()")
    for name in ("narrow", "allows"):
        check_callable(f"Host.policy.{name}", getattr(policy, name, None), is_plain=True)


def condition(answer: Any) -> ColumnElement[bool] | None:
    """Return what `narrow` answered.

    Raises:
        ConfigurationError: it is neither None nor a condition on rows.
    """
    if answer is None or isinstance(answer, SQLColumnExpression):
        return cast("ColumnElement[bool] | None", answer)
    raise wrong("Host.policy.narrow", "a condition on the columns of `rows`, or None for all of them", answer)
