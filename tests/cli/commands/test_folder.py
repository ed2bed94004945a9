"""The folder itself: `init demo undo redo history doctor`."""

from __future__ import annotations

import pytest

from folders import Cf
from goldens import ROLL, Golden, Rows

PAGES: Rows = {
    "doctor": ("doctor", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


@pytest.mark.parametrize(("lines", "columns"), [(24, 80), (24, 60), (40, 120)])
def test_the_desk_of_a_demo_keeps_its_head_above_the_line_that_leads_there(cf: Cf, lines: int, columns: int) -> None:
    cf.env["LINES"], cf.env["COLUMNS"] = str(lines), str(columns)
    page = cf.ok("demo ../there", terminal=True).out.splitlines()
    assert "Wed 15 July 2026" in page[0]
    assert "cd ../there" in page[-1]
    # The last line of the window is that of the prompt.
    assert len(page) < lines


def test_the_first_folder_becomes_the_default_and_is_found_from_everywhere(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").unlink()
    cf.ok("init first")
    cf.ok("init second")
    cf.ok("new Anna -n fri")
    assert (cf.root / "first" / "clients" / "anna.toml").exists()
    # What is written elsewhere says where.
    assert "second" in cf.ok("new Bert -n fri --folder second").out
    assert " in " not in cf.ok("new Carl -n fri").out.split(", in 2 days")[1]
    cf.env["CF_FOLDER"] = "second"
    assert cf.ok("list --json").data["slots"][0]["dossiers"][0]["name"] == "Bert"


def test_the_commands_that_doctor_gives_can_be_pasted(cf: Cf) -> None:
    cf.write("weird name", 'name = "File Odd"\n')
    mends = {finding["code"]: finding["mend"] for finding in cf("doctor --json").data["findings"]}
    cf.ok(mends["file_name"].removeprefix("cf "))
    assert cf.path("file-odd").exists()


def test_a_second_folder_says_where_cf_works_still_and_how_to_get_into_the_new_one(cf: Cf) -> None:
    """What is given as the next line to type would else go into the other folder."""
    (cf.root / "clientfolder.toml").unlink()
    assert "still" not in cf.ok("init first").out
    told = cf.ok("init 'my second'").out
    assert f"cf works in {cf.root / 'first'} still" in told
    assert f"cd '{cf.root / 'my second'}'" in told
    cf.env["CF_FOLDER"] = "first"
    assert f"CF_FOLDER names {cf.root / 'first'}" in cf.ok("init third").out


def test_a_default_folder_that_is_gone_is_replaced(cf: Cf) -> None:
    import shutil

    (cf.root / "clientfolder.toml").unlink()
    cf.ok("init one")
    shutil.rmtree(cf.root / "one")
    assert "cf init" in cf("list").err
    cf.ok("init two")
    cf.ok("list")


def test_undo_tells_the_load_as_it_will_be_and_no_more_than_a_few_of_many(cf: Cf) -> None:
    for number in range(30):
        cf.write(f"c{number:02}", f'name = "C{number:02}"\n[next]\non = 2026-07-15\n')
    cf.ok("move --from 15 -n fri")
    foretold = cf.ok("undo --dry-run").out
    done = cf.ok("undo").out
    assert "30 in all, over 8" in done
    assert foretold.splitlines()[1] == done.splitlines()[1]
    assert "lighter" not in done
    assert len(done.splitlines()) < 15
    assert "and 22 more" in done
