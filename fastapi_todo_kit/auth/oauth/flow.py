"""The secrets of one login at a provider, all derived from one that stays with the client.

The client keeps it while the browser is away, so nothing is stored here, no cookie is needed, and a code that somebody
else obtained cannot be used: its state, nonce and PKCE verifier belong to another secret.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flow:
    """State (RFC 6749, section 10.12), nonce (OpenID Connect) and PKCE verifier (RFC 7636) of one login."""

    state: str
    nonce: str
    verifier: str

    def is_of(self, state: str) -> bool:
        """Whether this is the state with which the browser came back."""
        return hmac.compare_digest(self.state.encode(), state.encode())


def flow_of(secret: str, provider: str) -> Flow:
    """Return the flow that begins with a secret."""
    state, nonce, verifier = (_derived(purpose, provider, secret) for purpose in ("state", "nonce", "verifier"))
    return Flow(state, nonce, verifier)


def _derived(*parts: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256("\n".join(parts).encode()).digest()).rstrip(b"=").decode()
