import os

from fastapi_todo_kit import jwt_user

user = jwt_user(
    issuer="https://abcdefghijklmnopqrst.supabase.co/auth/v1",
    audience="authenticated",
    secret=os.environ["SUPABASE_JWT_SECRET"],
)
