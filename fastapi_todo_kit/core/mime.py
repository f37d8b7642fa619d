"""Mails as they go over the wire (RFC 5322): what people wrote is encoded into a header, and never parsed as one.

`email.message.EmailMessage` parses what is assigned to it: an encoded word (RFC 2047) in the title of a todo is decoded
then, and some versions of Python write the line breaks that come out of it into the header.
"""

import re
from email.header import Header
from email.message import EmailMessage
from email.policy import Policy
from email.utils import formatdate, parseaddr
from typing import Final, Self

from fastapi_todo_kit.core.fields import UNSTORABLE, one_line

_ADDRESS: Final = re.compile(r"""[^\s\x00-\x1f\x7f-\x9f<>()[\]\\,;:"@]+@[^\s\x00-\x1f\x7f-\x9f<>()\\,;"@]+""")


class _Written(str):
    """A header object that says how it is written; `email.policy` knows these by their `name` and calls `fold`."""

    __slots__ = ("_lines", "name")
    name: str
    _lines: str

    def __new__(cls, name: str, text: str, lines: str) -> Self:
        header = super().__new__(cls, text)
        header.name, header._lines = name, lines
        return header

    def __deepcopy__(self, _known: object) -> Self:
        # A mail for a server that takes seven bits only is copied first; this is as immutable as any text.
        return self

    def fold(self, *, policy: Policy) -> str:
        """Return the lines of the header."""
        return f"{self.name}: {self._lines}\n".replace("\n", policy.linesep)


def text_header(name: str, text: str) -> str:
    """Return a header for `EmailMessage` that reads as this text without control characters, whatever it looks like."""
    readable = UNSTORABLE.sub("\ufffd", one_line(text))
    return _Written(name, readable, Header(readable, "utf-8", header_name=name).encode())


def address_header(name: str, address: str) -> str:
    """Return a header for `EmailMessage` with one address.

    Raises:
        ValueError: it is no address, or more than one: `ann@example.com` is, `Ann <ann@example.com>` is not.
    """
    if not _ADDRESS.fullmatch(address) or "=?" in address or UNSTORABLE.search(address):
        raise ValueError(f"{address!r:.100} is no plain address of mail, such as ann@example.com")
    return _Written(name, address, address)


def email_of(message_id: str, sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """Return a mail to one address in plain text.

    Raises:
        ValueError: `to` is no plain address.
    """
    email = EmailMessage()
    email["From"], email["To"] = sender, address_header("To", to)
    email["Subject"] = text_header("Subject", subject)
    email["Date"] = formatdate(usegmt=True)
    # The same when a mail is sent again: receivers may then show it once.
    email["Message-ID"] = f"<{message_id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(UNSTORABLE.sub("\ufffd", text))
    return email
