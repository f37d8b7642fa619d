"""What people write reaches headers of mails as text: it reads as it was written, and is nothing but a subject."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtplib.email import flatten_message
from hypothesis import example, given
from hypothesis import strategies as st

from fastapi_todo_kit.core.fields import one_line
from fastapi_todo_kit.core.mime import address_header
from fastapi_todo_kit.host import Message

HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}
ENCODED = "=?utf-8?q?milk=0AReply-To=3A_evil=40example.com=0AContent-Type=3A_text/html=0A=0A=3Cb=3E?="
HOSTILE = [
    ENCODED,
    f"milk {ENCODED} and {ENCODED}",
    "=?utf-8?b?bWlsawpCY2M6IGV2aWxAZXhhbXBsZS5jb20K?=",
    "=?us-ascii?q?a=0D=0AX:_y?=",
    "milk\r\nBcc: evil@example.com\r\n\r\n<b>",
    "milk\nBcc: x",
    "a\x00b\x85c\u2028d\u2029e\x7f",
    "\u202egnp.exe\u2066 and \u200f",
    "Gr\u00fc\u00dfe \U0001f95b",
    "x" * 500,
    "\U0001f95b" * 500,
    " leading and trailing ",
    "=?",
    "?=",
    "=?utf-8?q?",
    '"Ann" <evil@example.com>, evil@example.com',
    "Reply-To: evil@example.com",
]
hostile = st.lists(
    st.one_of(
        st.sampled_from([*HOSTILE, "=?utf-8?q?", "=0A", "=0D", "?=", "\r\n", "\n", "\r ", ": ", "\ud800"]), st.text()
    ),
    max_size=6,
).map("".join)


def received(email: EmailMessage, *, utf8: bool = False, cte_type: str = "8bit") -> Any:
    """Return a mail as whoever gets it reads it."""
    return message_from_bytes(flatten_message(email, utf8=utf8, cte_type=cte_type), policy=policy.default)


def message(subject: str = "a", to: str = "ann@example.com", text: str = "text") -> Message:
    return Message(id="0" * 32, kind="reminder", to=to, subject=subject, text=text)


@given(hostile)
@example("")
def test_a_subject_reads_as_it_was_written_and_is_no_other_header(text: str) -> None:
    said = message(subject=text, text=f"{text}\n")

    for cte_type in ("8bit", "7bit"):
        mail = received(said.as_email("kit@example.com"), cte_type=cte_type)

        assert set(mail.keys()) == HEADERS
        assert mail["To"] == "ann@example.com"
        # Readers join folded encoded words, and some count blanks at the seams; the text is the same.
        assert str(mail["Subject"]) == readable(text)
        assert (mail.get_content_type(), mail.is_multipart()) == ("text/plain", False)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_subject_reads_as_it_was_written(text: str) -> None:
    mail = received(message(subject=text).as_email("kit@example.com"))

    assert set(mail.keys()) == HEADERS
    assert str(mail["Subject"]) == readable(text)


def readable(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", one_line(text))


def test_a_mailer_of_the_host_gets_a_subject_of_one_line() -> None:
    assert message(subject="milk\r\nBcc: evil@example.com\x00\u202e").subject == "milk Bcc: evil@example.com"


@pytest.mark.parametrize(
    "address",
    [
        "=?utf-8?q?victim?=@example.com",
        "=?utf-8?q?a=0Ab?=@example.com",
        "Ann <ann@example.com>",
        "ann@example.com, eve@example.com",
        "ann@example.com\r\nBcc: eve@example.com",
        "ann@example.com ",
        "ann",
        "@example.com",
        "",
        "ann@a@example.com",
        "ann(comment)@example.com",
        "undisclosed:ann@example.com;",
        "ann\ud800@example.com",
    ],
)
def test_what_is_no_plain_address_gets_no_mail(address: str) -> None:
    with pytest.raises(ValueError, match="plain address"):
        message(to=address).as_email("kit@example.com")


@pytest.mark.parametrize(
    "address", ["ann@example.com", "\u00e4nn@b\u00fccher.example", "ann+todo@[192.0.2.1]", "a=b?c@x.y"]
)
def test_a_plain_address_is_written_as_it_is(address: str) -> None:
    mail = received(message(to=address).as_email("kit@example.com"), utf8=True)

    assert str(mail["To"]) == str(address_header("To", address)) == address
