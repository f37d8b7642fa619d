"""What a dependency of an application reads from the query is known, however it says so: FastAPI is asked what."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Query
from fastapi.security import APIKeyQuery
from pydantic import AliasChoices, AliasGenerator, AliasPath, BaseModel, ConfigDict, Field, Json

from fastapi_todo_kit import Host, TodoKitSettings, todo_router
from fastapi_todo_kit.errors import Unauthenticated
from tests.support import header_user, running


class Plain(BaseModel):
    name: str = ""
    names: list[str] = []
    v: str | None = Field(None, alias="v-a")


class Aliases(BaseModel):
    name: str = Field("", validation_alias="v-a")
    other: str = Field("", validation_alias=AliasChoices("v-b", AliasPath("v-c", 0)))
    third: str = Field("", validation_alias=AliasPath("names", 1))


class ByName(Aliases):
    model_config = ConfigDict(populate_by_name=True)


class ByValidatedName(Aliases):
    model_config = ConfigDict(validate_by_name=True)


class Generated(BaseModel):
    model_config = ConfigDict(alias_generator=lambda name: f"v-{name[0]}")

    about: str = ""


class GeneratedForValidation(BaseModel):
    model_config = ConfigDict(alias_generator=AliasGenerator(validation_alias=lambda name: f"v-{name[0]}"))

    about: str = ""


class Open(Plain):
    model_config = ConfigDict(extra="allow")


ANNOTATIONS: list[Any] = [
    Annotated[str, Query()],
    Annotated[str, Query(alias="v-a")],
    Annotated[str, Query(validation_alias="v-a")],
    Annotated[str, Query(alias="v-b", validation_alias="v-a")],
    Annotated[str, Query(validation_alias=AliasChoices("v-a", "v-b"))],
    Annotated[str, Query(validation_alias=AliasPath("v-a", 0))],
    Annotated[str, Query(validation_alias=AliasChoices("v-a", AliasPath("v-b", 0)))],
    Annotated[list[str], Query()],
    Annotated[list[str] | None, Query(validation_alias="v-a")],
    Annotated[set[str], Query()],
    Annotated[Sequence[str], Query()],
    Annotated[tuple[str, ...], Query()],
    Annotated[Json[list[int]], Query()],
    *(Annotated[model, Query()] for model in (Plain, Aliases, ByName, ByValidatedName)),
    *(Annotated[model, Query()] for model in (Generated, GeneratedForValidation, Open)),
]
NAMES = ("name", "names", "other", "third", "v", "v-a", "v-b", "v-c", "about")


def reads(annotation: Any) -> Callable[..., Any]:
    async def dependency(name: Any = "nothing") -> Any:
        return name

    dependency.__annotations__["name"] = annotation
    return dependency


def asking(dependency: Callable[..., Any], settings: TodoKitSettings) -> FastAPI:
    """Return an application that tells what a dependency reads, with the kit behind the same dependency."""
    app = FastAPI()
    router = todo_router(settings, Host(current_user=header_user), features={"labels"})
    app.include_router(router, prefix="/api", dependencies=[Depends(dependency)])

    @app.get("/api/read")
    async def read(found: Annotated[Any, Depends(dependency)]) -> Any:
        return found

    return app


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=str)
async def test_what_fastapi_reads_is_known_and_nothing_is_ignored(annotation: Any, sqlite_url: str) -> None:
    async with running(asking(reads(annotation), TodoKitSettings(database_url=sqlite_url))) as api:

        async def read(query: str) -> str:
            return (await api.send("GET", f"/read?{query}")).text

        nothing = await read("")
        for name in NAMES:
            once, again, twice = await read(f"{name}=1"), await read(f"{name}=2"), await read(f"{name}=1&{name}=2")
            answers = [await api.send("GET", f"/labels?{query}") for query in (f"{name}=1", f"{name}=1&{name}=2")]

            if once != nothing or twice != nothing:
                assert "unknown_parameter" not in answers[0].text + answers[1].text, (name, once, twice)
            if twice != nothing and "detail" not in twice:
                assert ("repeated_parameter" in answers[1].text) == (twice == again), (name, twice)


@pytest.mark.parametrize("annotation", ANNOTATIONS[:-1], ids=str)
async def test_what_nobody_reads_is_unknown(annotation: Any, sqlite_url: str) -> None:
    async with running(asking(reads(annotation), TodoKitSettings(database_url=sqlite_url))) as api:
        for query in ("v_a=1", "nam=1", "name[]=1", "=", "v-a.0=1"):
            told = await api.get(f"/labels?{query}", 422)
            assert told["code"] == "unknown_parameter", query
            assert told["errors"][0]["parameter"] == query.removesuffix("1").removesuffix("=")


async def test_a_model_that_takes_anything_is_given_anything(sqlite_url: str) -> None:
    async with running(asking(reads(ANNOTATIONS[-1]), TodoKitSettings(database_url=sqlite_url))) as api:
        await api.get("/labels?due_lt=2026-03-28&any=1&any=2")

        assert (await api.get("/labels?name=1&name=2", 422))["errors"][0]["code"] == "repeated_parameter"
        assert (await api.get("/labels?limit=1&limit=2", 422))["errors"][0]["code"] == "repeated_parameter"


async def test_a_key_in_the_query_is_given_once(sqlite_url: str) -> None:
    key = APIKeyQuery(name="api_key", auto_error=False)

    async def user(given: Annotated[str | None, Depends(key)]) -> str:
        if given is None:
            raise Unauthenticated
        return given

    app = FastAPI()
    app.include_router(todo_router(TodoKitSettings(database_url=sqlite_url), Host(current_user=user)), prefix="/api")
    async with running(app) as api:
        await api.get("/labels?api_key=a")
        assert (await api.get("/labels?api_key=a&api_key=b", 422))["errors"][0]["code"] == "repeated_parameter"
