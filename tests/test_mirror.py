"""Every module has its tests where one looks for them: `a/b.py` in `tests/a/test_b.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

import clientfolder

SOURCE, TESTS = Path(clientfolder.__file__).parent, Path(__file__).parent


# What is tested elsewhere, with the reason; no more than MOST.
MOST = 15
ELSEWHERE = {
    "binder/index/search_key.py": "binder/index/test_lookup.py: what it holds is what is found",
    "dossier/sheet.py": "cli/pages/test_dossier.py: the sheets of the example folder",
    "binder/index/codec.py": "binder/index/test_index.py: what is encoded is read back through the index",
    "binder/toml/misspelt.py": "test_gallery.py: its messages, each beside the text that it is about",
    "dates/grammar.py": "dates/test_phrases.py: every row of the tables, through the reading of whole phrases",
    "dates/mending.py": "dates/test_phrases.py: the lines that would work, with the phrases that they are for",
    "doctor/finding.py": "types alone",
    "review/planned.py": "review/test_review.py: its tables of cases need one dossier for all three",
    "review/promises.py": "review/test_review.py: its tables of cases need one dossier for all three",
    "review/weekly.py": "review/test_review.py: its tables of cases need one dossier for all three",
    "settings/values.py": "test_settings.py: each reader through the row of the table that it is of",
    "tickler/absence.py": "cli/commands/test_spread.py: an absence is a plan, and a plan is read on its page",
    "tickler/acts.py": "cli/commands/test_acting.py: an act is a Change, and is seen in the file",
}
# What every command is held to, whatever it does; a row of the table is tried by it without another line.
OF_ALL_COMMANDS = {"cli/contract.py"}


def modules() -> list[str]:
    paths = (path.relative_to(SOURCE) for path in SOURCE.rglob("*.py") if not path.name.startswith("__"))
    return sorted(path.as_posix() for path in paths)


def has_tests(module: str) -> bool:
    return (TESTS / module).with_name(f"test_{Path(module).name}").exists()


@pytest.mark.parametrize("module", modules())
def test_a_module_has_tests_of_its_own(module: str) -> None:
    assert has_tests(module) != (module in ELSEWHERE)


def test_what_is_tested_elsewhere_is_there_and_little() -> None:
    assert ELSEWHERE.keys() <= {*modules()}
    assert len(ELSEWHERE) <= MOST


def test_tests_below_a_package_are_of_one_of_its_modules() -> None:
    below = (path.relative_to(TESTS) for path in TESTS.rglob("test_*.py") if path.parent != TESTS)
    named = {path.with_name(path.name.removeprefix("test_")).as_posix() for path in below}
    assert named - OF_ALL_COMMANDS <= {*modules()}
