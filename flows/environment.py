"""The environment of Prefect's processes. Imports nothing of Prefect, which reads it at import."""

from pathlib import Path

HEARTBEAT_SECONDS = 30


def prefect_environment(port: int, home: Path) -> dict[str, str]:
    """What Prefect's server, the process that serves the flows and each run share. Makes `home`."""
    own_tmp = home.absolute() / "tmp"
    own_tmp.mkdir(parents=True, exist_ok=True)
    return {
        "TMPDIR": str(own_tmp),  # the runner keeps a folder in it, which another account could own in /tmp
        "PREFECT_HOME": str(home.absolute()),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_PROFILES_PATH": str(home.absolute() / "profiles.toml"),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",  # the newer screen calls an outside host
        "DO_NOT_TRACK": "1",
    }
