"""Whether a text names or locates somebody, however it is written: the gate of every anonymised document.

A value is sought as a run of whole words: case, accents, hyphens, spaces and points make no difference. Long
names are also sought inside a word. Nothing here guesses: only the values given are looked for (domain 6.4).
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.search_name import search_name

LONG = 6  # letters from which a name is sought inside a word too: « MmeAmrani »
SHORT = 3  # a name shorter than this is an ordinary word: sought only beside another name
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u00ad\u200b-\u200f\u2060\ufeff]|[\u0300-\u036f])*")
SHORTENED = {
    **{"av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "boul": "boulevard"},
    **{"r": "rue", "all": "allee", "pl": "place", "res": "residence", "bat": "batiment", "ch": "chemin"},
    **{"st": "saint", "ste": "sainte", "apt": "appartement", "appt": "appartement", "imp": "impasse"},
}
LINKS = {"de", "du", "des", "la", "le", "les", "l", "d", "et", "aux", "au"}
MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
NAMES, PLACES = {"last_name", "first_name"}, {"address"}


Word = tuple[str, int, int]  # folded, and from where to where it stands in the text


@dataclass(frozen=True, slots=True)
class Identifier:
    """`kind` is a code of `labels.IDENTIFIERS`; `value` as it is kept; `case_id`: whose."""

    kind: str
    value: str | date
    case_id: str


@dataclass(frozen=True, slots=True)
class Hit:
    """`start` and `end` mark the words in the text of `place`."""

    kind: str
    case_id: str
    place: str
    start: int
    end: int


def hits(texts: Mapping[str, str], identifiers: Iterable[Identifier]) -> list[Hit]:
    """Everything found, each value once in a place. `texts`: place → what is read there."""
    needles = _needles(identifiers)
    longest = max((len(needle) for needle in needles), default=0)
    inside = sorted({len(needle) for needle, who in needles.items() if _sought_inside(who, needle)})
    found: dict[tuple[str, str, str], Hit] = {}
    for place, text in texts.items():
        for needle, start, end in _matches(text, needles, longest, inside):
            who = needles[needle]
            hit = Hit(who.kind, who.case_id, place, start, end)
            found.setdefault((place, who.kind, who.case_id), hit)
    return list(found.values())


def _sought_inside(who: Identifier, needle: str) -> bool:
    return who.kind in NAMES and len(needle) >= LONG


def _matches(
    text: str, needles: Collection[str], longest: int, inside: Sequence[int]
) -> Iterator[tuple[str, int, int]]:
    words = _words(text)
    spelled_out = [(SHORTENED.get(word, word), start, end) for word, start, end in words]
    yield from _runs(words, needles, longest)
    yield from _runs(spelled_out, needles, longest)
    yield from _parts(words, needles, inside)


def _runs(words: Sequence[Word], needles: Collection[str], longest: int) -> Iterator[Word]:
    """Whole words put end to end."""
    for at, (_, start, _) in enumerate(words):
        run = ""
        for word, _, end in words[at:]:
            run += word
            if len(run) > longest:
                break
            if run in needles:
                yield run, start, end


def _parts(words: Sequence[Word], needles: Collection[str], lengths: Sequence[int]) -> Iterator[Word]:
    """Long names glued to something else."""
    for word, start, end in words:
        for length in (length for length in lengths if length < len(word)):
            for at in range(len(word) - length + 1):
                if word[at : at + length] in needles:
                    yield word[at : at + length], start, end


def _words(text: str) -> list[Word]:
    """Folded words with where they stand; invisible characters inside a word are nothing."""
    found = []
    for match in WORD.finditer(text):
        folded = _folded(match.group())
        if folded:
            found.append((folded, match.start(), match.end()))
    return found


def _folded(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    plain = "".join(char for char in composed if unicodedata.category(char) != "Cf")
    return search_name(plain).replace(" ", "")


# What is looked for: one value gives every way of writing it ----------------------------------------


def _needles(identifiers: Iterable[Identifier]) -> dict[str, Identifier]:
    found: dict[str, Identifier] = {}
    known = list(dict.fromkeys(identifiers))
    for one in known:
        for way in _ways(one):
            found.setdefault(way, one)
    for pair in _pairs(known):
        found.setdefault(str(pair.value), pair)
    return {needle: who for needle, who in found.items() if len(needle) > 1}


def _pairs(known: Sequence[Identifier]) -> Iterator[Identifier]:
    """Short names count when they stand beside the other name of the same household."""
    lasts: dict[str, list[str]] = {}
    for one in known:
        if one.kind == "last_name":
            lasts.setdefault(one.case_id, []).append(_folded(str(one.value)))
    for one in (one for one in known if one.kind == "first_name"):
        first = _folded(str(one.value))
        for last in lasts.get(one.case_id, ()):
            yield Identifier("full_name", f"{first}{last}", one.case_id)
            yield Identifier("full_name", f"{last}{first}", one.case_id)


def _ways(one: Identifier) -> set[str]:
    if isinstance(one.value, date):
        return _dates(one.value)
    if one.kind in NAMES:
        return _name(one.value)
    if one.kind in PLACES:
        return _address(one.value)
    if one.kind == "phone":
        return _phone(one.value)
    whole = _folded(one.value)
    return {whole} if len(whole) >= SHORT else set()


def _name(value: str) -> set[str]:
    words = search_name(value).split()
    parts = [word for word in words if len(word) > SHORT and word not in LINKS]
    return {way for way in ("".join(words), *parts) if len(way) >= SHORT}


def _phone(value: str) -> set[str]:
    digits = "".join(re.findall(r"\d", value))
    national = re.sub(r"^(0033|33)", "0", digits) if len(digits) > 10 else digits
    if len(national) < 8:
        return set()
    bare = national.removeprefix("0")
    return {national, bare, f"33{bare}", f"330{bare}", f"0033{bare}", f"00330{bare}"}


def _address(value: str) -> set[str]:
    """With and without its number, its short words, and what follows the first comma."""
    found = set()
    for part in {value, value.split(",", 1)[0]}:
        words = [SHORTENED.get(word, word) for word in search_name(part).split()]
        street = _street(words)
        for kept in (words, street):
            bare = [word for word in kept if word not in LINKS]
            if len(bare) > 1:
                found |= {"".join(kept), "".join(bare)}
    return {way for way in found if len(way) >= LONG}


def _street(words: Sequence[str]) -> list[str]:
    left = list(words)
    while left and (left[0].isdigit() or left[0] in {"bis", "ter", "quater"}):
        left.pop(0)
    return left


def _dates(day: date) -> set[str]:
    month = MONTHS[day.month - 1]
    short_year = f"{day.year % 100:02d}"
    figures = {f"{day:%d%m}", f"{day.day}{day.month}", f"{day.day}{day.month:02d}", f"{day:%d}{day.month}"}
    numbers = {f"{ahead}{year}" for ahead in figures for year in (str(day.year), short_year)}
    firsts = {str(day.day), f"{day:%d}", *({"1er"} if day.day == 1 else ())}
    spelled = {f"{first}{month}{year}" for first in firsts for year in (str(day.year), short_year)}
    return numbers | spelled | {f"{day:%Y%m%d}"}
