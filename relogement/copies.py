"""Copies and restore: the database's own tools behind two verbs."""

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url

from cases.reasons import refuse
from db import documents
from db.upgrade import upgrade


def backup(url: str, target: Path) -> None:
    """A whole, consistent copy, even while people work. Refuses to overwrite a file."""
    if target.exists():
        raise refuse("backup.exists", f"Le fichier {target} existe déjà : choisissez un autre nom.")
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _copy_sqlite(_present_file(parsed), target)
    else:
        _run(["pg_dump", "--format=custom", "--no-owner", "--file", str(target), _plain(parsed)])
    documents.copy_to(_beside(target))


def _beside(copy: Path) -> Path:
    """Where the contents of documents lie, beside a copy of the database."""
    return copy.with_name(f"{copy.name}.documents")


def restore(url: str, source: Path, *, replace: bool = False) -> None:
    """Put a copy back and bring it to the present tables; the present one is replaced only when asked."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _restore_sqlite(Path(str(parsed.database)), source, replace)
    else:
        clean = ["--clean", "--if-exists"] if replace else []
        _run(
            [
                "pg_restore",
                "--no-owner",
                "--exit-on-error",
                "--single-transaction",
                *clean,
                "--dbname",
                _plain(parsed),
                str(source),
            ]
        )
    documents.bring_back(_beside(source))
    upgrade(url)


def _present_file(parsed: URL) -> Path:
    path = Path(str(parsed.database))
    if not path.exists():
        raise refuse(
            "backup.missing",
            "La base n’existe pas encore : lancez « relogement demo » ou « relogement serve ».",
        )
    return path


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)


def _restore_sqlite(target: Path, source: Path, replace: bool) -> None:
    if target.exists() and not replace:
        raise refuse("restore.exists", f"La base {target.name} existe : ajoutez --replace pour la remplacer.")
    if not _is_sane_copy(source):
        raise refuse("restore.foreign", f"{source} n’est pas une copie saine de Relogement.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as present:
        origin.backup(present)  # through SQLite: open connections see the restored pages


def _is_sane_copy(source: Path) -> bool:
    with closing(sqlite3.connect(source)) as copy:
        try:
            sane = copy.execute("PRAGMA integrity_check").fetchone()[0]
            known = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal_entry'").fetchone()
        except sqlite3.DatabaseError:
            return False
    return bool(sane == "ok" and known)


def _plain(parsed: URL) -> str:
    return parsed.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(command: list[str]) -> None:
    tool = shutil.which(command[0])
    if tool is None:
        raise refuse("copies.tool", f"L’outil {command[0]} est introuvable : installez le client PostgreSQL.")
    done = subprocess.run([tool, *command[1:]], capture_output=True, text=True, check=False)  # noqa: S603  # own arguments
    if done.returncode != 0:
        raise refuse(
            "copies.failed", f"{command[0]} a échoué : {done.stderr.strip().splitlines()[-1:] or ''}"
        )
