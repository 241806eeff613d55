"""What pydantic found, in the user's words: which field, what is wrong, what to do."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from cases.reasons import Reason

SENTENCES: Mapping[str, str] = {
    "missing": "à renseigner",
    "extra_forbidden": "ce champ n’existe pas ; retirez-le",
    "string_too_long": "texte trop long ({max_length} caractères au plus)",
    "string_too_short": "texte trop court ({min_length} caractères au moins)",
    "string_type": "un texte est attendu",
    "string_pattern_mismatch": "le format n’est pas celui attendu",
    "date_from_datetime_parsing": "une date est attendue, sous la forme 2026-09-15",
    "date_parsing": "une date est attendue, sous la forme 2026-09-15",
    "date_type": "une date est attendue, sous la forme 2026-09-15",
    "int_parsing": "un nombre entier est attendu",
    "int_type": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "decimal_parsing": "un nombre est attendu, par exemple 480.50",
    "decimal_type": "un nombre est attendu, par exemple 480.50",
    "decimal_max_places": "deux décimales au plus",
    "decimal_max_digits": "nombre trop grand",
    "bool_parsing": "répondez par vrai ou faux",
    "bool_type": "répondez par vrai ou faux",
    "greater_than_equal": "la valeur doit être au moins {ge}",
    "less_than_equal": "la valeur doit être au plus {le}",
    "greater_than": "la valeur doit dépasser {gt}",
    "list_type": "une liste est attendue",
    "too_short": "indiquez au moins {min_length} élément",
    "too_long": "pas plus de {max_length} éléments",
    "enum": "choisissez parmi : {expected}",
    "literal_error": "choisissez parmi : {expected}",
}


def reasons_of(error: ValidationError, model: type[BaseModel]) -> list[Reason]:
    """One reason for each field that is wrong."""
    return [_reason(problem, model) for problem in error.errors(include_url=False, include_input=False)]


def _reason(problem: Any, model: type[BaseModel]) -> Reason:
    path = [str(part)[:60] for part in problem["loc"]]
    label = ", ".join(_labels(model, path)) or "Données"
    context = {key: str(value).replace(" or ", " ou ") for key, value in problem.get("ctx", {}).items()}
    sentence = _sentence(problem, context)
    return Reason(f"field.{'.'.join(path) or 'data'}", f"{label} : {sentence}.")


def _labels(model: type[BaseModel] | None, path: list[str]) -> Iterator[str]:
    """« Composition du ménage, nº 2, Date de naissance »: the titles along the way to the field."""
    for part in path:
        if part.isdecimal():
            yield f"nº {int(part) + 1}"
            continue
        field = model.model_fields.get(part) if model is not None else None
        yield field.title if field is not None and field.title else part
        model = _model_in(field.annotation) if field is not None else None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, alone or in a list, optional or not."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def _sentence(problem: Any, context: dict[str, str]) -> str:
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"]).rstrip(".")
    template = SENTENCES.get(problem["type"])
    return template.format_map(context) if template else "la valeur n’est pas acceptée"


@lru_cache(maxsize=64)
def _reader(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    whole: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    return TypeAdapter(whole)


def sound_part(model: type[BaseModel], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Every field of the model as far as it is typed: its value when it is sound, else its default or None.

    For what a page says while somebody types; the door judges the whole.
    """
    found = {}
    for name, field in model.model_fields.items():
        found[name] = None if field.is_required() else field.get_default(call_default_factory=True)
        if typed.get(name) is not None:
            with suppress(ValidationError):
                found[name] = _reader(model, name).validate_python(typed[name])
    return found
