"""Each error has a code and an exit code of its own kind."""

from __future__ import annotations

from clientfolder import errors
from clientfolder.errors import Trouble


def test_every_error_has_a_code_and_an_exit_code_of_the_contract() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Trouble)]
    assert len(kinds) > 10
    assert {kind.exit for kind in kinds} == {2, 3, 4, 5, 6, 7, 130}
    assert all(kind.code.isidentifier() for kind in kinds)


def test_an_error_carries_its_data() -> None:
    trouble = errors.NoClient("Nobody", file="clients/a.toml", line=3, candidates=("anna",), repeat="cf log anna")
    assert (str(trouble), trouble.file, trouble.line, trouble.candidates, trouble.repeat) == (
        "Nobody", "clients/a.toml", 3, ("anna",), "cf log anna",
    )  # fmt: skip
