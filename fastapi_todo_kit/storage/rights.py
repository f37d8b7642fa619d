"""What the principal of a unit of work may do, as the policy says."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select

from fastapi_todo_kit.core.access import UNKNOWN_ROLE, Access
from fastapi_todo_kit.core.answers import yes_or_no
from fastapi_todo_kit.core.errors import Forbidden, NotFound, SpaceNotFound
from fastapi_todo_kit.policy import Action, Entity, RolePolicy, condition, roles_of
from fastapi_todo_kit.storage.engines.connections import ONE_OFF
from fastapi_todo_kit.storage.kit import Context, Kit


class Rights:
    """Asks the policy for one call; in a team space not before the first rows have brought the role along."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.access: Access = context.access
        """Who works in which space, and as what."""
        self.was_authorised: bool = False
        self._to_ask: list[tuple[Mapping[str, Any] | None, type[NotFound]]] = []

    @property
    def kit(self) -> Kit:
        """What this mount, worker or service works with."""
        return self.context.kit

    @property
    def space_id(self) -> uuid.UUID:
        """The space that every statement of this work is about."""
        return self.context.access.space.id

    @property
    def reach(self) -> uuid.UUID | str:
        """What a cursor of this call is good for: its space."""
        return self.space_id

    @property
    def spans(self) -> bool:
        """Whether the call reads in all spaces of its principal."""
        return False

    @property
    def knows_role(self) -> bool:
        """Whether it is known what the principal is in the space."""
        return self.access.role != UNKNOWN_ROLE

    def enter_as(self, role: str) -> None:
        """Go on in a role that is known now, and ask the policy what could not be asked before."""
        self.access = replace(self.access, role=role)
        for record, missing in self._to_ask:
            self.authorise(record, missing)

    def excuse(self) -> None:
        """Go on without asking: what is answered was allowed when it was done, and has ended the right to do it."""
        self.was_authorised, self.access = True, replace(self.access, role="former")

    def authorise(self, record: Mapping[str, Any] | None = None, missing: type[NotFound] = SpaceNotFound) -> None:
        """Ask the policy whether the call's action may be done to an object, or to the space as a whole.

        Raises:
            Forbidden: no.
            NotFound: no, and it would only be read; of the given class.
        """
        self.was_authorised = True
        if not self.knows_role:  # and nothing of the space either: the policy is asked before that changes
            self._to_ask.append((record, missing))
            return
        action = self.context.action
        if not self.may(action, record):
            raise missing if action.is_read else Forbidden

    def may(self, action: Action, record: Mapping[str, Any] | None) -> bool:
        """Ask the policy about an object, or the space as a whole, also in a call that does something else.

        Raises:
            ConfigurationError: it answers neither True nor False.
        """
        if not self.knows_role:
            raise RuntimeError(f"{action} was asked for before the role in the space was known")
        return self.allows(self.access, action, record)

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        """Ask the policy about somebody, in whatever space and role.

        Raises:
            ConfigurationError: it answers neither True nor False.
        """
        return yes_or_no("Host.policy.allows", self.kit.host.policy.allows(access, action, record))

    @property
    def decides_by_object(self) -> bool:
        """Whether the policy may say of one object what it does not say of another; `RolePolicy` by itself does not.

        Where it does not, nothing is loaded just to ask about it, and a role that may add and not read can add.
        """
        return getattr(self.kit.host.policy.allows, "__func__", None) is not RolePolicy.allows

    def is_for_all(self, action: Action) -> bool:
        """Say whether everybody in a space may do something there, in whatever role, so that nobody has to be asked."""
        return not self.decides_by_object and roles_of(self.kit.host.policy).is_granted_to_all(action)

    @property
    def narrows(self) -> bool:
        """Whether the policy may have conditions on rows, and so has to be asked before there are any."""
        return getattr(self.kit.host.policy.narrow, "__func__", None) is not RolePolicy.narrow

    def check_named(self, action: Action, record: Mapping[str, Any], missing: type[NotFound]) -> None:
        """Make sure that an object may be read which a request names besides the one that it is about.

        Raises:
            NotFound: it may not; of the given class.
        """
        if self.decides_by_object:
            self.check_read(action, record, missing)

    def require(self, action: Action, record: Mapping[str, Any]) -> None:
        """Make sure that something may be done to an object along with what the call does.

        Raises:
            Forbidden: it may not; the words say which right is missing.
        """
        if not self.may(action, record):
            raise Forbidden(f"This needs the right to do {action.value}, too.")

    def check_read(self, action: Action, record: Mapping[str, Any], missing: type[NotFound]) -> None:
        """Make sure that an object may be read, in a call that does something else.

        Raises:
            NotFound: it may not; of the given class.
        """
        if not self.may(action, record):
            raise missing

    def visible(self, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:
        """Return the condition under which a row of the entity exists for this principal; None where all do."""
        if self.narrows and not self.knows_role:
            raise RuntimeError(f"What is seen of a {entity} was asked for before the role in the space was known")
        return condition(self.kit.host.policy.narrow(self.access, entity, rows))

    def narrowed(self, statement: Select[Any], entity: Entity, rows: FromClause) -> Select[Any]:
        """Return a statement that shows only those rows of the entity that exist for this principal."""
        condition = self.visible(entity, rows)
        return statement if condition is None else statement.where(condition).execution_options(**ONE_OFF)
