"""What sends the mail of an invitation: the token in it is made here, and stored as a digest before the mail leaves.

At least once: a mail that may have arrived is sent again, by the same id, and the links of both are good.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Row

from fastapi_todo_kit.core.errors import ConfigurationError, TodoKitError
from fastapi_todo_kit.core.fields import one_line
from fastapi_todo_kit.core.people import Person
from fastapi_todo_kit.features.invitations.repository import InvitationRepository
from fastapi_todo_kit.features.invitations.service import InvitationService, page_of
from fastapi_todo_kit.features.invitations.tokens import digest_of, new_token
from fastapi_todo_kit.host import Message
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.asking import answer_of
from fastapi_todo_kit.storage.jobs import MOST_ATTEMPTS, Claimed, forget, space_of
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.mailing import mailer_of
from fastapi_todo_kit.storage.people import names_before_work
from fastapi_todo_kit.storage.sessions import SessionStore
from fastapi_todo_kit.storage.work import Work

_DIGEST: Final = 32


class MailNotSent(TodoKitError):
    """A mail could not be sent."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """Sends mails to people who are invited."""

    kit: Kit

    async def __call__(self, job: Claimed) -> None:
        """Do a job whose key is the id of an invitation; there is nothing to do where that is good no more."""
        space = await self.kit.store.transact(lambda connection: space_of(connection, job))
        if space is None:
            return
        # With the policy of the host, which says whether whoever stands for the invitation still may.
        here = replace(self.kit.as_system(space, Action.INVITE_MEMBER, "worker"), kit=self.kit)
        invitation_id = uuid.UUID(job.key)
        row = await self.kit.store.read(here, lambda work: _find(work, invitation_id))
        people = {} if row is None else await names_before_work(self.kit, [row.created_by])
        message = None if row is None else await self.kit.store.write(here, lambda work: _written(work, job, people))
        if message is not None:
            await self._send(message)
        await self.kit.store.transact(lambda connection: forget(connection, job))

    async def _send(self, message: Message) -> None:
        send = mailer_of(self.kit.settings, self.kit.host.mailer).send
        try:
            await answer_of(send, message, in_thread=not isinstance(self.kit.store, SessionStore))
        except Exception as error:
            # Only the kind: the words may repeat the address, or the link.
            raise MailNotSent(f"The mailer raised {type(error).__name__}.") from None


async def _find(work: Work, invitation_id: uuid.UUID) -> Row[Any] | None:
    """Return an invitation for which a mail is to be sent, if it is still good."""
    work.excuse()
    row = await InvitationRepository(work).to_mail(invitation_id)
    return None if row is None or not InvitationService(work).is_standing(row) else row


async def _written(work: Work, job: Claimed, people: Mapping[str, Person]) -> Message | None:
    """Return a mail with its words, and a link that is good from now on."""
    row, page = await _find(work, uuid.UUID(job.key)), page_of(work.kit.settings)
    if row is None:
        return None
    if page is None:
        raise ConfigurationError(
            "A worker that sends invitations needs sharing.invitation_url, as the application has it"
        )
    token = new_token(work.space_id, row.id)
    before = row.token_hashes if job.attempts > 1 else b""
    hashes = (digest_of(token.secret) + before)[: MOST_ATTEMPTS * _DIGEST]
    await InvitationRepository(work).update(row.id, {"token_hashes": hashes})
    return _message(job, row, people.get(row.created_by, Person()).name, page.format(token=token))


def _message(job: Claimed, row: Row[Any], inviter: str | None, link: str) -> Message:
    space = one_line(row.space_name or "")
    subject = f"{one_line(inviter or 'Somebody')} invites you to “{space}”"
    words = [f"{subject} as {row.role}."]
    if row.message:
        words.append("\n".join(f"> {line}" for line in row.message.splitlines()))
    words.append(f"To accept or decline, follow this link until {row.expires_at:%Y-%m-%d %H:%M} UTC:\n\n{link}")
    words.append("If you do not know what this is about, you need do nothing.")
    return Message(
        id=job.id.hex, kind="invitation", to=row.email, subject=subject, text="\n\n".join(words) + "\n", link=link
    )
