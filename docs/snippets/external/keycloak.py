from fastapi_todo_kit import jwt_user

user = jwt_user(
    issuer="https://sso.example.com/realms/example",
    audience="todo-api",
    required_claims={"typ": "Bearer"},
)
