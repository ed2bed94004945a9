"""From the words of a line to options and their values: what is text, and what belongs to an option."""

from __future__ import annotations

import pytest

from folders import BOB, Cf


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.env |= {"EDITOR": "true", "CF_OPENER": "true"}
    (cf.root / "papers" / "anna").mkdir(parents=True)
    (cf.root / "papers" / "anna" / "offer.pdf").write_text("offer")
    (cf.home / "Downloads").mkdir()
    (cf.home / "Downloads" / "offer.pdf").write_text("another offer")
    (cf.root / "contacts.vcf").write_text("BEGIN:VCARD\nFN:Carl\nTEL:555 010 1001\nEND:VCARD\n")
    cf.write("novak", 'name = "Novák"\n[next]\non = 2026-09-01\n')
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-15\n[[log]]\nat = 2026-07-01\ntext = "said"\n')
    cf.ok("log anna before -n fri")
    cf.ok("log anna again -n fri")
    cf.ok("undo")
    cf.ok("backup ../clients-2026-07-15.tar.gz")
    (cf.root.parent / "clients-2026-07-15.tar.gz").rename(cf.root / "clients-2026-07-15.tar.gz")
    return cf


def test_words_with_one_dash_are_text(anna: Cf) -> None:
    anna.ok(["log", "anna", "offers", "-20%", "and", "-3d", "-n", "fri"])
    assert 'text = "offers -20% and -3d"' in anna.text("anna")
    anna.ok(["log", "anna", "-n", "fri", "--", "--wow", "-n"])
    assert 'text = "--wow -n"' in anna.text("anna")
    assert anna("snooze anna -3d").exit == 2


@pytest.mark.parametrize("option", ["--as", "--for", "--with"])
def test_an_option_that_wants_a_word_does_not_swallow_the_next_option(bob: Cf, option: str) -> None:
    answer = bob(f"log bob hello {option} -n fri")
    assert answer.exit == 2
    assert "wants a value" in answer.err
    assert bob.text("bob") == BOB
