from fastapi_todo_kit import jwt_user

user = jwt_user(
    issuer="https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI",
    audience=None,
    required_claims={"token_use": "access", "client_id": "1example23456789"},
)
