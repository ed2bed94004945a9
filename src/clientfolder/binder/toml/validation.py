"""Validation of odd values: pydantic holds what a file says against the types of `dossier`.

It is asked only about a file in which something is not of the plain expected type, and imported then.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, get_args, get_type_hints

from pydantic import Field, InstanceOf, TypeAdapter, ValidationError

from clientfolder.dates.calendar import Month
from clientfolder.dossier.amounts import Amount
from clientfolder.dossier.types import Rating

# Python's own equality would take true for 1.
_RATINGS = get_args(Rating)
_RATING = Annotated[int, Field(ge=_RATINGS[0], le=_RATINGS[-1])]
_FROM_TO = f"from {_RATINGS[0]} to {_RATINGS[-1]}"
_WORDS = {
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "date_type": "a day such as 2026-07-05",
    "time_type": 'a time such as "14:30"',
    "mapping_type": 'a table, each of its values on a line such as answers.interest = "new logo"',
    "is_instance_of": "an amount such as 2500 or 2500.50",
    "tuple_type": "a list of texts in quotes",
    "int_type": f"a whole number {_FROM_TO}",
    "greater_than_equal": f"a whole number {_FROM_TO}",
    "less_than_equal": f"a whole number {_FROM_TO}",
}


@cache
def _adapter(form: type, field: str) -> TypeAdapter[Any]:
    # A month or an amount that was written as a list of numbers is none.
    own = {"Month": InstanceOf[Month], "Amount": InstanceOf[Amount], "Rating": _RATING}
    return TypeAdapter(get_type_hints(form, localns=own, include_extras=True)[field])


def misfits(form: type, fields: Mapping[str, Any]) -> dict[str, str]:
    """The fields whose value the form does not allow, each with what it should have been."""
    found = {}
    for name, value in fields.items():
        try:
            _adapter(form, name).validate_python(value, strict=True)
        except ValidationError as error:
            said = error.errors()[0]
            found[name] = _WORDS.get(said["type"], said["msg"].removeprefix("Input should be "))
            if len(said["loc"]) > 0 and name in ("tags", "not_on"):
                found[name] = "a list of texts in quotes"
    return found
