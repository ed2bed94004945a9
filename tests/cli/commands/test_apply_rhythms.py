"""`cf worth --apply`: the rhythms by class are shown, asked for once, and given in one step, only where they differ."""

from __future__ import annotations

import pytest

from folders import Cf

AMOUNTS = {"anna": 900, "bob": 500, "cyd": 200, "dan": 100, "eve": 50}
RHYTHMS = 'rhythm_by_class = { A = "4 weeks", B = "8 weeks", C = "3 months" }\n'


@pytest.fixture
def five(cf: Cf) -> Cf:
    (cf.root / "clientfolder.toml").write_text(f'currency = "EUR"\nrhythm = "3 months"\n{RHYTHMS}')
    for client, amount in AMOUNTS.items():
        cf.write(
            client,
            f'# mine\nname = "{client.capitalize()} Novák"\n\n[[payments]]\non = 2026-06-01\namount = {amount}\n',
        )
    return cf


def rhythms(cf: Cf) -> dict[str, str | None]:
    return {client: cf.row(client)["dossier"].get("rhythm") for client in AMOUNTS}


def test_it_is_shown_asked_for_once_and_one_step(five: Cf) -> None:
    before = five.tree()
    shown = five("worth --apply", typed="n\n")
    assert (shown.exit, five.tree()) == (2, before)
    assert "Anna Novák  3 months -> 4 weeks   A beginner" in shown.out
    assert "Cyd" not in shown.out
    told = five.ok("worth --apply", typed="y\n")
    assert "Give these 2 rhythms?" in told.out + told.err
    assert "Gave 2 rhythms; cf undo takes them back." in told.out
    assert rhythms(five) == {"anna": "4 weeks", "bob": "8 weeks", "cyd": None, "dan": None, "eve": None}
    assert five.text("anna").startswith("# mine\n")
    # What is in force is not proposed again.
    assert "Everybody has the rhythm of their class" in five.ok("worth --apply").out
    five.ok("undo")
    assert five.tree() == before


def test_in_a_script_it_wants_yes_and_a_dry_run_only_shows(five: Cf) -> None:
    before = five.tree()
    refused = five("worth --apply")
    assert (refused.exit, five.tree()) == (2, before)
    assert "add --yes" in refused.err
    dry = five.ok("worth --apply --dry-run --json").data
    assert five.tree() == before
    data = five.ok("worth --apply --yes --json").data
    assert data == dry
    assert [change["client"] for change in data["changes"]] == ["anna", "bob"]
    assert data["given"][0] == {"client": "anna", "name": "Anna Novák", "before": "3 months", "after": "4 weeks"}
    assert five.ok("worth --apply --yes --json").data == {"changes": [], "given": []}


def test_only_those_who_are_named_and_a_name_may_have_several_words(five: Cf) -> None:
    told = five.ok("worth --apply Bob Novák cyd --yes").out
    assert "Cyd Novák: no other rhythm is proposed" in told
    assert rhythms(five) == {"anna": None, "bob": "8 weeks", "cyd": None, "dan": None, "eve": None}
    assert five("worth --apply nobody --yes").exit == 3


def test_a_next_date_and_a_promise_stay(five: Cf) -> None:
    five.ok("file anna 20 july!")
    five.ok("worth --apply anna --yes")
    assert five.next("anna")["on"] == "2026-07-20"  # type: ignore[index]


def test_without_rhythms_by_class_the_line_is_told_that_sets_them(five: Cf) -> None:
    (five.root / "clientfolder.toml").write_text('currency = "EUR"\n')
    before = five.tree()
    assert "rhythm_by_class = {" in five.ok("worth --apply --yes").out
    assert five.tree() == before
    assert five("worth --yes").exit == 2


def test_what_cannot_be_read_is_told_and_the_others_get_theirs(five: Cf) -> None:
    five.write("broken", "name = \n")
    answer = five("worth --apply --yes")
    assert (answer.exit, "broken" in answer.err) == (1, True)
    assert rhythms(five)["anna"] == "4 weeks"
