"""Deals as a person moves them: one line in their own block, every other byte as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from folders import Cf

ANNA = """\
# rings back after five
name = "Anna Kowalska"

[next]
on = 2026-07-20
how = "agreed"

[[deals]]
name = "catalogue"   # the big one
amount = 11200
currency = "PLN"
steps.presentation = 2026-06-17
  # asked twice
steps.offer = 2026-06-26
mine = 3

[[log]]
at = 2026-06-12
kind = "call"
text = "said"

[[deals]]
name = "shop"
won = 2026-05-01
"""


@pytest.fixture
def anna(paying: Cf) -> Cf:
    paying.write("anna", ANNA)
    return paying


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        ("deal anna contract", "06-26\n", "06-26\nsteps.contract = 2026-07-15\n"),
        ("deal anna con", "06-26\n", "06-26\nsteps.contract = 2026-07-15\n"),
        ("deal anna catalogue work --on 13 july", "06-26\n", "06-26\nsteps.work = 2026-07-13\n"),
        ("deal anna offer --on 25 june", "06-26", "06-25"),
        ("deal anna won", "06-26\n", "06-26\nwon = 2026-07-15\n"),
        ("deal anna lost too dear", "06-26\n", '06-26\nlost = 2026-07-15\nwhy = "too dear"\n'),
        ("deal anna catalogue 12 000", "11200", "12000"),
        ("deal anna contract 900,50 EUR", "", ""),
        ("deal anna pres --yes", "steps.offer = 2026-06-26\n", ""),
        ("deal anna catalogue --product print contract", "", ""),
        ("deal anna shop won --on 30 april", "2026-05-01", "2026-04-30"),
    ],
)
def test_a_step_is_a_line_of_its_own_block_and_undo_gives_the_bytes_back(
    anna: Cf, line: str, old: str, new: str
) -> None:
    anna.ok(line)
    if old:
        assert anna.text("anna") == ANNA.replace(old, new)
    anna.ok("undo")
    assert anna.text("anna") == ANNA


def test_forth_and_back_is_the_old_file(anna: Cf) -> None:
    for stage in ("contract", "work"):
        anna.ok(f"deal anna {stage}")
        anna.ok("deal anna offer --yes")
        assert anna.text("anna") == ANNA


def test_another_currency_replaces_that_of_the_deal(anna: Cf) -> None:
    anna.ok("deal anna contract 900,50 EUR")
    assert "amount = 900.50\nsteps.presentation" in anna.text("anna")


@pytest.mark.parametrize(
    "block",
    [
        'name = "a"\nsteps = { offer = 2026-06-01 }\n', 'name = "a"\n[deals.steps]\noffer = 2026-06-01\n', 'steps.offer = "2026-06-01"\nname = "a"\n',
        'name = "a"', '  name = "a"\n  steps.offer = 2026-06-01\n\n[[deals]]\nname = "b"\nwon = 2026-01-01\n',
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_way_to_write_a_block_takes_a_step(anna: Cf, block: str, newline: str) -> None:
    text = f'name = "Anna"\n\n[[deals]]\n{block}'.replace("\n", newline)
    anna.write("anna", text)
    anna.ok("deal anna a contract")
    anna.ok("deal anna a won")
    [record] = [one for one in anna.ok("deal anna --json").data["records"] if one["name"] == "a"]
    assert (record["steps"]["contract"], record["won"]) == ("2026-07-15", "2026-07-15")
    assert anna.text("anna").count("\n") == anna.text("anna").count(newline)
    anna.ok("undo")
    anna.ok("undo")
    assert anna.text("anna") == text


def test_an_inline_list_is_refused_with_its_line(anna: Cf) -> None:
    anna.write("anna", 'name = "Anna"\ndeals = [{ name = "a" }]\n')
    for line in ("deal anna a offer", "deal anna b"):
        answer = anna(line)
        assert answer.exit == 2
        assert "line 2" in answer.err


def test_a_new_deal_stands_at_the_first_stage_or_where_it_is_said(anna: Cf) -> None:
    assert len("cf deal anna catalogue offer 11200 PLN") <= 40
    anna.ok("deal anna cards 900")
    assert anna.text("anna").endswith(
        '\n[[deals]]\nname = "cards"\namount = 900\ncurrency = "PLN"\nsteps.presentation = 2026-07-15\n'
    )
    anna.ok("undo")
    anna.ok("deal anna shop offer 900 EUR")
    assert anna.text("anna").endswith(
        '\n[[deals]]\nname = "shop-2"\nproduct = "shop"\namount = 900\nsteps.offer = 2026-07-15\n'
    )
    anna.ok("undo")
    anna.ok(["deal", "anna", "payment page", "900"])
    assert 'name = "payment page"' in anna.text("anna")


def test_where_it_is_already_is_refused_and_back_wants_a_yes(anna: Cf) -> None:
    assert "offer already, since Fri 26 Jun: cf deal anna catalogue offer --on DAY" in anna("deal anna offer").err
    answer = anna("deal anna presentation")
    assert answer.exit == 2
    assert "cf deal anna presentation --yes" in answer.err
    assert anna("deal anna presentation", typed="n\n").exit == 2
    assert anna.text("anna") == ANNA


def test_a_stage_with_words_behind_it_is_refused_with_both_readings(anna: Cf) -> None:
    error = anna("deal anna offer letter").err
    assert "cf deal anna 'offer letter'" in error
    assert "cf deal anna offer" in error


def test_several_open_ones_are_a_choice_and_none_is_told(anna: Cf) -> None:
    anna.ok("deal anna cards 5")
    answer = anna("deal anna contract --json")
    assert (answer.exit, answer.json["errors"][0]["candidates"]) == (4, ["catalogue", "cards"])
    anna.write("anna", 'name = "Anna"\n')
    assert "no open deal" in anna("deal anna offer").err


def test_lost_asks_why_on_a_terminal(anna: Cf) -> None:
    anna.ok("deal anna lost", typed="Too dear\n")
    assert 'lost = 2026-07-15\nwhy = "Too dear"\n' in anna.text("anna")


def test_the_next_date_is_filed_in_the_same_act(anna: Cf) -> None:
    refused = anna("deal anna contract -n fri")
    assert refused.exit == 2
    assert anna.text("anna") == ANNA
    told = anna.ok("deal anna contract -n fri --about the signature --yes").out
    assert "-> Fri 17 Jul 2026" in told
    text = anna.text("anna")
    assert 'kind = "moved"\nfrom = 2026-07-20\nto = 2026-07-17' in text
    assert "steps.contract = 2026-07-15" in text
    assert anna.next("anna") == {
        "on": "2026-07-17", "time": None, "kind": "call", "about": "the signature", "with": None, "how": "planned",
    }  # fmt: skip
    anna.ok("undo")
    assert anna.text("anna") == ANNA


def test_won_says_how_to_ask_how_content_they_are(anna: Cf) -> None:
    assert "cf log anna --form satisfaction" in anna.ok("deal anna won").out


def test_their_deals_are_listed(anna: Cf) -> None:
    out = anna.ok("deal anna").out
    assert "catalogue  offer since 26 Jun, 11 200 PLN" in out
    assert "won on 1 May" in out
    record = anna.ok("deal anna contract --json --dry-run").data["record"]
    assert (record["stage"], record["amount"], record["currency"]) == ("contract", 11200, "PLN")


def test_a_deal_that_changed_meanwhile_is_not_written(anna: Cf, tmp_path: Path) -> None:
    assert len("cf deal anna offer") <= 18
    anna.ok("deal anna contract")
    assert anna("deal anna contract").exit == 2


def test_the_sheet_tells_what_is_open_and_what_was_paid(anna: Cf) -> None:
    anna.ok("pay anna 4000 shop --on 30 june")
    shown = [" ".join(line.split()) for line in anna.ok("show anna").out.splitlines()]
    assert "deal catalogue: offer since 26 Jun, 11 200 PLN" in shown
    assert "worth 100 %, last paid 30 Jun, has shop: cf worth anna" in shown
    assert not any("payments" in line for line in shown)
    data = anna.ok("show anna --json").data
    assert (data["worth"]["turnover"], data["worth"]["sales_ever"]) == (920, 1)
    anna.write("bert", 'name = "Bert"\n')
    assert anna.ok("show bert --json").data["worth"] is None


def test_a_client_of_several_words_stands_before_the_deal(anna: Cf) -> None:
    anna.write("novak", 'name = "Novák Tisk"\n')
    assert "Novák Tisk: new deal cards at offer, 2 500 EUR" in anna.ok("deal Novák Tisk cards offer 2500").out
    assert "Novák Tisk: cards at contract" in anna.ok("deal novak tisk contract").out
    assert "Novák Tisk: cards at contract, 900 EUR" in anna.ok("deal Novák Tisk contract 900").out
    assert "1 deal" in anna.ok("deal Novák Tisk").out
    refused = anna("deal Novák Tisk cards contract soon")
    assert refused.exit == 2
    assert "As a name: cf deal 'Novák' Tisk 'cards contract soon', " in refused.err
    assert "or without it: cf deal 'Novák' Tisk cards contract\n" in refused.err


def test_words_of_the_name_that_are_a_deal_of_theirs_are_the_deal(anna: Cf) -> None:
    anna.write("novak", 'name = "Novák Tisk"\n\n[[deals]]\nname = "tisk"\n\n[[deals]]\nname = "web"\n')
    assert "Novák Tisk: tisk at offer" in anna.ok("deal novak tisk offer").out
