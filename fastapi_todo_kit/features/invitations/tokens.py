"""What names an invitation: where it is, so that it is found by its key, and in a link what nobody guesses."""

import base64
import binascii
import hashlib
import hmac
import secrets
import uuid
import zlib
from dataclasses import dataclass
from typing import Final

_PREFIX: Final = "tkinv_"
_RANDOM: Final = 20
_ID: Final = 16
_CHECKSUM: Final = 4
_DIGEST: Final = 32
LONGEST: Final = 200
NOWHERE: Final = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class Token:
    """An invitation as somebody names it. Without a secret it is of use to whoever it is for, and to nobody else."""

    space_id: uuid.UUID
    invitation_id: uuid.UUID
    secret: bytes = b""

    def __str__(self) -> str:
        """Return the text: a prefix by which scanners find it, and a checksum that spares what is mistyped."""
        named = self.space_id.bytes + self.invitation_id.bytes + self.secret
        checksum = zlib.crc32(named).to_bytes(_CHECKSUM, "big")
        return _PREFIX + base64.urlsafe_b64encode(named + checksum).rstrip(b"=").decode()

    def opens(self, hashes: bytes) -> bool:
        """Say whether its secret is one of those of which these are the digests."""
        mine = digest_of(self.secret)
        known = [hashes[at : at + _DIGEST] for at in range(0, len(hashes), _DIGEST)] or [bytes(_DIGEST)]
        return any([hmac.compare_digest(mine, one) for one in known])  # noqa: C419  (all of them, whichever it is)


def digest_of(secret: bytes) -> bytes:
    """Return what is stored of a secret. Nothing slower is needed: it cannot be guessed."""
    return hashlib.sha256(secret).digest()


def new_token(space_id: uuid.UUID, invitation_id: uuid.UUID) -> Token:
    """Return a token of 160 random bits."""
    return Token(space_id, invitation_id, secrets.token_bytes(_RANDOM))


def token_of(text: str) -> Token:
    """Return the token that a text is; one of nothing, if it is none."""
    encoded = text.removeprefix(_PREFIX)
    try:
        named = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        named = b""
    named, checksum = named[:-_CHECKSUM], named[-_CHECKSUM:]
    is_whole = len(named) in {2 * _ID, 2 * _ID + _RANDOM} and zlib.crc32(named).to_bytes(_CHECKSUM, "big") == checksum
    if not is_whole or not text.startswith(_PREFIX):
        return Token(NOWHERE, NOWHERE)
    space_id, invitation_id = uuid.UUID(bytes=named[:_ID]), uuid.UUID(bytes=named[_ID : 2 * _ID])
    return Token(space_id, invitation_id, named[2 * _ID :])
