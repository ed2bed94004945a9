"""`list --is` and `list --lacks`: who is what a word says."""

from __future__ import annotations

import pytest

from acts import listed
from folders import Cf

FOLDER = 'currency = "EUR"\nsegments = { makers = ["shop", "cards"] }\n'


def dossier(name: str, on: str | None, *blocks: str, tags: str = "", how: str = "planned") -> str:
    contact = f'[next]\non = {on}\nhow = "{how}"\n' if on else ""
    return "\n".join([f'name = "{name}"', *([f"tags = [{tags}]"] if tags else []), contact, *blocks])


def payment(on: str, amount: int, more: str = "") -> str:
    return f"[[payments]]\non = {on}\namount = {amount}\n{more}\n"


@pytest.fixture
def folder(cf: Cf) -> Cf:
    """Five who pay: Anna most, and every quarter; Bob an offer, Cora unpaid; Dan owes a call, Eva complains."""
    (cf.root / "clientfolder.toml").write_text(FOLDER)
    quarters = [payment(on, 900, 'product = "shop"') for on in ("2025-08-01", "2025-11-01", "2026-02-01", "2026-05-01")]
    cf.write("anna", dossier("Anna", "2026-07-20", *quarters, tags='"makers"'))
    offer = '[[deals]]\nname = "cards"\nsteps.offer = 2026-07-01\n'
    cf.write("bob", dossier("Bob", "2026-07-10", payment("2026-07-01", 50), offer, tags='"makers"', how="agreed"))
    won = '[[deals]]\nname = "shop"\namount = 300\nwon = 2026-06-01\n'
    cf.write("cora", dossier("Cora", "2026-07-20", payment("2026-06-02", 100, 'deal = "shop"'), won))
    cf.write("dan", dossier("Dan", "2026-07-13", payment("2025-01-10", 80), payment("2026-01-10", 80)))
    complaint = '[[log]]\nat = 2026-07-14T09:00:00+02:00\nkind = "complaint"\ntext = "Late."\n'
    cf.write("eva", dossier("Eva", "2026-08-03", payment("2026-07-02", 70), complaint))
    cf.write("fred", dossier("Fred", None) + 'tags = ["makers"]\n[card]\nphone = "1"\n')
    cf.write("gone", 'name = "Gone"\nresting = "moved"\n' + payment("2025-10-01", 10))
    return cf


def who(cf: Cf, words: str) -> set[str]:
    return {client for _, _, clients in listed(cf, words) for client in clients}


WORDS = {
    "permanent": {"anna"}, "new": {"bob", "cora", "eva"}, "lost": {"dan"}, "potential": {"fred"}, "restored": set(),
    "A": {"anna"}, "a": {"anna"}, "C": {"bob", "cora", "dan", "eva"}, "AX": {"anna"}, "x": {"anna"}, "AZ": set(),
    "vip": {"anna"}, "Beginner": {"bob", "cora", "eva"}, "lapsed": {"dan"}, "one-off": set(),
    "offer": {"bob"}, "presentation": set(), "unpaid": {"cora"}, "late": {"bob", "dan"}, "promised": {"bob"},
    "first": {"anna", "bob", "cora", "dan", "fred"}, "dodged": set(), "drifting": set(), "resting": {"gone"},
    "complaint": {"eva"}, "waiting": set(), "unrated": set(),
}  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_word_means_who_is_so(folder: Cf, word: str) -> None:
    assert who(folder, f"--is {word}") == WORDS[word]


def test_every_word_is_explained_where_none_is_said_and_each_of_them_is_known(folder: Cf) -> None:
    told = folder.ok("list --is --json").data["words"]
    words = [word for row in told for word in row["words"]]
    assert {word.casefold() for word in WORDS} <= {word.casefold() for word in words}
    page = folder.ok("list --is").out
    for word in words:
        assert folder(f"list --is {word}").exit == 0, word
        assert word in page


def test_all_words_must_hold_with_the_slot_the_tag_and_what_is_lacking(folder: Cf) -> None:
    assert who(folder, "--is new --is late") == {"bob"}
    assert who(folder, "late --is new") == who(folder, "--is new late") == {"bob"}
    assert who(folder, "--is lost --is vip") == set()
    assert who(folder, "20 --is new") == {"cora"}
    assert who(folder, "--is new --tag makers") == {"bob"}
    assert who(folder, "--lacks cards") == {"anna", "bob", "fred"}
    assert who(folder, "--is offer --lacks Cards") == {"bob"}
    assert who(folder, "--lacks shop") == {"bob", "fred"}
    assert who(folder, "--lacks cards --is resting") == set()


def test_the_words_are_told_as_of_the_day(folder: Cf) -> None:
    assert who(folder, "--is new --today 2026-06-15") == {"cora"}
    assert who(folder, "--is unpaid --today 2026-05-31") == set()


def test_an_unknown_word_is_refused_with_the_nearest(folder: Cf) -> None:
    answer = folder("list --is ofer")
    assert answer.exit == 2
    assert "Did you mean: cf list --is offer" in answer.err
    answer = folder("list late --is sunny")
    assert (answer.exit, "There are: potential, new" in answer.err) == (2, True)
    answer = folder("list --lacks card")
    assert (answer.exit, "Did you mean: cf list --lacks cards" in answer.err) == (2, True)


def test_letters_told_by_less_than_all_the_money_are_exit_1_and_named(folder: Cf) -> None:
    folder.ok("pay eva 100 CHF --on 2026-07-03")
    for word in ("C", "growing"):
        answer = folder(f"list --is {word} --json")
        assert answer.exit == 1, word
        assert [one["code"] for one in answer.json["warnings"]] == ["no_rate"]
    assert folder("list --is new").exit == 0


def test_too_few_who_pay_have_no_letters_and_that_is_told(folder: Cf) -> None:
    folder.ok("remove eva")
    folder.ok("remove gone")
    answer = folder("list --is A --is X --json")
    assert answer.exit == 0
    assert [one["code"] for one in answer.json["warnings"]] == ["too_little"]


def test_the_list_goes_one_by_one(folder: Cf) -> None:
    answer = folder("list --is unpaid -i", typed="q\n", terminal=True)
    assert answer.exit == 0
    assert "Cora" in answer.out
    assert "Anna" not in answer.out


def test_an_odd_value_is_told_once_however_often_the_folder_is_looked_at(folder: Cf) -> None:
    folder.write("odd", 'name = "Odd"\n' + payment("2026-07-01", 5, "product = 7"))
    warnings = folder("list --is new --json").json["warnings"]
    assert len([one for one in warnings if one["code"] == "odd_value"]) == 1
