import os

from fastapi import FastAPI
from httpx_oauth.clients.github import GitHubOAuth2

from fastapi_todo_kit import Host, OAuthLogin, OpenIDLogin, TodoKitSettings, auth_router, todo_router


class VerifiedGitHub(GitHubOAuth2):
    """The client of httpx-oauth takes the primary address, verified or not; this one takes a verified one only."""

    async def get_id_email(self, token: str) -> tuple[str, str | None]:
        profile = await self.get_profile(token)
        emails = await self.get_emails(token)
        verified = (one["email"] for one in emails if one["primary"] and one["verified"])
        return str(profile["id"]), next(verified, None)


google = OpenIDLogin(
    "google",
    client_id="1234.apps.googleusercontent.com",
    client_secret=os.environ["GOOGLE_CLIENT_SECRET"],
    issuer="https://accounts.google.com",
)
github = OAuthLogin(
    VerifiedGitHub("Iv1.0123456789abcdef", os.environ["GITHUB_CLIENT_SECRET"]),
    vouches_for_email=True,
)

settings = TodoKitSettings()
host = Host(login_providers=[google, github])
app = FastAPI()
app.include_router(auth_router(settings, host), prefix="/auth")
app.include_router(todo_router(settings, host), prefix="/api")
