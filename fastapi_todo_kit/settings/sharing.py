"""What users may share."""

from typing import Annotated

from pydantic import Field

from fastapi_todo_kit.settings.group import Group


class Sharing(Group):
    """What users may share, and with how many. Past a limit the API answers 409 and names it."""

    spaces: bool = True
    """Whether users make spaces of their own, and share lists; the operations for it are there all the same."""
    add_directly: bool = False
    """Whether whoever manages members adds people that `Host.people` knows without asking them."""
    across_tenants: bool = False
    """Whether lists and todos may move between a tenant of the application and other spaces of a user."""
    spaces_per_user: Annotated[int, Field(ge=1, le=1_000)] = 200
    members_per_space: Annotated[int, Field(ge=1, le=10_000)] = 250
