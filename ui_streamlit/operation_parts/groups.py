"""Grouped solutions of an operation, and what its moves cost: two tables."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from cases.labels.operation import COSTS, PAYERS
from db.queries.operation_groups import CostLine, GroupLine
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.deadline_card import deadline_badge
from ui_streamlit.widgets.headings import section

EACH = "Chaque ménage accepte, ou choisit une solution individuelle : ce n’est jamais un refus d’offre."


def groups_table(lines: Sequence[GroupLine], today: date) -> Markup:
    if not lines:
        return Markup()
    rows = [
        {
            "name": line.name,
            "where": f"{line.address}, {line.commune} · {line.landlord}",
            "dwellings": line.dwellings,
            "joined": line.joined,
            "declined": line.declined,
            "waiting": line.waiting,
            "due": Badge("annulée", "neutral", "ban") if line.annulled_reason else line.answer_due_on,
            "late": deadline_badge(line.answer_due_on, today) if line.waiting else line.annulled_reason,
        }
        for line in lines
    ]
    columns = [
        Column("name", "Solution groupée", second="where"),
        Column("dwellings", "Logements", "number"),
        Column("joined", "Rejoignent", "number"),
        Column("declined", "Individuel", "number"),
        Column("waiting", "En attente", "number"),
        Column("due", "Réponses avant le", second="late"),
    ]
    table = case_table(rows, columns, caption="Solutions groupées")
    return section("Solutions groupées", count=len(lines), hint=EACH) + _wrapped(table)


def costs_table(lines: Sequence[CostLine]) -> Markup:
    if not lines:
        return Markup()
    rows = [
        {
            "kind": COSTS[line.kind],
            "paid_by": PAYERS[line.paid_by],
            "count": line.count,
            "amount": Decimal(line.amount),
        }
        for line in lines
    ]
    columns = [
        Column("kind", "Nature"),
        Column("paid_by", "Payé par"),
        Column("count", "Dépenses", "number"),
        Column("amount", "Montant (€)", "number"),
    ]
    total = sum((Decimal(line.amount) for line in lines), Decimal(0))
    rows.append({"kind": "Total", "paid_by": "", "count": sum(line.count for line in lines), "amount": total})
    table = case_table(rows, columns, caption="Déménagements et travaux")
    return section("Déménagements et travaux") + table


def _wrapped(table: Markup) -> Markup:
    return Markup('<div class="rl-wrap">{}</div>').format(table)
