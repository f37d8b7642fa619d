from fastapi_todo_kit import jwt_user

TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee"
CLIENT = "00001111-aaaa-2222-bbbb-3333cccc4444"

user = jwt_user(
    issuer=f"https://login.microsoftonline.com/{TENANT}/v2.0",
    audience=[CLIENT, f"api://{CLIENT}"],
    user_id="oid",
)
