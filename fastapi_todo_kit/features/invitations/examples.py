"""How the operations on invitations are tried. Whoever tries gives the token of somebody else's."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Thing

_OF_TEAM: Final = {"space_id": "team"}
EXAMPLES: Final = Examples(
    bodies={
        "create_invitation": [
            {"role": "viewer", "max_uses": 2, "expires_in_days": 30, "message": "Come in"},
            {"role": "viewer", "email": "{unique}@example.com"},
        ],
        "preview_invitation": [{"token": "{invitation_token}"}],
        "accept_invitation": [{"token": "{invitation_token}"}],
        "decline_invitation": [{"token": "{invitation_token}"}],
    },
    things={"invitation": Thing("create_invitation", is_personal=True)},
    places={
        "list_invitations": {"space_id": "shared_team"},
        "create_invitation": _OF_TEAM,
        "revoke_invitation": _OF_TEAM,
        "resend_invitation": _OF_TEAM,
    },
    given=["invitation_token"],
)
