"""Whose entries are new, and which dossier here is the one that comes back."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from clientfolder.errors import Refused
from clientfolder.exchange.handover.taken_back import opened
from folders import Cf

ENTRY = '[[log]]\nat = 2026-07-01\ntext = "said"\n'


@pytest.fixture
def pair(cf: Cf) -> tuple[Cf, Cf]:
    cf.write("anna", f'name = "Anna"\n[card]\nphone = "1"\n[next]\non = 2026-07-20\n{ENTRY}')
    cf.ok("handover ../there 15..31 july --who Pavel")
    return cf, replace(cf, root=cf.root.parent / "there")


def test_one_that_was_renamed_here_is_found(pair: tuple[Cf, Cf]) -> None:
    here, there = pair
    here.ok("rename anna Anna Nowak")
    there.ok("log anna new words -n fri")
    here.ok("handover --back ../there --yes")
    assert "new words" in here.text("anna-nowak")
    assert not here.path("anna").exists()


def test_one_that_was_renamed_there_is_no_second_client(pair: tuple[Cf, Cf]) -> None:
    here, there = pair
    there.ok("rename anna Anna Nowak")
    there.ok("log nowak new words -n fri")
    answer = here.ok("handover --back ../there --yes --json").data
    assert answer["stays"] == ["anna"]
    assert [path.name for path in (here.root / "clients").iterdir()] == ["anna.toml"]
    assert "new words" in here.text("anna")
    assert 'name = "Anna Nowak"' in here.text("anna")


def test_a_new_one_of_a_name_that_is_taken_gets_another(pair: tuple[Cf, Cf]) -> None:
    here, there = pair
    here.write("eva", 'name = "Eva"\n[card]\nphone = "1111111"\n[next]\non = 2026-07-20\n')
    there.ok("new Eva phone=+49 30 2222222 -n fri")
    here.ok("handover --back ../there --yes")
    assert "2222222" in here.text("eva-2")


def test_forms_and_settings_come_back_too(pair: tuple[Cf, Cf]) -> None:
    here, there = pair
    there.ok("form new visit")
    (there.root / "clientfolder.toml").write_text("capacity = 5\n")
    here.ok("handover --back ../there --yes")
    assert (here.root / "forms" / "visit.toml").exists()
    assert (here.root / "clientfolder.toml").read_text() == "capacity = 5\n"


def test_one_that_cannot_be_read_stays_out_and_is_told(pair: tuple[Cf, Cf]) -> None:
    here, there = pair
    there.write("anna", "name = \n")
    answer = here("handover --back ../there --yes")
    assert answer.exit == 1
    assert "clients/anna.toml" in answer.err
    assert here.ok("handover --json").data["out"] != []


def test_what_is_no_handover_is_refused(pair: tuple[Cf, Cf]) -> None:
    here, there = pair
    for make in (lambda: (there.root / "handover.toml").write_text("garbage"), lambda: shutil.rmtree(there.root)):
        make()
        with pytest.raises(Refused):
            opened(str(there.root))
    assert here("handover --back ../there").exit == 2
