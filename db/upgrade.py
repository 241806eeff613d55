"""Bring a database to the present tables. `python -m db.upgrade` does it for the configured one."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url

from db.engine import make_engine
from db.settings import env

MIGRATIONS = Path(__file__).with_name("migrations")


def alembic_config(url: str) -> Config:
    """The same settings as `[tool.alembic]`, for use inside the process and away from the repository."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def is_current(url: str) -> bool:
    """Whether the database stands at the last migration."""
    if not _sqlite_file_exists(url):
        return False
    script = ScriptDirectory.from_config(alembic_config(url))
    engine = make_engine(url)
    try:
        with engine.connect().execution_options(reading=True) as connection:
            heads = MigrationContext.configure(connection).get_current_heads()
    finally:
        engine.dispose()
    return set(heads) == set(script.get_heads())


def upgrade(url: str) -> None:
    """Upgrade to the last migration; a few milliseconds when there is nothing to do."""
    if is_current(url):
        return
    _make_folder(url)
    command.upgrade(alembic_config(url), "head")


def _sqlite_path(url: str) -> Path | None:
    parsed = make_url(url)
    named = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
    return Path(str(parsed.database)) if named else None


def _sqlite_file_exists(url: str) -> bool:
    path = _sqlite_path(url)
    return path is None or path.exists()


def _make_folder(url: str) -> None:
    path = _sqlite_path(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)


if __name__ == "__main__":
    upgrade(env().database())
