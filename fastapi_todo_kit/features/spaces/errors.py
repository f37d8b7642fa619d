"""What goes wrong with spaces."""

from fastapi_todo_kit.core.errors import Conflict, Forbidden


class SpaceIsFixed(Conflict):
    """This space is a user's own, or one of the application's; only spaces that users have made can be changed."""


class InheritanceTooDeep(Conflict):
    """A space whose members come from another one cannot pass them on, and one that passes them on cannot take any."""


class SharingOff(Forbidden):
    """Users make no spaces here."""


class RoleTooHigh(Forbidden):
    """Nobody gives or takes a role that is not below their own; owners may."""
