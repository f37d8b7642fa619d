import uuid
from datetime import UTC, datetime, timedelta

import jwt
from pwdlib import PasswordHash

from .config import settings

ALGORITHM = "HS256"

password_hash = PasswordHash.recommended()


def create_access_token(subject: uuid.UUID) -> str:
    expires = datetime.now(UTC) + timedelta(minutes=settings.access_token_minutes)
    return jwt.encode({"exp": expires, "sub": str(subject)}, settings.secret_key, ALGORITHM)
