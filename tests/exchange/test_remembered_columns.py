"""What the columns of a table mean is kept beside the clients, and found again by the same columns."""

from __future__ import annotations

import pytest

from clientfolder.binder.binder import Binder
from clientfolder.errors import Unreadable
from clientfolder.exchange import remembered_columns
from folders import Cf

TABLE = "Firma;Chef;Rabatt\nAlba;Jana Malá;5\n"


def test_it_is_kept_and_found_again_and_undone_with_the_rest(cf: Cf) -> None:
    (cf.root / "Meine Kunden.csv").write_text(TABLE)
    (cf.root / "next.csv").write_text(TABLE.replace("Alba", "Bora"))
    before = cf.tree()
    line = [
        "import",
        "Meine Kunden.csv",
        "--map",
        "Firma=name",
        "Chef=people.chef.name",
        "Rabatt=-",
        "--remember",
        "--yes",
    ]
    cf.ok(line)
    kept = cf.root / "imports" / "meine-kunden.toml"
    assert kept.read_text() == (
        'columns = ["Firma", "Chef", "Rabatt"]\n\n[map]\nFirma = "name"\nChef = "people.chef.name"\nRabatt = "-"\n'
    )
    cf.ok("import next.csv --yes")
    assert cf.row("bora")["dossier"]["people"]["chef"]["name"] == "Jana Malá"
    # The same again changes nothing and makes no step.
    steps = cf.ok("history --json").data
    cf.ok(line)
    assert cf.ok("history --json").data == steps
    cf.ok("undo")
    cf.ok("undo")
    assert (cf.tree(), kept.exists()) == (before, False)


def test_a_map_in_the_command_line_stands_above_the_kept_one(cf: Cf) -> None:
    (cf.root / "imports").mkdir()
    (cf.root / "imports" / "x.toml").write_text('columns = ["Firma", "Chef"]\n[map]\nFirma = "name"\nChef = "-"\n')
    (cf.root / "a.csv").write_text("Firma,Chef\nAlba,Jana\n")
    cf.ok(["import", "a.csv", "--map", "Chef=role", "--yes"])
    assert cf.row("alba")["dossier"] == {"name": "Alba", "card": {"role": "Jana"}}


def test_other_columns_find_nothing_and_a_broken_file_is_told(cf: Cf) -> None:
    binder = Binder(str(cf.root))
    assert remembered_columns.find(binder, ["a"]) == {}
    (cf.root / "imports").mkdir()
    (cf.root / "imports" / "x.toml").write_text('columns = ["a"]\n[map]\na = "name"\n')
    assert remembered_columns.find(binder, ["b"]) == {}
    assert remembered_columns.find(binder, ["a"]) == {"a": "name"}
    (cf.root / "imports" / "x.toml").write_text("columns =")
    with pytest.raises(Unreadable):
        remembered_columns.find(binder, ["a"])
