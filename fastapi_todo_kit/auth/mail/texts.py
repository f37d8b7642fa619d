"""The words of the mails. A host that wants others writes a mailer that goes by `Message.kind` and `Message.link`."""

from typing import Final, NamedTuple

VERIFY: Final = "verify"
RESET: Final = "reset"
CHANGE_EMAIL: Final = "change_email"
"""Kinds of mails with a link, and the purposes of its ticket."""
INVITE: Final = "invite"
"""A mail with the link of `RESET` to somebody whose account another one has made."""
CHOOSE: Final = "choose"
"""A mail with the link of `RESET` to an address that was registered with several passwords, of which none counts."""
KNOWN_ALREADY: Final = "known_already"
EMAIL_CHANGE_ASKED: Final = "email_change_asked"
EMAIL_CHANGED: Final = "email_changed"
PASSWORD_CHANGED: Final = "password_changed"  # noqa: S105  (a kind of mail)
"""Kinds of mails that only tell."""


class Words(NamedTuple):
    """Subject and text; `{link}` and `{site}` stand for the link and the address of the application."""

    subject: str
    text: str


_IGNORE: Final = "If it was not you, you need do nothing."
_ACT: Final = "If it was not you, reset your password at {site} now."

WORDS: Final = {
    VERIFY: Words(
        "Verify your address",
        f"Somebody registered at {{site}} with this address. To use the account, follow this link:\n\n"
        f"{{link}}\n\n{_IGNORE}",
    ),
    RESET: Words(
        "Set a new password",
        f"Somebody asked for a new password at {{site}}. To choose one, follow this link:\n\n{{link}}\n\n{_IGNORE}",
    ),
    INVITE: Words(
        "Choose your password",
        f"An account was made for you at {{site}}. To choose a password, follow this link:\n\n{{link}}\n\n{_IGNORE}",
    ),
    CHOOSE: Words(
        "Choose your password",
        "Somebody registered at {site} with this address, and then again with another password, so none of the two "
        f"counts. To choose one and use the account, follow this link:\n\n{{link}}\n\n{_IGNORE}",
    ),
    CHANGE_EMAIL: Words(
        "Confirm your new address",
        f"Somebody wants to use this address at {{site}}. To confirm it, follow this link:\n\n{{link}}\n\n{_IGNORE}",
    ),
    KNOWN_ALREADY: Words(
        "You have an account",
        "Somebody wanted to use this address for an account at {site}, and it has one already. "
        f"Log in with it, or set a new password if you have forgotten yours. {_IGNORE}",
    ),
    EMAIL_CHANGE_ASKED: Words(
        "Your address is about to change",
        f"Somebody who is logged in to your account at {{site}} asked to change its address. {_ACT}",
    ),
    EMAIL_CHANGED: Words(
        "Your address has changed",
        "Your account at {site} has another address of mail now; this one gets nothing more. "
        "If it was not you, tell the people who run {site}.",
    ),
    PASSWORD_CHANGED: Words(
        "Your password has changed", f"The password of your account at {{site}} was changed. {_ACT}"
    ),
}
