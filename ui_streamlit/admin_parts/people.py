"""Accounts and organisations: who may sign in, with which role, and who stands in for whom."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from cases.actor import Actor
from cases.commands import Outcome
from cases.desk import hash_password
from cases.labels import ROLES
from db.queries.admin import AccountLine, BodyLine
from ui_streamlit.command_form import command_form
from ui_streamlit.session import recall, remember
from ui_streamlit.widgets.action_bar import Action, action_bar
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, Row, case_table
from ui_streamlit.widgets.dates import figures as day_figures
from ui_streamlit.widgets.headings import section, small_print

BODY_KINDS = {
    "mel": "Métropole",
    "state": "État",
    "landlord_union": "Union de bailleurs",
    "landlord": "Bailleur social",
    "commune": "Commune",
    "ccas": "CCAS",
    "association": "Association",
    "action_logement": "Action Logement",
    "department": "Département",
}
SHORTEST = 12
ACTIONS = (
    Action("create_account", "Créer un compte"),
    Action("update_account", "Modifier un compte"),
    Action("password", "Changer un mot de passe"),
)


def accounts_section(actor: Actor, accounts: Sequence[AccountLine], today: date) -> None:
    st.html(
        section(
            "Comptes", count=len(accounts), hint="Un compte fermé garde son histoire et n’ouvre plus rien."
        )
    )
    pressed = action_bar(ACTIONS, key="accounts")
    if pressed:
        remember("accounts", None if recall("accounts") == pressed else pressed)
    _form(actor, recall("accounts"), {line.id: f"{line.name} – {line.body}" for line in accounts})
    wanted = st.text_input("Chercher un compte", placeholder="nom, organisme ou rôle", key="accounts-search")
    found = [line for line in accounts if wanted.lower() in _words(line)]
    st.html(case_table([_account_row(line, today) for line in found], ACCOUNT_COLUMNS, caption="Comptes"))
    if not found:
        st.html(small_print("Aucun compte ne correspond."))


ACCOUNT_COLUMNS = (
    Column("name", "Nom", second="id"),
    Column("role", "Rôle", second="body"),
    Column("email", "Courriel"),
    Column("state", "État", second="absence"),
)


def _words(line: AccountLine) -> str:
    return f"{line.name} {line.id} {line.body} {ROLES[line.role]} {line.email}".lower()


def _account_row(line: AccountLine, today: date) -> Row:
    state = Badge("actif", "success") if line.active else Badge("fermé", "neutral", "ban")
    marks = [state]
    if line.active and not line.has_password:
        marks.append(Badge("sans mot de passe", "warning", "lock"))
    if line.is_lead:
        marks.append(Badge("responsable", "info", "users"))
    return {
        "name": line.name,
        "id": line.id,
        "role": ROLES[line.role] + (f" (ICI {line.ici})" if line.ici else ""),
        "body": line.body,
        "email": line.email,
        "state": marks,
        "absence": _absence(line, today),
    }


def _absence(line: AccountLine, today: date) -> str:
    if line.absent_from is None or (line.absent_until is not None and line.absent_until < today):
        return ""
    until = f" au {day_figures(line.absent_until)}" if line.absent_until else ""
    deputy = f", suppléance : {line.deputy}" if line.deputy else ", sans suppléance"
    return f"Absence du {day_figures(line.absent_from)}{until}{deputy}"


def _form(actor: Actor, kind: str | None, names: dict[str, str]) -> None:
    if kind is None:
        return
    done = {"create_account": _create, "update_account": _update, "password": _password}[kind](actor, names)
    if done is not None:
        remember("accounts", None)
        st.rerun()


def _create(actor: Actor, _: dict[str, str]) -> Outcome | None:
    hashed = _typed_password("account-new-password")
    return command_form(
        "create_account",
        None,
        key="account-new",
        actor=actor,
        hide=("password_hash", "occurred_on"),
        defaults={"password_hash": hashed},
    )


def _update(actor: Actor, names: dict[str, str]) -> Outcome | None:
    account = _which("Compte", names, "update-account")
    if not account:
        return None
    deputy = _which("Suppléant pendant l’absence", names, f"update-deputy-{account}")
    return command_form(
        "update_account",
        None,
        key=f"account-update-{account}",
        actor=actor,
        hide=("account_id", "deputy_id", "password_hash", "occurred_on"),
        defaults={"account_id": account, **({"deputy_id": deputy} if deputy else {})},
    )


def _which(label: str, names: dict[str, str], key: str) -> str | None:
    """One account among all, found by typing a part of its name."""
    return st.selectbox(
        label,
        list(names),
        format_func=lambda code: names[code],
        index=None,
        key=key,
        placeholder="Choisissez",
    )


def _password(actor: Actor, names: dict[str, str]) -> Outcome | None:
    """Only the hash leaves this page; nothing else about the account changes."""
    account = _which("Compte", names, "password-account")
    hashed = _typed_password("password-new")
    if not account or not hashed:
        return None
    return command_form(
        "update_account",
        None,
        key=f"password-{account}",
        actor=actor,
        submit="Changer le mot de passe",
        hide=("account_id", "password_hash", "occurred_on", *UNCHANGED),
        defaults={"account_id": account, "password_hash": hashed},
    )


UNCHANGED = ("active", "is_lead", "absent_from", "absent_until", "deputy_id")


def _typed_password(key: str) -> str:
    """The hash of what is typed, or "" while it is too short: the account then has no password."""
    typed = st.text_input(
        "Mot de passe provisoire",
        type="password",
        key=key,
        help=f"{SHORTEST} caractères au moins. La personne le change avec vous à sa première connexion.",
    )
    if typed and len(typed) < SHORTEST:
        st.html(
            small_print(
                f"Encore {SHORTEST - len(typed)} caractères : sans mot de passe, on ne se connecte pas."
            )
        )
    return hash_password(typed) if len(typed) >= SHORTEST else ""


def bodies_section(actor: Actor, bodies: Sequence[BodyLine], communes: dict[str, str]) -> None:
    st.html(section("Organismes", count=len(bodies)))
    if st.toggle("Créer un organisme", key="bodies-open") and command_form(
        "create_body", None, key="body-new", actor=actor, hide=("occurred_on",)
    ):
        st.rerun()
    rows = [
        {
            "name": line.name,
            "id": line.id,
            "kind": BODY_KINDS.get(line.kind, line.kind),
            "commune": communes.get(line.commune or "", ""),
            "accounts": line.accounts,
            "successor": f"devenu {line.successor}" if line.successor else "",
        }
        for line in bodies
    ]
    columns = [
        Column("name", "Organisme", second="id"),
        Column("kind", "Nature", second="successor"),
        Column("commune", "Commune"),
        Column("accounts", "Comptes actifs", "number"),
    ]
    st.html(case_table(rows, columns, caption="Organismes"))
