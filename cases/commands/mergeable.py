"""Why one case cannot be absorbed by another: every reason at once, with the way round."""

from collections.abc import Iterator

from cases.reasons import Reason
from cases.step import Step
from db.rows import Row
from db.tables.merge import CaseMerge

SOURCE = "Domaine 9, cas 8"


def not_mergeable(step: Step, other: Row) -> Iterator[Reason]:
    kept = step.subject
    if other["closed_on"] is not None:
        yield Reason("merge.closed", f"{other['id']} est déjà clos : il n’y a rien à fusionner.", SOURCE)
    if other["kind"] != kept["kind"]:
        yield Reason(
            "merge.kind",
            "Une mutation et un relogement NPRU ne se fusionnent pas : gardez le relogement, et clôturez la "
            "mutation avec le motif « Orienté vers un autre dispositif ».",
            SOURCE,
        )
    if other["id"] == kept["parent_id"] or other["parent_id"] == kept["id"]:
        yield Reason(
            "merge.family", "Ces deux dossiers viennent d’une décohabitation : ils restent deux.", SOURCE
        )
    if step.get(CaseMerge, kept_id=other["id"], undone_on=None) is not None:
        yield Reason(
            "merge.chain",
            f"{other['id']} a déjà reçu un autre dossier : fusionnez plutôt celui-ci dans {other['id']}.",
            SOURCE,
        )


def too_far(step: Step, other: Row) -> Iterator[Reason]:
    """What is under way in the other case would be lost or doubled: it is the one to keep."""
    turn = f"terminez-le d’abord, ou fusionnez ce dossier dans {other['id']}."
    if other["open_offer_id"] is not None or other["accepted_offer_id"] is not None:
        yield Reason("merge.offer_open", f"{other['id']} a une proposition en cours : {turn}", SOURCE)
    if other["lease_signed_on"] or other["moved_in_on"] or other["temporary_dwelling"]:
        yield Reason("merge.housed", f"{other['id']} a déjà conduit à un relogement : {turn}", SOURCE)
    if other["course_id"] is not None:
        yield Reason(
            "merge.ici",
            f"{other['id']} est remonté à l’ICI : retirez-le de la remontée, ou fusionnez ce dossier dans "
            f"{other['id']}.",
            SOURCE,
        )
    if other["third_refusal_to_validate"] or other["third_refusal_validated_on"]:
        yield Reason(
            "merge.third_refusal",
            f"{other['id']} a un troisième refus à examiner ou validé : fusionnez ce dossier "
            f"dans {other['id']}.",
            SOURCE,
        )
