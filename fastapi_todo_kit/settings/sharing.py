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
    invitations: bool = True
    """Whether people are invited by mail and by links; if not, there are no operations for it."""
    members_may_invite: bool = False
    """Whether editors invite, too, not only whoever manages members; with a policy of roles."""
    any_account_may_accept: bool = False
    """Whether the link of a mail is good for whoever has it, instead of for the verified address that it went to."""
    invitation_url: Annotated[str | None, Field(pattern=r"^https?://[!-~]*\{token\}[!-~]*$")] = None
    """The page of the application that a mail leads to, as in `https://example.com/join#token={token}`; by default,
    with the kit's accounts, `/invitation#token={token}` at `auth.public_url`. Without one nobody is invited by mail."""
    invitations_per_space: Annotated[int, Field(ge=1, le=1_000)] = 100
    """How many may be open at once."""
    invitation_mails_per_day: Annotated[int, Field(ge=1, le=10_000)] = 100
    """How many mails one user may have sent to people who are invited."""
    spaces_per_user: Annotated[int, Field(ge=1, le=1_000)] = 200
    members_per_space: Annotated[int, Field(ge=1, le=10_000)] = 250
