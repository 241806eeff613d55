"""`relogement doctor`: what is wrong and how to mend it, in sentences."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from cases import journal
from cases.reference import is_demonstration
from db.engine import reading
from db.settings import env
from db.upgrade import is_current
from ui_streamlit import clock_status

LEAST_FREE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    good: bool
    subject: str
    sentence: str


def examine() -> list[Finding]:
    """Each check in order; those that need the database stop at the first that fails."""
    findings = [_python(), _disk()]
    for check in (_tables, _journal, _last_run):
        try:
            findings.append(check())
        except (SQLAlchemyError, OSError) as error:
            reason = str(error).splitlines()[0]
            findings.append(
                Finding(False, "Base", f"inaccessible ({reason}). Vérifiez RELOGEMENT_DATABASE_URL.")
            )
            break
        if not findings[-1].good and check is _tables:
            break
    return [*findings, *_clock()]


def _python() -> Finding:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Finding(sys.version_info >= (3, 11), "Python", f"version {version} (3.11 ou plus récent attendu).")


def _disk() -> Finding:
    env().var.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(env().var).free
    advice = "" if free > LEAST_FREE_BYTES else " Libérez de la place."
    return Finding(free > LEAST_FREE_BYTES, "Disque", f"{free // 1_000_000} Mo libres.{advice}")


def _tables() -> Finding:
    if not is_current(env().database()):
        return Finding(
            False,
            "Base",
            "absente ou d’une version antérieure. Lancez « relogement demo » ou « relogement serve ».",
        )
    kind = "de démonstration" if is_demonstration() else "réelle"
    return Finding(True, "Base", f"à jour, {kind}.")


def _journal() -> Finding:
    with reading() as connection:
        count, fault = journal.verify(connection)
    if fault is None:
        return Finding(True, "Journal", f"intact, {count} lignes.")
    return Finding(
        False,
        "Journal",
        f"rompu à la ligne {fault.number} : {fault.sentence} Reprenez la dernière copie saine.",
    )


def _last_run() -> Finding:
    with reading() as connection:
        last = connection.execute(
            sa.text("SELECT max(ended_at) FROM clock_run WHERE good AND flow = 'daily'")
        ).scalar()
    if last is None:
        return Finding(False, "Rappels", "aucun passage du matin enregistré. Lancez « relogement daily ».")
    text = str(last)[:16]
    return Finding(True, "Rappels", f"dernier passage le {text} (UTC).")


def _clock() -> Iterator[Finding]:
    status = clock_status.status()
    advice = "" if status.alive else " Lancez « relogement serve »."
    yield Finding(status.alive, "Horloge", f"{status.message}{advice}")
