"""`.env.example` and the class that reads the environment name the same settings, with the same defaults."""

from pathlib import Path

from db.settings import EnvSettings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
PREFIX = "RELOGEMENT_"


def test_the_example_lists_every_setting_with_its_default() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    shown = dict(line.split("=", 1) for line in lines)
    defaults = {
        PREFIX + name.upper(): _written(field.default) for name, field in EnvSettings.model_fields.items()
    }
    assert shown == defaults


def _written(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_a_postgresql_address_names_its_driver() -> None:
    settings = EnvSettings(database_url="postgresql://u:p@h/base")
    assert settings.database() == "postgresql+psycopg://u:p@h/base"
