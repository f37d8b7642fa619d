from fastapi_todo_kit import jwt_user

ORIGIN = "https://ep-example-123456.neonauth.us-east-2.aws.neon.tech"

user = jwt_user(issuer=ORIGIN, audience=ORIGIN, jwks_url=f"{ORIGIN}/neondb/auth/.well-known/jwks.json")
