"""The papers of a session: what they must say, and the head of the journal on each."""

from datetime import date

from templates import ici as papers

HEADING = papers.Heading("ICI-A-2026-1", "ICI A – Nord-Est", date(2026, 9, 15), "Hôtel de la MEL")
HEAD = "a" * 64
DECIDED = papers.Decided(
    "ICI-A/2026-1/01", "E-26-0001", "T5 <introuvables>", "Un organisme doit proposer avant une date",
    "M-26-00001", "Proposer un T5.", ["Vilogia : avant le 15/03/2027 (attendue)"],
    "Actée collectivement : accord de 12 présents.",
)  # fmt: skip
LESSON = papers.Lesson("Visites groupées", "Bonne pratique · Vilogia", "Trois acceptations.")


def test_the_record_says_who_sat_what_was_decided_and_its_proof() -> None:
    known = {
        "present": ["Mme Delattre (MEL)"],
        "excused": ["M. Caron (LMH)"],
        "guests": "ADIL",
        "told": [LESSON],
    }
    page = papers.minutes(
        HEADING, decisions=[DECIDED], validated_on=date(2026, 9, 22), journal_head=HEAD, **known
    )
    said = {"15/09/2026", "Mme Delattre (MEL)", "M. Caron (LMH)", "ADIL", "ICI-A/2026-1/01", HEAD}
    said |= {"accord de 12 présents", "avant le 15/03/2027", "Visites groupées", "22/09/2026"}
    assert {words for words in said if words not in page} == set()
    assert "T5 &lt;introuvables&gt;" in page, "a title is text, never markup"
    draft = papers.minutes(HEADING, decisions=[], validated_on=None, journal_head="", **known)
    assert "Projet : le relevé n’est pas validé." in draft
    assert "Aucune décision." in draft


def test_an_excerpt_is_addressed_and_says_what_is_expected() -> None:
    page = papers.excerpt(HEADING, body="Vilogia", decisions=[DECIDED], journal_head=HEAD)
    assert "Destinataire</dt><dd>Vilogia" in page
    assert "Enregistrez l’exécution, ou le motif écrit" in page
    assert HEAD in page


def test_a_frozen_list_bears_its_digest_and_the_head_of_the_journal() -> None:
    line = papers.Listed("E-26-0001", "T5", "Typologie manquante", "M-26-00001", "Dans les délais")
    page = papers.frozen_list(
        HEADING, title="Additif n° 1", frozen="Figée le 21/07.", lines=[line], whole=False, digest="d" * 64,
        journal_head=HEAD,
    )  # fmt: skip
    assert all(words in page for words in ("Additif n° 1", "d" * 64, HEAD, "lignes de votre organisme"))


def test_the_consolidation_prints_only_what_it_is_given() -> None:
    grid = papers.Grid("Décisions", "Nature", ["ICI A", "Total"], [("Dérogation", ["masqué", "12"])])
    empty = papers.Grid("Exécution", "Résultat", [], [])
    page = papers.consolidation(period="2026", tables=[grid, empty], told=[LESSON], threshold=5)
    assert "<td>masqué</td><td>12</td>" in page
    assert "Exécution" not in page
    assert "Les effectifs sous 5" in page
