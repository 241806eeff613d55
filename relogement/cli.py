"""The command line: `relogement --help`. Each verb is a few lines; what it does lies beside."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import orjson
import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from cases import clock, clockwork, journal, outbox, present
from cases.command import as_json
from cases.commands import admissibility as _commands  # noqa: F401  # registers every command
from cases.people import actor_named
from cases.reasons import Refused
from db.engine import reading
from db.settings import env
from db.upgrade import upgrade

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Relogement : mutations bloquées et relogement NPRU."
)
journal_app = typer.Typer(no_args_is_help=True, help="Le journal des actions.")
app.add_typer(journal_app, name="journal")
notes = Console(stderr=True)

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="Fichier, une action par ligne.")
]
Today = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Jour du passage (aujourd’hui par défaut).")
]


def main() -> None:
    app()


def stop(sentence: str, code: int = 1) -> NoReturn:
    notes.print(sentence, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


@app.command()
def serve(port: Annotated[int | None, typer.Option(help="Port de l’application.")] = None) -> None:
    """Ouvrir l’application et son horloge (Ctrl-C pour arrêter)."""
    from relogement.demo.accounts import demo_lines  # noqa: PLC0415  # Prefect is slow to import
    from relogement.serve import run  # noqa: PLC0415

    raise typer.Exit(run(port, accounts=demo_lines))


@app.command()
def worker() -> None:
    """Prendre, sur une autre machine, sa part des passages de l’horloge (Ctrl-C pour arrêter)."""
    from relogement.worker import run  # noqa: PLC0415  # the supervisor, for this verb and `serve` only

    try:
        raise typer.Exit(run())
    except Refused as refusal:
        stop(str(refusal))


@app.command()
def demo(
    cases: Annotated[int, typer.Option(help="Nombre de dossiers vivants.")] = 400,
    seed: Annotated[int, typer.Option(help="Graine du tirage.")] = 59,
) -> None:
    """Créer une base de démonstration, si la base n’existe pas encore."""
    from relogement.demo.build import build  # noqa: PLC0415

    try:
        done = build(cases=cases, seed=seed, now=clock.now())
    except Refused as refusal:
        stop(str(refusal))
    if done is not None and done[1]:
        stop(f"{done[1]} actions refusées : la démonstration est incomplète.")


@app.command()
def apply(
    file: File,
    as_account: Annotated[str, typer.Option("--as", help="Compte au nom duquel agir.")],
    stop_on_refusal: Annotated[bool, typer.Option(help="S’arrêter au premier refus.")] = False,
) -> None:
    """Exécuter les actions d’un fichier et répondre une ligne JSON à chacune."""
    from relogement.apply import apply as run  # noqa: PLC0415

    actor = actor_named(as_account)
    if actor is None:
        stop(f"Le compte « {as_account} » n’existe pas ou n’est plus actif.", 2)
    good = True
    with file.open("rb") as stream, _progress() as progress:
        task = progress.add_task("Actions", total=None)
        for answer, fine in run(stream, actor, present.now, stop_on_refusal=stop_on_refusal):
            _say_json(answer)
            good = good and fine
            progress.advance(task)
    raise typer.Exit(0 if good else 1)


@app.command()
def rehearse(file: File) -> None:
    """Jouer un fichier daté, avec plusieurs acteurs (bases de démonstration seulement)."""
    from relogement.lines import read_lines  # noqa: PLC0415
    from relogement.rehearse import rehearse as run  # noqa: PLC0415

    good = True
    with file.open("rb") as stream, _progress() as progress:
        task = progress.add_task("Lignes", total=None)
        try:
            for played in run(read_lines(stream)):
                counts = {"counts": played.counts} if played.counts is not None else {}
                _say_json({"line": played.line.number, **as_json(played.outcome), **counts})
                good = good and played.outcome.done
                progress.advance(task)
        except Refused as refusal:
            stop(str(refusal), 2)
    raise typer.Exit(0 if good else 1)


@journal_app.command("verify")
def journal_verify() -> None:
    """Vérifier la chaîne du journal ; nommer la première ligne fautive."""
    with reading() as connection:
        count, fault = journal.verify(connection)
    if fault is not None:
        stop(f"Journal rompu à la ligne {fault.number} : {fault.sentence} ({count} lignes vérifiées avant)")
    typer.echo(f"Journal intact : {count} lignes vérifiées.")


@app.command()
def daily(today: Today = None) -> None:
    """Passage du matin : écrire les rappels dus, constater les silences, effacer les documents retirés."""
    _watch("daily", today, clockwork.every_day)


@app.command("before-ici")
def before_ici(today: Today = None) -> None:
    """Avant l’ICI : ouvrir les appels, arrêter les listes dont la date limite est passée."""
    _watch("before_ici", today, clockwork.before_ici)


@app.command("six-months")
def six_months(today: Today = None) -> None:
    """Six mois : constater les décisions non exécutées, ouvrir les suivis."""
    _watch("six_months", today, clockwork.six_months)


@app.command()
def returned(
    files: Annotated[
        list[Path] | None, typer.Argument(exists=True, dir_okay=False, help="Avis reçus (.eml).")
    ] = None,
) -> None:
    """Noter des courriels revenus : avis de non-remise, en fichiers ou sur l’entrée standard."""
    from relogement.returned import take  # noqa: PLC0415

    contents = [file.read_bytes() for file in files] if files else [sys.stdin.buffer.read()]
    taken = [take(content) for content in contents]
    for _, sentence in taken:
        typer.echo(sentence)
    raise typer.Exit(0 if all(ours for ours, _ in taken) else 1)


@app.command()
def advance(to: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Jour à atteindre.")]) -> None:
    """Avancer l’horloge d’une base de démonstration, jour par jour, avec les passages de chaque jour."""
    from relogement.rehearse import FLOWS  # noqa: PLC0415

    try:
        for day, counts in present.advance_to(to.date(), FLOWS):
            _say_json({"day": day.isoformat(), **counts})
    except Refused as refusal:
        stop(str(refusal))


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="Fichier à écrire.")]) -> None:
    """Copier la base avec l’outil de la base elle-même."""
    from relogement.copies import backup as run  # noqa: PLC0415

    try:
        run(env().database(), target)
    except Refused as refusal:
        stop(str(refusal))
    typer.echo(f"Copie écrite : {target} ({target.stat().st_size // 1024} Ko).")


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Copie à reprendre.")],
    replace: Annotated[bool, typer.Option(help="Remplacer la base présente.")] = False,
) -> None:
    """Reprendre une copie, puis vérifier le journal."""
    from relogement.copies import restore as run  # noqa: PLC0415

    try:
        run(env().database(), source, replace=replace)
    except Refused as refusal:
        stop(str(refusal))
    journal_verify()


@app.command()
def docs(check: Annotated[bool, typer.Option(help="Comparer sans écrire.")] = False) -> None:
    """Réécrire (ou vérifier) les documents tirés des machines."""
    from relogement.lifecycle_docs import main as run  # noqa: PLC0415

    raise typer.Exit(run(["--check"] if check else []))


@app.command()
def doctor() -> None:
    """Dire ce qui ne va pas et comment y remédier."""
    from relogement.doctor import examine  # noqa: PLC0415

    findings = examine()
    for finding in findings:
        typer.echo(f"{'✓' if finding.good else '✗'} {finding.subject} : {finding.sentence}")
    raise typer.Exit(0 if all(finding.good for finding in findings) else 1)


def _watch(name: str, today: datetime | None, function: clockwork.Watch) -> None:
    """At a day given, the watch sees the instant at which that day's run would have started."""
    upgrade(env().database())
    now = present.now()
    day = today.date() if today is not None else clock.day_in_paris(now)
    counts = function(day, now if today is None else clock.morning_of(day))
    outbox.record_run(name, day, now, True, counts)
    _say_json({"flow": name, "today": day.isoformat(), **counts})


def _say_json(answer: object) -> None:
    sys.stdout.buffer.write(orjson.dumps(answer, default=str) + b"\n")
    sys.stdout.flush()


def _progress() -> Progress:
    """On stderr, and only when somebody is looking."""
    return Progress(
        SpinnerColumn(), TextColumn("{task.description} : {task.completed}"), console=notes, transient=True,
        disable=not sys.stderr.isatty(),
    )  # fmt: skip
