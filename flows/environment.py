"""The environment of Prefect's processes. Imports nothing of Prefect, which reads it at import."""

from pathlib import Path

from db.settings import env

HEARTBEAT_SECONDS = 30


def prefect_environment(port: int, home: Path) -> dict[str, str]:
    """What Prefect's server, the processes that run the flows and each run share. Makes `home`."""
    own_tmp = home.absolute() / "tmp"
    own_tmp.mkdir(parents=True, exist_ok=True)
    database = env().prefect_database_url.replace("postgresql://", "postgresql+asyncpg://", 1)
    kept = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": database} if database else {}
    return kept | {
        "TMPDIR": str(own_tmp),  # the runner keeps a folder in it, which another account could own in /tmp
        "PREFECT_HOME": str(home.absolute()),
        "PREFECT_API_URL": f"http://{env().prefect_host}:{port}/api",
        "PREFECT_PROFILES_PATH": str(home.absolute() / "profiles.toml"),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",  # the newer screen calls an outside host
        "DO_NOT_TRACK": "1",
    }
