"""The plan of an import in the editor: what a changed line says."""

from __future__ import annotations

import pytest

from folders import Cf

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Vendula Drahokoupil
ORG:Skleněná zahrada s.r.o.
TEL;TYPE=CELL:+420 555 010 611
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Kvido Zimák
TEL:+420 555 010 710
EMAIL:kvido@x.example
NOTE:rings back
PHOTO;ENCODING=b:AAAA
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Johana Tenk
EMAIL:jonas@x.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Broken
no colon
END:VCARD
"""


KVIDO = '# mine\nname = "Kvido Zimák"\n\n[card]\n# the old one\nphone = "555 010 710"\nnote = "slow to pay"\n'


JONAS = 'name = "Jonas Tenk"\n\n[card]\nemail = "jonas@x.example"\n'


@pytest.fixture
def phone(cf: Cf) -> Cf:
    (cf.root / "phone.vcf").write_text(CARDS)
    cf.write("kvido-zimak", KVIDO)
    cf.write("jonas-tenk", JONAS)
    return cf


def in_editor(cf: Cf, script: str) -> None:
    """The editor is a sed script on the plan."""
    cf.env["EDITOR"] = f"sed -i {script}"


def test_the_plan_in_the_editor(phone: Cf) -> None:
    in_editor(phone, "-e '/Vendula/d' -e 's/^ask *|\\(.*Johana\\)/person jonas-tenk |\\1/'")
    answer = phone("import phone.vcf -e --yes --json")
    assert {card["name"]: card["what"] for card in answer.data["cards"] if card["name"]} == {
        "Vendula Drahokoupil": "left", "Kvido Zimák": "merge", "Johana Tenk": "merge",
    }  # fmt: skip
    assert phone.row("jonas-tenk")["dossier"]["people"]["johana"]["name"] == "Johana Tenk"


@pytest.mark.parametrize("script", ["s/^merge.*|/merge nobody |/", "s/^new/newish/", "s/|.*//"])
def test_a_line_of_the_plan_that_says_nothing_known_is_refused_and_kept(phone: Cf, script: str) -> None:
    before = phone.tree()
    in_editor(phone, f"-e '{script}'")
    answer = phone("import phone.vcf -e --yes")
    assert (answer.exit, phone.tree()) == (2, before)
    assert "of the plan" in answer.err
