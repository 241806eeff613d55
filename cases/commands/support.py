"""Support measures: who follows the household, from when, until when, with its consent (domain 1.6, 4.1)."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, cast

from pydantic import Field

from cases.commands.fields import (
    AnyBody,
    LongText,
    Ref,
    Required,
    RequiredLong,
    SupportEnd,
    SupportKind,
    past,
)
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.rules.dates import add_months
from cases.rules.finding import Certainty, Finding
from cases.rules.support import CONVENTION, extension_setting, length_setting, support_end
from cases.step import Step
from db.rows import Row
from db.tables.people import Body
from db.tables.support import SupportMeasure

MeasureId = Annotated[int, Ref("support")]


class StartSupport(Data):
    kind: SupportKind = Field(title="Nature de l’accompagnement")
    body_id: AnyBody = Field(title="Organisme")
    worker: Required = Field(title="Intervenant (nom, contact)")
    consented_on: date | None = Field(default=None, title="Accord du ménage recueilli le")
    started_on: date = Field(title="À partir du")
    until: date | None = Field(default=None, title="Jusqu’au (vide : durée habituelle)")
    specific: bool = Field(default=False, title="Public spécifique (FSL : durée plus longue)")


class ExtendSupport(Data):
    measure_id: MeasureId = Field(title="Mesure")
    until: date | None = Field(default=None, title="Jusqu’au (vide : durée habituelle)")
    reason: RequiredLong = Field(title="Pourquoi prolonger")


class EndSupport(Data):
    measure_id: MeasureId = Field(title="Mesure")
    ended_on: date = Field(title="Fin le")
    end_reason: SupportEnd = Field(title="Motif de fin")
    detail: LongText = Field(default="", title="Précisions")


class HandOverSupport(Data):
    measure_id: MeasureId = Field(title="Mesure")
    body_id: AnyBody = Field(title="Organisme qui prend le relais")
    worker: Required = Field(title="Nouvel intervenant (nom, contact)")
    from_on: date = Field(title="À partir du")
    consented_on: date | None = Field(default=None, title="Accord du ménage recueilli le")


def usual_end(step: Step, kind: str, started_on: date, *, specific: bool) -> Finding[date]:
    """The end that the setting in force on the first day gives; unknown where a judge says it."""
    key = length_setting(kind, specific=specific)
    if key is None:
        return support_end(started_on, None, "Code civil, art. 441", "C")
    setting = step.settings.setting(key, started_on)
    certainty = cast("Certainty", "E" if setting.to_confirm else setting.certainty)
    return support_end(started_on, step.settings.int_on(key, started_on), setting.source, certainty)


def _consent(step: Step, consented_on: date | None, from_on: date) -> Iterable[Reason]:
    title = "Accord du ménage recueilli le"
    if consented_on is None:
        yield Reason(
            "support.no_consent",
            f"{title} : sans l’accord daté du ménage, l’accompagnement ne s’enregistre pas ; recueillez-le.",
            CONVENTION,
        )
        return
    yield from past(consented_on, step.today, title, "consented_on")
    if consented_on > from_on:
        yield Reason(
            "support.consent_late",
            f"{title} : l’accord du {consented_on:%d/%m/%Y} vient après le début ; corrigez une des dates.",
            CONVENTION,
        )


def _start_obstacles(step: Step, data: StartSupport) -> Iterable[Reason]:
    step.need(Body, "L’organisme", id=data.body_id)
    yield from _consent(step, data.consented_on, data.started_on)
    if data.until is None:
        yield from usual_end(step, data.kind, data.started_on, specific=data.specific).missing
    elif data.until <= data.started_on:
        yield Reason("field.until", "Jusqu’au : la fin doit venir après le début ; corrigez une des dates.")
    if step.get(SupportMeasure, case_id=step.case_id, kind=data.kind, body_id=data.body_id, ended_on=None):
        yield Reason(
            "support.running",
            "Cette mesure est déjà en cours avec cet organisme : prolongez-la ou terminez-la d’abord.",
            CONVENTION,
        )


@command(CASE, StartSupport, check=_start_obstacles, moves=False)
def start_support(step: Step, data: StartSupport) -> None:
    """The household has agreed: a named body supports it from a day to another."""
    found = usual_end(step, data.kind, data.started_on, specific=data.specific)
    doubt = " (à valider)" if found.to_validate else ""
    values = data.model_dump() | {"until": data.until or found.value}
    _insert(step, values, "" if data.until else f"Durée habituelle. Source : {found.source}{doubt}")


def _insert(step: Step, values: Row, end_source: str) -> None:
    measure_id = step.insert(SupportMeasure, case_id=step.case_id, end_source=end_source, **values)
    step.touch("support", measure_id)
    step.created["support"] = measure_id
    step.tell(
        step.lead_of(values["body_id"]),
        "news",
        f"Le suivi social du dossier {step.case_id} est confié à votre organisme à partir du "
        f"{values['started_on']:%d/%m/%Y}.",
        step.case_id,
    )


def _running(step: Step, measure_id: int) -> Row | None:
    return step.get(SupportMeasure, id=measure_id, case_id=step.case_id, ended_on=None)


NOT_RUNNING = Reason(
    "support.not_running", "Cette mesure n’est pas en cours sur ce dossier : choisissez-en une dans la liste."
)


def _latest_end(step: Step, row: Row) -> date:
    key = extension_setting(row["kind"], specific=row["specific"])
    return add_months(row["until"], step.settings.int_on(key, step.occurred_on))


def _extension_obstacles(step: Step, data: ExtendSupport) -> Iterable[Reason]:
    row = _running(step, data.measure_id)
    if row is None:
        yield NOT_RUNNING
        return
    if row["extended_on"] is not None:
        yield Reason(
            "support.extended_once",
            f"Cette mesure a déjà été prolongée le {row['extended_on']:%d/%m/%Y}, et ne l’est qu’une fois : "
            "terminez-la, puis ouvrez-en une autre avec un nouvel accord du ménage.",
            "FSL : renouvelable une fois (pratique du Nord, à valider pour la MEL)",
        )
    latest = _latest_end(step, row)
    if data.until is not None and not row["until"] < data.until <= latest:
        yield Reason(
            "field.until",
            f"Jusqu’au : choisissez une date après le {row['until']:%d/%m/%Y} et au plus tard le "
            f"{latest:%d/%m/%Y}.",
            f"Réglage {extension_setting(row['kind'], specific=row['specific'])} (à valider)",
        )


@command(CASE, ExtendSupport, check=_extension_obstacles, moves=False)
def extend_support(step: Step, data: ExtendSupport) -> None:
    """Once, with its reason: the first end is kept."""
    row = step.need(SupportMeasure, "La mesure", id=data.measure_id)
    step.update(
        SupportMeasure,
        {"id": row["id"]},
        until=data.until or _latest_end(step, row),
        extended_on=step.occurred_on,
        extended_from=row["until"],
        extension_reason=data.reason,
    )
    step.touch("support", row["id"])


def _end_obstacles(step: Step, data: EndSupport) -> Iterable[Reason]:
    row = _running(step, data.measure_id)
    if row is None:
        yield NOT_RUNNING
    elif data.ended_on < row["started_on"] and data.end_reason != "recorded_in_error":
        yield Reason(
            "field.ended_on",
            f"Fin le : la mesure n’a commencé que le {row['started_on']:%d/%m/%Y} ; corrigez la date.",
        )
    yield from past(data.ended_on, step.today, "Fin le", "ended_on")


@command(CASE, EndSupport, check=_end_obstacles, moves=False)
def end_support(step: Step, data: EndSupport) -> None:
    _end(step, data.measure_id, data.ended_on, data.end_reason, data.detail)


def _end(step: Step, measure_id: int, ended_on: date, reason: str, detail: str = "") -> None:
    step.update(SupportMeasure, {"id": measure_id}, ended_on=ended_on, end_reason=reason, end_detail=detail)
    step.touch("support", measure_id)


def _relay_obstacles(step: Step, data: HandOverSupport) -> Iterable[Reason]:
    step.need(Body, "L’organisme", id=data.body_id)
    yield from _consent(step, data.consented_on, data.from_on)
    row = _running(step, data.measure_id)
    if row is None:
        yield NOT_RUNNING
        return
    if row["body_id"] == data.body_id:
        yield Reason(
            "support.same_body", "Cet organisme suit déjà le ménage : choisissez celui qui prend le relais."
        )
    if not row["started_on"] <= data.from_on < row["until"]:
        yield Reason(
            "field.from_on",
            f"À partir du : choisissez un jour entre le {row['started_on']:%d/%m/%Y} et la fin de la mesure, "
            f"le {row['until']:%d/%m/%Y}.",
        )


@command(CASE, HandOverSupport, check=_relay_obstacles, moves=False)
def hand_over_support(step: Step, data: HandOverSupport) -> None:
    """The household moves: another body follows it from that day on, to the same end."""
    row = step.need(SupportMeasure, "La mesure", id=data.measure_id)
    _end(step, row["id"], data.from_on, "handed_over")
    kept = {name: row[name] for name in ("kind", "until", "specific")}
    values = kept | data.model_dump(exclude={"measure_id", "from_on"})
    _insert(step, values | {"started_on": data.from_on, "previous_id": row["id"]}, row["end_source"])


def end_measures(step: Step, case: Row) -> None:
    """The case stops: its measures are no longer watched here."""
    for row in step.find(SupportMeasure, case_id=case["id"], ended_on=None):
        _end(step, row["id"], step.occurred_on, "case_closed")
