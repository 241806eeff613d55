"""Lives of the demonstration: from the first day to a wanted state, through the commands of the path."""

from collections.abc import Callable
from random import Random

from relogement.demo import diagnosis, follow_up, people, searching
from relogement.demo.cast import PEOPLE
from relogement.demo.names import street_address
from relogement.demo.script import Ago, Life

CRITERIA = (
    "over_occupation",
    "under_occupation",
    "economic",
    "health_disability",
    "environment_safety",
    "waiting_time",
)
EARLY = ("left_by_themselves", "withdrawn_by_household", "moved_out_of_mel", "oriented_elsewhere")
LEADS = {person.body_id: person.id for person in PEOPLE if person.is_lead}


class Reached(Exception):  # noqa: N818  # no error: how a life says that it has arrived
    """The wanted state is reached: the life stops here."""


def _goal(life: Life, wanted: str) -> Callable[[str], None]:
    def reached(state: str) -> None:
        if state == wanted:
            raise Reached

    life.facts["wanted"] = wanted
    return reached


def transfer(life: Life, wanted: str) -> None:
    """Play a transfer until `wanted`."""
    try:
        _transfer(life, _goal(life, wanted))
    except Reached:
        return


def _transfer(life: Life, reached: Callable[[str], None]) -> None:
    rng = life.rng
    found = people.members(rng)
    violent = life.facts.get("violent", False)
    criteria = ["violence"] if violent else rng.sample(CRITERIA, rng.choice((1, 1, 2)))
    complete = life.facts["wanted"] not in {"incomplete", "not_admissible"}
    known = people.contact(rng, found[0]["first_name"], found[0]["last_name"])
    if "waiting_time" in criteria:
        known["snr_requested_on"] = Ago(rng.randint(1900, 3200))
    life.facts |= {"persons": len(found), "criteria": criteria}
    life.act(
        "refer_transfer",
        life.facts.get("referrer"),
        members=found,
        dwelling=people.dwelling(rng, life.commune, life.landlord, len(found)),
        criteria=criteria,
        evidence=[{"kind": people.EVIDENCE[code], "dated_on": Ago(rng.randint(3, 90))} for code in criteria]
        if complete
        else [],
        protected=violent,
        urgent=violent,
        service_id=life.facts["service"],
        safe_contact="Par l’association, le matin" if violent else "",
        **known,
    )
    if life.facts.get("referrer") and life.facts["wanted"] != "referred":
        life.wait(2)
        life.act("assign_case", LEADS[life.facts["service"]], account_id=life.owner)
    reached("referred")
    _admission(life, reached)
    _diagnosis(life, reached)
    searching.search_and_offers(life, reached)
    _end(life, reached, "committee")


def _admission(life: Life, reached: Callable[[str], None]) -> None:
    life.wait(4)
    life.act("check_admissibility")
    reached("admissibility_check")
    life.wait(6)
    if life.facts["wanted"] == "incomplete":
        life.act(
            "request_information", wanted="Le justificatif de la situation et le dernier avis d’échéance."
        )
        reached("incomplete")
    if life.facts["wanted"] == "not_admissible":
        life.act(
            "reject",
            reason="La situation ne correspond à aucune des sept situations : orientation vers le droit commun.",
        )
        reached("not_admissible")
    life.wait(10)
    life.act("admit")
    reached("admitted")


def rehousing(life: Life, wanted: str) -> None:
    """Play the rehousing of a household of a building to empty until `wanted`."""
    try:
        _rehousing(life, _goal(life, wanted))
    except Reached:
        return


def _rehousing(life: Life, reached: Callable[[str], None]) -> None:
    rng = life.rng
    found = people.members(rng)
    life.facts["persons"] = len(found)
    life.act(
        "identify_household",
        members=found,
        dwelling=people.dwelling(rng, life.commune, life.landlord, len(found)),
        building_id=life.facts["building"],
        **people.contact(rng, found[0]["first_name"], found[0]["last_name"]),
    )
    reached("identified")
    life.wait(15)
    life.act("inform_household", letter_sent_on=Ago(6), received_on=Ago(1))
    reached("informed")
    _diagnosis(life, reached)
    if life.facts["wanted"] == "temporarily_housed":
        life.act("start_search")
        life.wait(20)
        life.act(
            "move_temporarily",
            moved_on=Ago(0),
            dwelling=f"T{rng.randint(2, 4)}, {street_address(rng, life.commune)}",
            return_on=Ago(-rng.randint(120, 400)),
            paid_by="landlord",
            commune=life.commune,
            rent=rng.randint(380, 520),
            charges=70,
            housing_aid=rng.randint(120, 260),
            heating_included=True,
            in_qpv=False,
        )
        reached("temporarily_housed")
    searching.search_and_offers(life, reached)
    _end(life, reached, "accepted")


def _diagnosis(life: Life, reached: Callable[[str], None]) -> None:
    rng = life.rng
    life.wait(9)
    life.act("start_diagnosis")
    reached("diagnosis")
    life.wait(16)
    sheet = people.need(rng, life.facts["persons"], [life.commune, *rng.sample(life.facts["around"], 2)])
    life.facts["sheet"] = sheet
    grid = diagnosis.enriched(life, people.grid(rng), sheet)
    life.act("sign_diagnosis", grid=grid, need=sheet, agreed=True)
    diagnosis.follow(life, grid)
    reached("diagnosed")
    life.wait(6)
    life.act("validate_need")
    reached("need_validated")


def _end(life: Life, reached: Callable[[str], None], accepted: str) -> None:
    life.wait(5)
    life.act("accept_offer")
    reached(accepted)
    life.wait(14)
    if life.kind == "rehousing":
        life.act("inform_committee", life.officer, informed_on=Ago(0))
    else:
        life.act("allocate", life.officer, decision="allocation_ranked", rank=1)
    reached("allocated")
    life.wait(10)
    life.act("sign_lease", life.officer, signed_on=Ago(0))
    reached("lease_signed")
    life.wait(8)
    follow_up.move_in(life)
    reached("moved_in")
    life.act("start_follow_up")  # the same day: from the next one on the clock does it by itself
    follow_up.follow(life, 1, 28)
    if not follow_up.goes_on(life):
        reached("follow_up")
    follow_up.follow(life, 6, 152)
    reached("follow_up")
    life.wait(6)
    life.act("close_case")
    reached("closed")


def leave(life: Life, rng: Random) -> None:
    """An exit before the term."""
    life.wait(12)
    reason = rng.choice(("left_by_themselves", "maintained_in_place") if life.kind == "rehousing" else EARLY)
    life.act("close_early", reason=reason, detail="Confirmé par courrier.")
