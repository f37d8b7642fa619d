from fastapi_todo_kit.auth.external.access import jwt_user

user = jwt_user(issuer="https://example.eu.auth0.com/", audience="https://api.example.com")
