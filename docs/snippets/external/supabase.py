from fastapi_todo_kit import jwt_user

ISSUER = "https://abcdefghijklmnopqrst.supabase.co/auth/v1"

user = jwt_user(issuer=ISSUER, audience="authenticated", jwks_url=f"{ISSUER}/.well-known/jwks.json")
