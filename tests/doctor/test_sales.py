"""What is odd in payments and deals, each found with its line; and that a folder without any is all well."""

from __future__ import annotations

import pytest

from examined import findings, mended, only
from folders import Cf, Shell

HEAD = 'name = "Anna"\n\n[next]\non = 2026-08-05\n'
DEAL = '\n[[deals]]\nname = "shop"\n'
PAID = "\n[[payments]]\non = 2026-07-01\namount = 5\n"
LOST = '\n[[deals]]\nname = "menu"\nlost = 2026-07-01\nwhy = "'


@pytest.mark.parametrize(
    ("text", "code", "line", "says"),
    [
        (DEAL + "steps.ofer = 2026-07-01\nsteps.offer = 2026-07-02\n", "unknown_stage", 8, "ofer is no stage"),
        (DEAL + "won = 2026-07-02\nlost = 2026-07-01\n", "won_and_lost", 9, "so it is won"),
        (DEAL + "won = 2026-07-02\nlost = 2026-07-03\n", "won_and_lost", 8, "so it is lost"),
        (PAID + 'product = "shop"\n' + PAID + 'product = "shop"\n' + PAID + 'product = "Shp"\n', "near_product", 19, "one letter from shop"),
        (PAID + 'product = "cads"\n', "near_product", 9, "one letter from cards"),
        ('\n[[deals]]\nname = "cads"\n' + PAID + 'product = "cads"\n', "near_product", 12, "one letter from cards"),
        (LOST + 'too dear"\n' + LOST + 'too dear"\n' + LOST + 'to dear"\n', "near_reason", 19, 'the reason "too dear"'),
        ('\n[[payments]]\non = 2026-07-01\namount = "much"\n', "odd_value", 8, "amount"),
    ],
)  # fmt: skip
def test_what_is_odd_is_found_where_it_stands(cf: Cf, text: str, code: str, line: int, says: str) -> None:
    (cf.root / "clientfolder.toml").write_text('segments = { makers = ["cards"] }\n')
    cf.write("anna", HEAD + text)
    found = only(cf, code)
    assert (found["line"], found["client"]) == (line, "anna")
    assert says in found["message"]
    assert found["mend"] == "cf edit anna"


def test_a_currency_without_a_rate_is_found_once_and_the_line_says_what_to_write(cf: Cf) -> None:
    text = HEAD + PAID + PAID + 'currency = "CHF"\n' + DEAL + 'amount = 5\ncurrency = "chf"\n'
    cf.write("anna", text)
    (cf.root / "clientfolder.toml").write_text('currency = "EUR"\n')
    found = only(cf, "no_rate")
    assert found["file"] == "clientfolder.toml"
    assert found["message"].startswith("2 amounts in CHF")
    assert "rates = { CHF = ... }" in found["message"]
    (cf.root / "clientfolder.toml").write_text('currency = "EUR"\nrates = { CHF = 1.05 }\n')
    assert findings(cf) == []
    (cf.root / "clientfolder.toml").write_text("")
    assert 'currency = "CHF"' in only(cf, "no_rate")["message"]


def test_a_segment_without_products(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").write_text('segments = { makers = [], inns = ["menu"] }\n')
    assert "segment makers" in only(cf, "no_products")["message"]


def test_who_was_sent_by_one_who_is_gone_and_by_a_name_misspelt(cf: Cf, shell: Shell) -> None:
    cf.write("hania", HEAD.replace("Anna", "Hania"))
    for sender in ("hania", "fair", "Hania Kowalska", ""):
        cf.write("anna", f'sent_by = "{sender}"\n{HEAD}')
        assert findings(cf) == [], sender
    cf.write("anna", f'sent_by = "hanja"\n{HEAD}')
    found = only(cf, "sent_by_gone")
    assert (found["line"], found["mend"]) == (1, "cf set anna sent_by=hania")
    mended(cf, shell, found)
    cf.ok("remove hania")
    found = only(cf, "sent_by_gone")
    assert "who was removed" in found["message"]
    mended(cf, shell, found)
    assert "sent_by" not in cf.text("anna")


def test_names_of_two_letters_and_those_that_the_settings_mean_are_left_alone(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").write_text('segments = { makers = ["card", "cards"] }\n')
    text = HEAD + "".join(PAID + f'product = "{name}"\n' for name in ("card", "cards", "ab", "ac", "Cards"))
    cf.write("anna", text)
    assert findings(cf) == []
