from pydantic import PostgresDsn
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="HOST_", env_file=".env", extra="ignore")

    api_prefix: str = "/api/v1"
    secret_key: str = "for development only, and long enough for HS256"
    access_token_minutes: int = 60 * 24 * 8
    database_url: PostgresDsn = PostgresDsn("postgresql+psycopg://localhost/inventory")
    first_superuser: str = "admin@example.com"
    first_superuser_password: str = "changethis"


settings = Settings()
