"""Copies the users of fastapi-users into the kit's accounts, with the same ids. Run it once, while nobody writes."""

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, MetaData, create_engine, inspect, select
from sqlmodel import insert

from fastapi_todo_kit.auth.credentials.emails import email_key
from fastapi_todo_kit.auth.models import OAuthAccount, User

NOW = datetime.now(UTC)
OLD = MetaData()


def rows_of(connection: Connection, table: str) -> list[Mapping[str, Any]]:
    if not inspect(connection).has_table(table):
        return []
    OLD.reflect(connection, only=[table])
    return [dict(row) for row in connection.execute(select(OLD.tables[table])).mappings()]


def user_of(old: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": UUID(str(old["id"])),
        "email": old["email"],
        "email_key": email_key(old["email"]),
        "hashed_password": old["hashed_password"],
        "name": "",
        "time_zone": None,
        "is_active": old["is_active"],
        "is_verified": old["is_verified"],
        "is_superuser": old["is_superuser"],
        "version": 1,
        "created_at": NOW,
        "updated_at": NOW,
    }


def login_of(old: Mapping[str, Any]) -> dict[str, Any]:
    # The Google client of httpx-oauth says people/42 where the `sub` of OpenID Connect says 42.
    subject = old["account_id"].removeprefix("people/")
    login = {"provider": old["oauth_name"], "subject": subject, "email": old["account_email"]}
    return {**login, "user_id": UUID(str(old["user_id"])), "created_at": NOW}


def copy(connection: Connection) -> int:
    users = [user_of(row) for row in rows_of(connection, "user")]
    logins = [login_of(row) for row in rows_of(connection, "oauth_account")]
    keys = Counter(user["email_key"] for user in users)
    if twice := sorted(key for key, count in keys.items() if count > 1):
        sys.exit(f"These addresses have several users, who differ in upper and lower case: {', '.join(twice)}")
    for model, rows in ((User, users), (OAuthAccount, logins)):
        if rows:
            connection.execute(insert(model), rows)
    return len(users)


def main(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        print(f"{copy(connection)} users were copied")
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
