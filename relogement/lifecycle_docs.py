"""Writes docs/lifecycles/*.md from the machines, docs/glossary.md from the labels; `--check` compares.

`python -m relogement.lifecycle_docs [--check]`
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from cases import labels
from cases.machines import MACHINES, Machine
from cases.machines.base import GUARDS
from cases.reasons import Reason

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTE = "<!-- Écrit par `make docs` d’après {source} : ne pas modifier à la main. -->"
AUTOMATIC = "sans condition"


def pages() -> dict[Path, str]:
    """Every generated page with what it must say."""
    found = {DOCS / "lifecycles" / f"{name}.md": _life_cycle(machine) for name, machine in MACHINES.items()}
    found[DOCS / "glossary.md"] = _glossary()
    return found


def _life_cycle(machine: Machine) -> str:
    parts = (
        f"# {machine.title}",
        NOTE.format(source="`cases/machines/`"),
        "## États",
        _table(("État", "Code", "Nature"), _states(machine)),
        "## Passages",
        _table(("De", "Action", "Vers", "Conditions (source)"), _arrows(machine)),
        "## Schéma",
        _diagram(machine),
    )
    return "\n\n".join(parts) + "\n"


def _states(machine: Machine) -> Iterable[tuple[str, ...]]:
    for code, name in machine.states.items():
        kind = "départ" if code == machine.initial else "fin" if _is_end(machine, code) else ""
        yield name, f"`{code}`", kind


def _is_end(machine: Machine, code: str) -> bool:
    """Where a record rests: final for the library, or closed (a supervisor may reopen)."""
    return code in machine.finals or code in {"closed", "not_admissible"}


def _arrows(machine: Machine) -> Iterable[tuple[str, ...]]:
    for (state, event), arrows in machine.arrows.items():
        for arrow in arrows:
            target = "(reste)" if arrow.target == state else machine.states[arrow.target]
            conditions = "<br>".join(_condition(GUARDS[name][0]) for name in arrow.guards) or AUTOMATIC
            yield machine.states[state], f"{labels.EVENTS[event]} (`{event}`)", target, conditions


def _condition(reason: Reason) -> str:
    """The refusal that a person reads when the condition is not met, and where it comes from."""
    return f"sinon : {reason.sentence} ({reason.source})"


def _diagram(machine: Machine) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{name}" as {code}' for code, name in machine.states.items()]
    lines.append(f"    [*] --> {machine.initial}")
    for (origin, target), events in _by_ends(machine).items():
        lines.append(f"    {origin} --> {target} : {' / '.join(events)}")
    lines += [f"    {code} --> [*]" for code in machine.states if _is_end(machine, code)]
    return "\n".join([*lines, "```"])


def _by_ends(machine: Machine) -> dict[tuple[str, str], list[str]]:
    """One line for each pair of states: several actions may join them."""
    found: dict[tuple[str, str], list[str]] = {}
    for (state, event), arrows in machine.arrows.items():
        for arrow in arrows:
            found.setdefault((state, arrow.target), []).append(labels.EVENTS[event])
    return found


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


# The glossary ---------------------------------------------------------------------------------------

WORDS: Mapping[str, tuple[str, str]] = {
    "transfer": ("mutation", "Changement de logement social demandé par un locataire, bloqué ou complexe."),
    "rehousing": ("relogement", "Ménage d’un bâtiment à vider dans une opération NPRU."),
    "case": ("dossier", "Une mutation ou un relogement suivi de l’entrée à la clôture."),
    "household": ("ménage", "Les personnes qui vivent dans le logement actuel."),
    "holder": ("titulaire", "La personne dont le nom est sur le bail."),
    "referral": ("signalement", "L’entrée d’un dossier, par un service ou un partenaire."),
    "referrer": ("prescripteur", "Le service ou le partenaire qui a signalé le dossier."),
    "diagnosis": ("diagnostic social", "La grille partagée, signée, qui donne la fiche besoin."),
    "need_sheet": ("fiche besoin", "Ce que le logement cherché doit être ; chaque révision est une version."),
    "attempt": ("recherche", "Une demande faite à un bailleur, avec sa réponse ou son silence."),
    "vacancy": ("logement vacant", "Un logement à louer, déclaré par son bailleur aux recherches."),
    "reserver": ("réservataire", "Celui qui a le droit de désigner les candidats d’un logement."),
    "offer": ("proposition", "Un logement proposé par écrit."),
    "countable_offer": ("offre valable", "Proposition refusée qui compte parmi les trois."),
    "landlord": ("bailleur", "L’organisme propriétaire du logement."),
    "body": ("organisme", "Bailleur, commune, CCAS, association, État, MEL…"),
    "committee": ("commission", "La CALEOL : elle délibère ou elle est informée, selon le réglage."),
    "blockage": ("blocage", "Ce qui arrête un dossier : un fait à côté du parcours, jamais une étape."),
    "suspension": ("suspension", "Un dossier qui attend, avec un motif et une reprise prévue."),
    "opinion": ("avis", "Une question posée à un organisme, qui n’en lit que le texte."),
    "approval": ("accord", "Ce qu’une seconde personne donne pour qu’une action se fasse."),
    "document": ("document", "Un fichier joint à un dossier, lu selon son type."),
    "escalation": ("remontée", "Un point porté devant l’ICI, pour un dossier, un profil ou un secteur."),
    "ici": ("ICI", "Instance de coordination intercommunale ; il y en a trois."),
    "ici_session": ("séance", "Une réunion semestrielle d’une ICI."),
    "ici_course": ("parcours ICI", "Où en est un dossier remonté, à côté de son étape."),
    "frozen_list": ("liste arrêtée", "Les remontées d’une séance à sa date limite ; elle ne change plus."),
    "objectification": ("objectivation", "Le constat et la proposition des co-pilotes avant la séance."),
    "decision": ("décision", "Ce que la séance a acté, avec qui doit agir et avant quand."),
    "obligation": ("engagement", "Ce qu’un organisme doit faire d’après une décision."),
    "deadline": ("échéance", "Une date qui découle des faits, avec son explication."),
    "notice": ("avis", "Une information ou un rappel adressé à une personne."),
    "handover": ("passation", "Un dossier proposé à un autre suivi ; l’envoyeur répond jusqu’à l’accord."),
    "right_to_stay": (
        "droit au maintien",
        "Perdu six mois après la réception de la troisième offre valable refusée, une fois validée.",
    ),
    "split": ("décohabitation", "Un ménage qui devient deux, avec un dossier chacun."),
    "protected": ("dossier protégé", "Ouvert aux seules personnes nommées (violences)."),
    "operation": ("opération", "Démolition ou requalification d’un site NPRU."),
    "follow_up": ("suivi", "Les contacts à un, six et douze mois après l’entrée dans le logement."),
    "journal": ("journal", "Une ligne par action acceptée ; rien ne s’y efface sans trace."),
}


def _glossary() -> str:
    words = ((f"`{code}`", word, meaning) for code, (word, meaning) in sorted(WORDS.items()))
    lists = {
        "Rôles": labels.ROLES,
        "Actions": labels.COMMANDS,
        "Échéances": labels.DEADLINES,
        "Blocages": labels.BLOCKAGES,
        "Motifs de clôture": labels.CLOSURES,
        "Motifs de refus": labels.REFUSALS,
        "Décisions de l’ICI": labels.DECISIONS,
        "Décisions de la commission": labels.COMMITTEE,
    }
    parts = [
        "# Glossaire : un mot pour une chose",
        NOTE.format(source="`relogement/lifecycle_docs.py` et `cases/labels/`"),
        "Le code dit le mot anglais ; tout ce que lisent les personnes dit le mot français.",
        _table(("Code", "À l’écran", "Sens"), words),
    ]
    for title, entries in lists.items():
        parts += [f"## {title}", _table(("Code", "À l’écran"), ((f"`{k}`", v) for k, v in entries.items()))]
    return "\n\n".join(parts) + "\n"


def stale() -> list[Path]:
    """The pages that do not say what the code says."""
    return [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]


def write() -> list[Path]:
    """Rewrite what is stale; which pages changed."""
    changed = stale()
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages()[path], "utf-8")
    return changed


def main(arguments: list[str]) -> int:
    checking = "--check" in arguments
    paths = stale() if checking else write()
    for path in paths:
        said = "n’est plus à jour : lancez `make docs`" if checking else "réécrit"
        sys.stderr.write(f"{path.relative_to(DOCS.parent)} {said}\n")
    return 1 if checking and paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
