"""The only reader of the environment. Each name below stands in `.env.example` with the same default."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict


class EnvSettings(BaseSettings):
    """What a machine decides, as opposed to what the territory decides (`cases/territories/mel.toml`)."""

    model_config = SettingsConfigDict(env_prefix="RELOGEMENT_", env_file=".env", extra="ignore")

    database_url: str = ""
    var: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8501
    prefect_host: str = "127.0.0.1"
    prefect_port: int = 4210
    prefect_pool: str = ""
    prefect_database_url: str = ""
    secure_cookies: bool = False
    session_hours: int = 12
    public_url: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    mail_from: str = "Relogement <ne-pas-repondre@localhost>"

    def database(self) -> str:
        """The SQLAlchemy address: PostgreSQL when one is given, else the embedded SQLite file."""
        if self.database_url:
            return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        return f"sqlite:///{(self.var / 'relogement.db').absolute()}"


@lru_cache(maxsize=1)
def env() -> EnvSettings:
    return EnvSettings()
