from pathlib import Path

from pydantic import SecretStr

from fastapi_todo_kit import Auth, SigningKey, TodoKitSettings


def key(file: str) -> SigningKey:
    return SigningKey(algorithm="ES256", secret=SecretStr(Path(file).read_text("ascii")))


# The first one signs, both verify.
settings = TodoKitSettings(auth=Auth(keys=(key("new.pem"), key("old.pem"))))
