from fastapi_todo_kit import jwt_user

user = jwt_user(issuer="https://example.eu.auth0.com/", audience="https://api.example.com")
