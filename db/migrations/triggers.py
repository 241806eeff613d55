"""The triggers that make the journal append-only and the frozen lists final, on SQLite and PostgreSQL.

`env.py` calls `install()` at the end of every upgrade: a batch rebuild silently drops a table's triggers.
A migration that has to rewrite a guarded table on purpose calls `remove()` first and says why.
"""

from sqlalchemy import Connection, inspect

JOURNAL = "journal_entry"
LINK = "journal_link"
FROZEN = "frozen_list"
GUARDED = (JOURNAL, LINK, FROZEN)
ERASABLE = "details"

TRIGGERS = {
    "sqlite": (
        (JOURNAL, "journal_entry_no_delete"),
        (JOURNAL, "journal_entry_no_update"),
        (LINK, "journal_link_no_delete"),
        (LINK, "journal_link_no_update"),
        (FROZEN, "frozen_list_no_delete"),
        (FROZEN, "frozen_list_no_update"),
    ),
    "postgresql": (
        (JOURNAL, "journal_entry_append_only"),
        (JOURNAL, "journal_entry_no_truncate"),
        (LINK, "journal_link_append_only"),
        (LINK, "journal_link_no_truncate"),
        (FROZEN, "frozen_list_append_only"),
        (FROZEN, "frozen_list_no_truncate"),
    ),
}


def install(connection: Connection) -> None:
    """Create the triggers anew on the guarded tables that exist. Safe to repeat."""
    remove(connection)
    tables = set(inspect(connection).get_table_names())
    statements = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for table in GUARDED:
        if table in tables:
            for statement in statements(table, _kept_columns(connection, table)):
                connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    tables = set(inspect(connection).get_table_names())
    for table, name in TRIGGERS[connection.dialect.name]:
        if table in tables:
            suffix = "" if connection.dialect.name == "sqlite" else f" ON {table}"
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def present(connection: Connection) -> set[str]:
    """The names of the triggers that the database really has on the guarded tables."""
    if connection.dialect.name == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return set(connection.exec_driver_sql(sql).scalars())


def _kept_columns(connection: Connection, table: str) -> list[str]:
    return [c["name"] for c in inspect(connection).get_columns(table) if c["name"] != ERASABLE]


def _untouched(table: str, kept: list[str], same: str) -> str:
    """SQL that is true for the one UPDATE allowed: `details` emptied, everything else unchanged."""
    if table != JOURNAL:
        return "FALSE"
    erased = f"OLD.{ERASABLE} IS NOT NULL AND NEW.{ERASABLE} IS NULL"
    return " AND ".join([erased, *(f"NEW.{name} {same} OLD.{name}" for name in kept)])


def _sqlite(table: str, kept: list[str]) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{table} is append-only')"
    allowed = _untouched(table, kept, "IS")
    return [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({allowed}) BEGIN {refuse}; END",
    ]


def _postgresql(table: str, kept: list[str]) -> list[str]:
    allowed = _untouched(table, kept, "IS NOT DISTINCT FROM")
    return [
        f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF {allowed} THEN RETURN NEW; END IF;
            END IF;
            RAISE EXCEPTION '{table} is append-only';
        END $$""",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
