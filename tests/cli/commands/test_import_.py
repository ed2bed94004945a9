"""`cf import`: the plan is seen, a yes writes it as one step, and one undo gives every byte back."""

from __future__ import annotations

import pytest

import phones
from folders import Cf
from phones import CARDS, KVIDO


@pytest.fixture
def phone(cf: Cf) -> Cf:
    return phones.lay(cf)


def what(cf: Cf, line: str, **how: str) -> list[tuple[str, str]]:
    return [(card["name"] or "", card["what"]) for card in cf(f"{line} --json", **how).data["cards"]]


def test_the_plan_is_shown_asked_for_and_taken_back_with_every_byte(phone: Cf) -> None:
    before = phone.tree()
    answer = phone("import phone.vcf", typed="y\nl\n")
    assert answer.exit == 1
    for said in ("NEW 1", "Vendula Drahokoupil · Skleněná zahrada", "MERGE 1", "kvido-zimak", "adds email kvido@x.example, note",
                 "MAY BE SOMEBODY KNOWN 1", "CANNOT BE READ 1", "phone.vcf:20", "1 photo", "have no date"):  # fmt: skip
        assert said in answer.out.replace("has no date", "have no date"), said
    assert "Take 2, and ask about 1?" in answer.err
    assert [line for line in phone.text("kvido-zimak").split("\n") if line in KVIDO.split("\n") and line] == [
        line for line in KVIDO.split("\n") if line
    ]
    assert "phone.vcf: rings back" in phone.text("kvido-zimak")
    assert sorted(phone.tree()) == [
        "clients/jonas-tenk.toml",
        "clients/kvido-zimak.toml",
        "clients/vendula-drahokoupil.toml",
    ]
    after = phone.tree()
    phone.ok("undo")
    assert phone.tree() == before
    phone.ok("redo")
    assert phone.tree() == after


def test_a_second_time_nothing_is_written(phone: Cf) -> None:
    phone("import phone.vcf --yes --new")
    before, steps = phone.tree(), phone.ok("history --json").data
    answer = phone("import phone.vcf --yes --new --json")
    assert [card["what"] for card in answer.data["cards"]] == ["same", "same", "same", "bad"]
    assert answer.data["changes"] == []
    assert (phone.tree(), phone.ok("history --json").data) == (before, steps)


def test_a_dry_run_says_what_a_yes_does(phone: Cf) -> None:
    before = phone.tree()
    dry = phone("import phone.vcf --dry-run --json").data
    assert phone.tree() == before
    assert phone("import phone.vcf --yes --json").data == dry


@pytest.mark.parametrize(("typed", "exit"), [("n\n", 2), ("", 2), ("y\n", 2)])
def test_a_no_and_an_end_of_input_write_nothing(phone: Cf, typed: str, exit: int) -> None:
    before = phone.tree()
    assert phone("import phone.vcf", typed=typed).exit == exit
    assert phone.tree() == before


def test_where_nobody_can_be_asked_the_plan_is_shown_and_nothing_written(phone: Cf) -> None:
    before = phone.tree()
    answer = phone("import phone.vcf")
    assert (answer.exit, phone.tree()) == (2, before)
    assert "NEW 1" in answer.out
    assert "--yes" in answer.err
    assert phone("import phone.vcf --json").json["data"] is None


def test_who_may_be_somebody_is_asked_about_one_by_one(phone: Cf) -> None:
    phone("import phone.vcf", typed="y\nwhat\ns\n")
    assert phone.row("jonas-tenk")["name"] == "Jonas Tenk"
    assert not phone.path("johana-tenk").exists()
    phone.ok("undo")
    phone("import phone.vcf", typed="y\nn\n")
    assert phone.row("johana-tenk")["email"] == "jonas@x.example"


@pytest.mark.parametrize(
    ("options", "new", "next_on", "tags"),
    [("-n august!", ["vendula-drahokoupil"], "2026-08", []), ("--rest from the old phone", ["vendula-drahokoupil"], None, []),
     ("--tag from-phone", ["vendula-drahokoupil"], None, ["from-phone"]), ("--only-known", [], None, [])],
)  # fmt: skip
def test_what_is_said_of_all(phone: Cf, options: str, new: list[str], next_on: str | None, tags: list[str]) -> None:
    answer = phone(f"import phone.vcf --yes {options} --json")
    made = [card["client"] for card in answer.data["cards"] if card["what"] == "new"]
    assert made == new
    if new:
        row = phone.row(new[0])
        assert (row["next"] or {}).get("on") == next_on
        assert row["dossier"].get("tags", []) == tags
        assert row["dossier"].get("resting") == ("from the old phone" if "--rest" in options else None)
    assert "tags" not in phone.row("jonas-tenk")["dossier"]


