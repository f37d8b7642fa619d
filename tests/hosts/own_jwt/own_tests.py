import uuid
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, SQLModel, delete, select

from .config import settings
from .deps import engine
from .main import app
from .models import Item, User
from .security import password_hash

API = settings.api_prefix


@pytest.fixture(scope="session", autouse=True)
def db() -> Iterator[Session]:
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        hashed = password_hash.hash(settings.first_superuser_password)
        session.add(User(email=settings.first_superuser, hashed_password=hashed, is_superuser=True))
        session.commit()
        yield session
        session.exec(delete(Item))
        session.exec(delete(User))
        session.commit()
    engine.dispose()


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="module")
def superuser_token_headers(client: TestClient) -> dict[str, str]:
    form = {"username": settings.first_superuser, "password": settings.first_superuser_password}
    token = client.post(f"{API}/login/access-token", data=form).json()["access_token"]
    return {"Authorization": f"Bearer {token}"}


def test_a_wrong_password_is_no_token(client: TestClient) -> None:
    form = {"username": settings.first_superuser, "password": "incorrect"}
    assert client.post(f"{API}/login/access-token", data=form).status_code == 400


def test_who_signs_up_can_log_in(client: TestClient) -> None:
    email = f"{uuid.uuid4().hex}@example.com"
    assert client.post(f"{API}/users/signup", json={"email": email, "password": "at least eight"}).status_code == 200
    token = client.post(f"{API}/login/access-token", data={"username": email, "password": "at least eight"}).json()
    me = client.get(f"{API}/users/me", headers={"Authorization": f"Bearer {token['access_token']}"})
    assert me.json()["email"] == email


def test_an_item_is_created_and_deleted(
    client: TestClient, superuser_token_headers: dict[str, str], db: Session
) -> None:
    created = client.post(f"{API}/items/", headers=superuser_token_headers, json={"title": "Foo"})
    assert created.status_code == 200
    item = db.exec(select(Item).where(Item.id == uuid.UUID(created.json()["id"]))).one()
    assert item.title == "Foo"
    read = client.get(f"{API}/items/", headers=superuser_token_headers)
    assert [one["title"] for one in read.json()] == ["Foo"]
    assert client.delete(f"{API}/items/{item.id}", headers=superuser_token_headers).status_code == 204


def test_a_wrong_token_is_403(client: TestClient) -> None:
    assert client.get(f"{API}/items/").status_code == 401
    assert client.get(f"{API}/items/", headers={"Authorization": "Bearer x"}).status_code == 403


def test_the_document_names_operations_by_tag() -> None:
    assert app.openapi()["paths"][f"{API}/items/"]["post"]["operationId"] == "items-create_item"
