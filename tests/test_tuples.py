"""Named tuples that are made quickly: what a class statement gives is what `typing` gives."""

from __future__ import annotations

import pickle
import re
import typing
from pathlib import Path

import pytest

import clientfolder
from clientfolder.tuples import NamedTuple


class Quick(NamedTuple):
    """Two fields, one of them with a default, and what else a class may have."""

    name: str
    days: int = 3

    @property
    def twice(self) -> int:
        return 2 * self.days

    @classmethod
    def of(cls, name: str) -> Quick:
        return cls(name)

    def __str__(self) -> str:
        return f"{self.name} in {self.days} days"


class Slow(typing.NamedTuple):
    """Two fields, one of them with a default, and what else a class may have."""

    name: str
    days: int = 3

    @property
    def twice(self) -> int:
        return 2 * self.days

    @classmethod
    def of(cls, name: str) -> Slow:
        return cls(name)

    def __str__(self) -> str:
        return f"{self.name} in {self.days} days"


def test_it_has_the_fields_and_the_defaults_of_the_standard_one() -> None:
    assert (Quick._fields, Quick._field_defaults) == (Slow._fields, Slow._field_defaults)
    assert (Quick.__name__, Quick.__module__, Quick.__doc__) == ("Quick", __name__, Slow.__doc__)
    assert Quick.__annotations__ == {"name": "str", "days": "int"}
    assert Quick.__match_args__ == Slow.__match_args__


def test_a_value_is_a_tuple_with_names() -> None:
    value = Quick("anna", days=4)
    assert value == ("anna", 4) == Slow("anna", 4)
    assert repr(value) == "Quick(name='anna', days=4)"
    assert value._replace(days=5) == Quick("anna", 5)
    assert value._asdict() == {"name": "anna", "days": 4}
    assert hash(value) == hash(("anna", 4))
    assert pickle.loads(pickle.dumps(value)) == value


def test_methods_properties_and_class_methods_are_kept() -> None:
    assert (Quick.of("anna").twice, str(Quick.of("anna"))) == (6, str(Slow.of("anna")))


@pytest.mark.parametrize("given", [(), ("anna", 1, 2)], ids=["too few", "too many"])
def test_too_few_or_too_many_values_are_refused(given: tuple[object, ...]) -> None:
    for form in (Quick, Slow):
        with pytest.raises(TypeError):
            form(*given)  # type: ignore[call-arg,arg-type]


def test_a_name_that_is_no_field_is_refused() -> None:
    for form in (Quick, Slow):
        with pytest.raises(TypeError):
            form("anna", weeks=2)  # type: ignore[call-arg]
        with pytest.raises(ValueError, match="weeks"):
            form("anna")._replace(weeks=2)  # type: ignore[call-arg]


def test_every_module_makes_its_tuples_quickly() -> None:
    package = Path(clientfolder.__file__).parent
    slow = [
        path.name for path in package.rglob("*.py") if re.search(r"^from typing .*\bNamedTuple", path.read_text(), re.M)
    ]
    assert slow == []