def test_a_letter_names_the_file_the_line_and_what_next(phone: Cf) -> None:
    letters = phone("import phone.vcf --yes").err
    assert "cf: phone.vcf, line 20: " in letters
    assert "cf: phone.vcf, line 15: Johana Tenk: the mail of jonas-tenk, another name" in letters
    assert "--new" in letters
    assert "--same" in letters


@pytest.mark.parametrize(("name", "exit"), [("gone.vcf", 5), ("clients", 5), ("empty.vcf", 2), ("none.vcf", 2)])
def test_what_is_no_file_of_contacts(cf: Cf, name: str, exit: int) -> None:
    (cf.root / "empty.vcf").write_text("")
    (cf.root / "none.vcf").write_text("\n\n")
    answer = cf(f"import {name} --yes")
    assert answer.exit == exit
    assert name in answer.err


def test_two_files_in_one_act_are_as_one_with_both(phone: Cf) -> None:
    whole = phone("import phone.vcf --dry-run --json").data
    one, other = (
        CARDS[: CARDS.index("BEGIN:VCARD\nVERSION:3.0\nFN:Johana")],
        CARDS[CARDS.index("BEGIN:VCARD\nVERSION:3.0\nFN:Johana") :],
    )
    (phone.root / "one.vcf").write_text(one)
    (phone.root / "other.vcf").write_text(other)
    both = phone("import one.vcf other.vcf --dry-run --json").data
    for key in ("what", "name", "client", "sets", "kept"):
        assert [card[key] for card in both["cards"]] == [card[key] for card in whole["cards"]]


def test_standard_input(phone: Cf) -> None:
    assert what(phone, "import - --yes", piped=CARDS)[0] == ("Vendula Drahokoupil", "new")


def in_editor(cf: Cf, script: str) -> None:
    """The editor is a sed script on the plan."""
    cf.env["EDITOR"] = f"sed -i {script}"


def test_the_plan_is_edited_at_the_question_and_asked_for_again(phone: Cf) -> None:
    in_editor(phone, "-e '/Kvido/d' -e '/Johana/d'")
    answer = phone("import phone.vcf", typed="e\ny\n")
    assert answer.exit == 1
    assert "LEFT OUT 2" in answer.out
    assert phone.text("kvido-zimak") == KVIDO
    assert phone.path("vendula-drahokoupil").exists()


def test_the_demo_has_a_file_to_try_it_on(cf: Cf) -> None:
    cf.ok("demo there")
    cf.root = cf.root / "there"
    answer = cf("import contacts.vcf --yes --json")
    whats = [card["what"] for card in answer.data["cards"]]
    assert (answer.exit, whats) == (1, ["merge", "merge", "same", "maybe", "new", "new", "bad"])


def test_a_new_folder_says_how_clients_come_in(cf: Cf) -> None:
    out = cf.ok("init other").out
    assert "cf import contacts.vcf" in out
    assert "cf import clients.csv" in out


@pytest.mark.parametrize(("typed", "name"), [("x\n2\ny\n", "Přemysl Šíp"), ("1\ny\n", "Pøemysl Šíp")])
def test_an_encoding_that_nothing_tells_is_asked_with_both_readings(cf: Cf, typed: str, name: str) -> None:
    (cf.root / "a.csv").write_bytes("Name,Tel.\nPřemysl Šíp,1\n".encode("cp1250"))
    refused = cf("import a.csv --yes")
    assert refused.exit == 2
    assert "a.csv, line 2" in refused.err
    for said in ("Přemysl", "Pøemysl", "--encoding windows-1250"):
        assert said in refused.err
    cf.ok("import a.csv", typed=typed)
    assert name in "".join(text.decode() for text in cf.tree().values())


def test_an_encoding_that_is_said_is_taken(cf: Cf) -> None:
    (cf.root / "a.vcf").write_bytes("BEGIN:VCARD\nFN:Přemysl\nEND:VCARD\n".encode("cp1250"))
    answer = cf.ok("import a.vcf --yes --encoding cp1250 --json")
    assert [card["name"] for card in answer.data["cards"]] == ["Přemysl"]
    assert [warning["code"] for warning in answer.json["warnings"]] == ["encoding", "no_date"]
    assert cf("import a.vcf --yes --encoding rot13").exit == 2
