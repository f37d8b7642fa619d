import secrets
from typing import ClassVar

from sqladmin import ModelView
from sqladmin.authentication import AuthenticationBackend
from starlette.requests import Request

from .models import Member, Project

PASSWORD = "changeme"


class AdminLogin(AuthenticationBackend):
    async def login(self, request: Request) -> bool:
        form = await request.form()
        request.session["admin"] = secrets.compare_digest(str(form["password"]), PASSWORD)
        return bool(request.session["admin"])

    async def logout(self, request: Request) -> bool:
        request.session.clear()
        return True

    async def authenticate(self, request: Request) -> bool:
        return bool(request.session.get("admin"))


class MemberAdmin(ModelView, model=Member):
    column_list: ClassVar = [Member.id, Member.name]


class ProjectAdmin(ModelView, model=Project):
    column_list: ClassVar = [Project.id, Project.name]
    column_default_sort: ClassVar = [(Project.id, True)]
