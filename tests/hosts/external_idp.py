"""No users of its own: an OpenID provider issues the tokens, and its published keys verify them."""

import os
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

# --8<-- [start:imports]
from fastapi_todo_kit import Host, TodoKitSettings, todo_router

# --8<-- [end:imports]

ISSUER = os.environ.get("OIDC_ISSUER", "https://example.eu.auth0.com/")
AUDIENCE = os.environ.get("OIDC_AUDIENCE", "https://api.example.com")

app = FastAPI()
keys = jwt.PyJWKClient(f"{ISSUER}.well-known/jwks.json", timeout=5)
bearer = HTTPBearer()


def get_claims(token: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> dict[str, Any]:
    """Return the claims of a valid token. A plain function, because fetching the keys blocks."""
    try:
        key = keys.get_signing_key_from_jwt(token.credentials)
        return jwt.decode(
            token.credentials,
            key,
            algorithms=["RS256"],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": ["exp", "iat", "sub"]},
        )
    except jwt.PyJWKClientConnectionError:
        raise HTTPException(503, "The identity provider cannot be reached", {"Retry-After": "10"}) from None
    except jwt.PyJWTError:
        raise HTTPException(401, "Invalid token", {"WWW-Authenticate": 'Bearer error="invalid_token"'}) from None


@app.get("/whoami")
def whoami(claims: Annotated[dict[str, Any], Depends(get_claims)]) -> dict[str, Any]:
    return {"sub": claims["sub"], "zoneinfo": claims.get("zoneinfo")}


# --8<-- [start:mount]
host = Host(
    current_user=get_claims, user_id=lambda claims: claims["sub"], time_zone=lambda claims: claims.get("zoneinfo")
)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
# --8<-- [end:mount]
