"""Slips: work with a day of its own; on the desk, on the client's sheet, ticked, repeated, and kept with its client."""

from __future__ import annotations

import io
import tomllib
from datetime import datetime
from typing import Any

import pytest

from clientfolder.binder import names
from clientfolder.cli.commands.acting import Decision, write_entry
from clientfolder.cli.prompts.find import find_client
from clientfolder.cli.session import Session
from clientfolder.dossier.types import Entry
from clientfolder.tickler.acts import Request, Verdict
from clientfolder.workspace import Environment, Workspace
from folders import Cf

SLIP = "slips/send-the-mockups"


@pytest.fixture
def novak(with_a_slip: Cf) -> Cf:
    return with_a_slip


def said(cf: Cf, client: str = SLIP) -> dict[str, Any]:
    return tomllib.loads(cf.text(client))


# What it is ---------------------------------------------------------------------------------------------


def test_it_is_a_file_like_a_dossier(novak: Cf) -> None:
    assert novak.text(SLIP) == (
        'name = "send the mockups"\nclient = "novak-tisk"\n\n[next]\non = 2026-07-22\nkind = "task"\nhow = "agreed"\n'
    )
    assert novak.path(SLIP).stat().st_mode & 0o777 == 0o600


def test_the_echo_and_the_change(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n')
    answer = cf.ok("slip print proofs --client anna -n fri --json")
    [change] = answer.data["changes"]
    assert (change["client"], change["before"], change["slot"]) == ("slips/print-proofs", None, "17")
    assert change["words"] == "Slip for Anna: print proofs"
    assert change["after"]["kind"] == "task"
    assert "-> Fri 17 Jul 2026" in cf.ok("slip more -n fri").out


def test_a_slip_of_nobody_belongs_to_nobody(cf: Cf) -> None:
    cf.ok("slip tax return -n fri")
    assert said(cf, "slips/tax-return") == {
        "name": "tax return",
        "next": {"on": said(cf, "slips/tax-return")["next"]["on"], "kind": "task", "how": "planned"},
    }


def test_it_always_has_a_day(cf: Cf) -> None:
    answer = cf("slip tax return --agreed")
    assert (answer.exit, answer.out) == (2, "")
    assert answer.err.endswith("Again: cf slip tax return --agreed -n fri\n")
    assert not (cf.root / "slips").exists()
    cf.ok("slip tax return", typed="soon\n\nfri\n")
    assert cf.row("slips/tax-return")["next"]["on"] == "2026-07-17"


def test_alone_it_asks(cf: Cf) -> None:
    cf.ok("slip", typed="call the printer\nfri!\n")
    assert cf.row("slips/call-the-printer")["next"]["how"] == "agreed"
    assert cf("slip").exit == 2
    assert cf("slip", typed="\n").exit == 2


@pytest.mark.parametrize(
    ("options", "kept", "on"),
    [
        ("--every month on the 25th", "every month on the 25th", "2026-07-27"),
        ("--every every month on the 25th", "every month on the 25th", "2026-07-27"),
        ("--every week", "every week", "2026-07-22"),
        ("--every 4-6 weeks -n today", "4-6 weeks", "2026-07-15"),
        ("-n 3d --every first monday", "first monday", "2026-07-18"),
    ],
)
def test_it_may_come_again(cf: Cf, options: str, kept: str, on: str) -> None:
    cf.ok(f"slip VAT return {options}")
    assert said(cf, "slips/vat-return")["rhythm"] == kept
    assert cf.row("slips/vat-return")["next"]["on"] == on


def test_what_is_no_rhythm_and_who_is_no_client_is_refused(novak: Cf) -> None:
    before = novak.tree()
    assert novak("slip x --every now and then -n fri").exit == 2
    assert novak("slip x --client nobody -n fri").exit == 3
    # A slip belongs to a client, and not to a slip.
    assert novak("slip x --client mockups -n fri").exit == 3
    assert novak("slip x -n soon").exit == 2
    assert novak.ok("slip x -n fri --dry-run").out.startswith("Slip: x.\n")
    assert novak.tree() == before


def test_the_same_words_again_are_another_slip(cf: Cf) -> None:
    for _ in range(3):
        cf.ok("slip order paper -n fri")
    assert sorted(path.stem for path in (cf.root / "slips").iterdir()) == [
        "order-paper", "order-paper-2", "order-paper-3",
    ]  # fmt: skip
    assert cf("doctor").exit == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [("Send the Mockups!", "send-the-mockups"), ("friday", "friday"), ("…", "slip-1"), ("con", "slip-con"), ("x" * 99, "x" * 40),
     ("write a very long letter to the tax office about it", "write-a-very-long-letter-to-the-tax"), ("送信", "songxin")],
)  # fmt: skip
def test_short_names(text: str, name: str) -> None:
    assert names.slip_name(text) == name
    assert names.is_name_of_slip(name)


# Whom words mean ----------------------------------------------------------------------------------------


def test_a_slip_never_takes_a_clients_words_away(novak: Cf) -> None:
    for text in ("novák", "nov", "novák tisk", "ring up Novák"):
        novak.ok(["slip", text, "-n", "fri"])
    for typed in ("nov", "novak", "Novák Tisk", "novak-tisk", "tis"):
        assert novak.row(typed)["client"] == "novak-tisk", typed
    assert novak.row("slips/nov")["client"] == "slips/nov"
    assert novak.row("ring")["client"] == "slips/ring-up-novak"


def test_a_slip_is_found_by_its_words(novak: Cf) -> None:
    for typed in ("mockups", "send the", "send-the-mockups", SLIP, "slips/send", "slips/mock"):
        assert novak.row(typed)["client"] == SLIP, typed
    assert novak("show slips/nothing").exit == 3


def test_what_is_done_stands_in_nobodys_way(novak: Cf) -> None:
    novak.ok("log mockups")
    novak.ok("slip send the mockups once more -n fri")
    assert novak.row("mockups")["client"] == "slips/send-the-mockups-once-more"
    novak.ok("slip send the mockups -n fri")
    assert novak("show mockups").exit == 4


def test_a_client_may_have_the_name_of_a_slip(novak: Cf) -> None:
    novak.ok("new Send the mockups -n fri")
    assert novak.row("mockups")["client"] == "send-the-mockups"
    novak.ok("rename novak-tisk send the mockups too")
    assert said(novak)["client"] == "send-the-mockups-too"


# Where it is seen ---------------------------------------------------------------------------------------


def test_it_lies_on_the_desk_and_counts(novak: Cf) -> None:
    novak.ok("slip order cards -n today")
    today = novak.ok("today --json").data
    assert (today["load"], [row["client"] for row in today["today"]]) == (2, ["novak-tisk", "slips/order-cards"])
    assert list(today["today"][0]) == list(today["today"][1])
    page = novak.ok("today", today="2026-07-22").out
    assert "1 contact, 1 of them first, 2 slips, room for 8" in page
    [line] = [line for line in page.splitlines() if "mockups" in line]
    assert line.startswith(" ! ")
    assert "send the mockups · Novák Tisk" in line
    assert line.endswith("+420 555 010 180")


def test_a_late_promise_stands_first(novak: Cf) -> None:
    rows = novak.ok("today --json", today="2026-07-24").data["overdue"]
    assert [(row["client"], row["days_late"]) for row in rows] == [(SLIP, 2), ("novak-tisk", 9)]


def test_it_stands_on_the_clients_sheet_while_it_is_open(novak: Cf) -> None:
    assert " slip       ! Wed 22 Jul: send the mockups\n" in novak.ok("show nov").out
    assert [row["client"] for row in novak.row("nov")["slips"]] == [SLIP]
    assert "send the mockups" in novak.ok("list --full").out
    novak.ok("log mockups")
    assert "slip " not in novak.ok("show nov").out
    assert novak.row("nov")["slips"] == []
    assert novak.row(SLIP)["slips"] == []


def test_what_was_ticked_is_neither_listed_nor_woken(novak: Cf) -> None:
    novak.ok("slip tax return -n fri")
    novak.ok("log mockups")
    novak.ok("rest tax not this year")
    assert [row["client"] for slot in novak.ok("list resting --json").data["slots"] for row in slot["dossiers"]] == [
        "slips/tax-return"
    ]
    novak.ok("move --from resting -n mon")
    assert novak.row(SLIP)["next"] is None
    assert novak.row("tax")["next"]["on"] == "2026-07-20"


def test_silence_is_asked_of_clients_alone(novak: Cf) -> None:
    rows = [
        row["client"] for slot in novak.ok("list --silent-since 1d --json").data["slots"] for row in slot["dossiers"]
    ]
    assert rows == ["novak-tisk"]


def test_it_is_found_by_what_it_says(novak: Cf) -> None:
    [hit] = novak.ok("find MOCKUPS --json").data["hits"]
    assert (hit["client"], hit["file"], hit["line"]) == (SLIP, f"{SLIP}.toml", 1)


# Ticking ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2026-07-15", "2026-07-22", "2026-08-05"])
@pytest.mark.parametrize(("text", "kept"), [("", "done"), ("sent, they like B", "sent, they like B")])
def test_logged_is_done_whatever_its_date(novak: Cf, day: str, text: str, kept: str) -> None:
    answer = novak.ok(f"log mockups {text}", today=day)
    assert answer.out.startswith("Ticked: send the mockups.\n")
    found = said(novak)
    assert (found["resting"], "next" in found) == ("done", False)
    [entry] = found["log"]
    assert (entry["kind"], entry["text"]) == ("task", kept)
    assert entry["promised"].isoformat() == "2026-07-22"
    novak.ok("undo")
    assert "log" not in said(novak)


def test_on_a_terminal_nothing_is_asked(novak: Cf) -> None:
    assert novak.ok("log mockups", typed="").out.startswith("Ticked")


@pytest.mark.parametrize(
    ("options", "on"),
    [("half of them -n fri", "2026-07-17"), ("half of them --keep", "2026-07-22"), ("Petra is away --as note", "2026-07-22"), ("-x", "2026-07-22")],
)  # fmt: skip
def test_logged_otherwise_it_stays_open(novak: Cf, options: str, on: str) -> None:
    novak.ok(f"log mockups {options}")
    found = said(novak)
    assert "resting" not in found
    assert found["next"]["on"].isoformat() == on
    assert found["next"]["kind"] == "task"
    assert novak("log mockups -n fri").exit == 2


def test_done_is_done(novak: Cf) -> None:
    novak.ok("log mockups")
    before = novak.tree()
    answer = novak("log mockups")
    assert answer.exit == 2
    assert "done already" in answer.err
    assert novak.tree() == before
    novak.ok("file mockups fri")
    assert novak.row("mockups")["next"]["on"] == "2026-07-17"


@pytest.mark.parametrize(
    ("every", "first", "done_on", "then"),
    [
        ("2 weeks", "2026-07-20", "2026-07-20", "2026-08-03"),
        ("2 weeks", "2026-07-20", "2026-07-22", "2026-08-05"),
        ("2 weeks", "2026-07-20", "2026-07-17", "2026-08-03"),
        ("every month on the 20th", "2026-07-20", "2026-07-17", "2026-08-20"),
        ("every month on the 20th", "2026-07-20", "2026-07-24", "2026-08-20"),
        ("every month on the 20th", "2026-07-20", "2026-08-21", "2026-09-21"),
    ],
)
def test_one_that_repeats_comes_again(cf: Cf, every: str, first: str, done_on: str, then: str) -> None:
    cf.ok(f"slip water the plants -n {first} --every {every}")
    answer = cf.ok("log plants", today=done_on)
    assert answer.out.startswith("Ticked: water the plants.\n-> ")
    found = cf.row("plants")
    assert (found["next"]["on"], found["next"]["how"], found["next"]["kind"]) == (then, "rhythm", "task")


def test_one_that_should_repeat_and_nobody_can_read_how_often_is_not_ticked(cf: Cf) -> None:
    (cf.root / "slips").mkdir()
    for number, rhythm in enumerate(('"now and then"', "6")):
        client = f"slips/plants-{number}"
        cf.write(client, f'name = "plants {number}"\nrhythm = {rhythm}\n[next]\non = 2026-07-15\n')
        assert cf(f"log {client} watered").exit == 2
        assert "resting" not in said(cf, client)


def test_the_rhythm_of_the_settings_is_for_clients(cf: Cf) -> None:
    (cf.root / "clientfolder.toml").write_text('rhythm = "6 weeks"\n')
    cf.ok("slip tax return -n today")
    cf.ok("log tax")
    assert said(cf, "slips/tax-return")["resting"] == "done"
    assert cf("slip x").exit == 2


# Beside a client's call ---------------------------------------------------------------------------------


def test_one_by_one_asks_nothing_and_tells_the_line_that_ticks_it(novak: Cf) -> None:
    answer = novak.ok("today -i", typed="lTook B.\nfri\nq")
    assert "Also?" not in answer.err
    assert f"beside it: send the mockups, ! Wed 22 Jul: cf log {SLIP}" in answer.out
    assert "resting" not in said(novak)
    novak.ok("undo")
    novak.ok("slip order cards -n today")
    novak.ok("snooze nov 1w")
    answer = novak.ok("today -i", typed="l\nq")
    assert "What happened? [done] " in answer.err
    assert said(novak, "slips/order-cards")["resting"] == "done"


def test_one_line_tells_the_line_that_ticks_it(novak: Cf) -> None:
    answer = novak.ok("log nov took B -n fri")
    assert f"   beside it: send the mockups, ! Wed 22 Jul: cf log {SLIP}\n" in answer.out
    novak.ok(f"log {SLIP}")
    assert "beside it" not in novak.ok("log nov again -n fri").out


def test_what_another_command_has_ticked_meanwhile_is_not_ticked_twice(novak: Cf) -> None:
    environment = Environment(
        {}, str(novak.root), io.StringIO(), io.StringIO(), io.StringIO(), lambda: datetime(2026, 7, 15, 10), str
    )
    session = Session(environment, Workspace(environment, str(novak.root), "2026-07-15T10:00"))
    slip, client = find_client(session, SLIP), find_client(session, "nov")
    novak.ok("log mockups")
    before = novak.text(SLIP)
    entry = Entry(session.workspace.now, "call", "x")
    write_entry(session, client, Decision(entry, Verdict.STAYS, Request(keep=True), done=(slip,)))
    assert novak.text(SLIP) == before


# With its client ----------------------------------------------------------------------------------------


def test_it_goes_with_its_client_to_another_name(novak: Cf) -> None:
    novak.ok("slip done already --client nov -n fri")
    novak.ok("log done already")
    novak.ok(["slip", "somebody else's", "-n", "fri"])
    before = novak.tree()
    novak.ok("rename nov Nowak Druk")
    assert [said(novak, f"slips/{name}").get("client") for name in ("send-the-mockups", "done-already", "somebody-elses")] == [
        "nowak-druk", "nowak-druk", None,
    ]  # fmt: skip
    assert len(novak.ok("history --json").data["steps"]) == 5
    assert novak("doctor").exit == 0
    novak.ok("undo")
    assert novak.tree() == before


def test_doctor_tells_of_slips_whose_client_is_gone(novak: Cf) -> None:
    novak.ok("remove novak-tisk")
    assert "send the mockups · novak-tisk" in novak.ok("today", today="2026-07-22").out
    [finding] = novak("doctor --json").data["findings"]
    assert (finding["code"], finding["client"], finding["file"]) == ("slip_of_nobody", SLIP, f"{SLIP}.toml")
    assert finding["mend"] == f"cf set {SLIP} client="
    novak.ok(f"set {SLIP} client=")
    assert novak("doctor").exit == 0
    novak.ok("new Novák Tisk Brno -n fri")
    novak.path(SLIP).write_text('name = "send the mockups"\nclient = "novak-tisk"\nresting = "done"\n')
    [finding] = novak("doctor --json").data["findings"]
    assert finding["mend"] == f"cf set {SLIP} client=novak-tisk-brno"


def test_a_slip_is_given_to_a_client(novak: Cf) -> None:
    novak.ok("slip tax return -n fri")
    novak.ok("set tax client=novák tisk")
    assert said(novak, "slips/tax-return")["client"] == "novak-tisk"
    assert novak("set tax client=nobody").exit == 3
    # On a client's card that is a key of one's own.
    novak.ok("set nov client=yes")
    assert said(novak, "novak-tisk")["card"]["client"] == "yes"


# As on any dossier --------------------------------------------------------------------------------------


def test_the_other_commands_take_it_too(novak: Cf) -> None:
    novak.env["EDITOR"] = "true"
    novak.ok("snooze mockups 1w --yes")
    assert said(novak)["log"][0]["kind"] == "moved"
    novak.ok("move mockups nov -n mon --yes")
    novak.ok("edit mockups")
    novak.ok("rename mockups send the drafts")
    assert novak.path("slips/send-the-drafts").exists()
    novak.ok("remove drafts")
    assert (novak.root / "removed" / "send-the-drafts.toml").exists()
    novak.ok(f"undo {SLIP}")
    novak.ok(f"undo {SLIP}")
    assert novak.row("mockups")["next"]["on"] == "2026-07-20"
    novak.ok(["backup", "../kept.tar.gz"])
    novak.ok(["restore", "../kept.tar.gz", "../again"])
    assert (novak.root.parent / "again" / f"{SLIP}.toml").read_bytes() == novak.path(SLIP).read_bytes()


def test_removed_ones_have_names_of_their_own(novak: Cf) -> None:
    novak.ok("remove mockups")
    novak.ok("slip send the mockups -n fri")
    novak.ok("remove mockups")
    assert sorted(path.name for path in (novak.root / "removed").iterdir()) == [
        "send-the-mockups-2.toml", "send-the-mockups.toml",
    ]  # fmt: skip


def test_one_that_cannot_be_read_hides_no_other(novak: Cf) -> None:
    novak.write("slips/broken", "name = \n")
    answer = novak("today --json")
    assert answer.exit == 1
    assert [row["file"] for row in answer.data["unreadable"]] == ["slips/broken.toml"]
    assert novak("show slips/broken").exit == 5
    [finding] = novak("doctor --json").data["findings"]
    assert (finding["client"], finding["mend"]) == ("slips/broken", "cf edit slips/broken")
    novak.ok("log nov x -n fri")


ODD = 'name = "x"\n[next]\non = 2026-08-05\n'


@pytest.mark.parametrize(
    ("file", "code", "mend"),
    [
        ("Tax Return.toml", "file_name", "cf rename 'slips/Tax Return' x"),
        ("tax.TOML", "ending", "mv -i slips/tax.TOML slips/tax.toml"),
        (".tax.toml", "hidden", "mv -i slips/.tax.toml slips/tax.toml"),
        ("tax.toml~", "copy", "mv -i 'slips/tax.toml~' slips/tax.toml"),
        ("below/tax.toml", "misplaced", "mv -i slips/below/tax.toml slips/tax.toml"),
    ],
)
def test_doctor_looks_into_slips(cf: Cf, file: str, code: str, mend: str) -> None:
    path = cf.root / "slips" / file
    path.parent.mkdir(parents=True)
    path.write_text(ODD)
    [finding] = cf("doctor --json").data["findings"]
    assert (finding["code"], finding["file"], finding["mend"]) == (code, f"slips/{file}", mend)


def test_a_client_that_is_no_text_is_odd(cf: Cf) -> None:
    (cf.root / "slips").mkdir()
    cf.write("slips/tax", 'name = "tax"\nclient = 5\n[next]\non = 2026-07-15\n')
    [warning] = cf.ok("today --json").json["warnings"]
    assert warning["message"].startswith("slips/tax.toml, line 2: client should be a text in quotes")


def test_slips_that_cannot_be_reached_are_told(novak: Cf) -> None:
    slips = novak.root / "slips"
    slips.rename(novak.root / "elsewhere")
    slips.symlink_to("nowhere")
    answer = novak("today")
    assert answer.exit == 5
    assert "slips" in answer.err
    slips.unlink()
    slips.write_text("")
    assert novak("today").exit == 5
    assert [finding["file"] for finding in novak("doctor --json").data["findings"]] == ["slips"]


def test_looking_back_tells_what_became_of_it_and_counts_it_as_no_contact(novak: Cf) -> None:
    novak.ok("log mockups", today="2026-07-22T11:00:00")
    told = novak.ok("review --json", today="2026-07-22T18:00:00").data
    assert (told["contacts"], told["first_calls"], told["by_kind"]) == (0, 0, {})
    assert told["promises"] == {"kept": 1, "broken": 0, "open": 0}
    assert told["done"] == 1
    week = novak.ok("review week --json", today="2026-07-22T18:00:00").data["week"]
    assert week["no_phone"] == []


def test_a_slip_that_was_ticked_today_is_not_ticked_again_unasked(cf: Cf) -> None:
    cf.ok("slip VAT --every month on the 25th -n 25 july", today="2026-07-01")
    file = cf.root / "slips" / "vat.toml"
    cf.ok("log vat", today="2026-07-20")
    once = file.read_bytes()
    assert b"on = 2026-08-25" in once
    refused = cf("log vat", today="2026-07-20")
    assert refused.exit == 2
    assert "ticked today already" in refused.err
    assert refused.err.rstrip().endswith("--yes")
    assert cf("log vat", typed="n\n", terminal=True, today="2026-07-20").exit == 2
    assert file.read_bytes() == once
    cf.ok("log vat half of it --keep", today="2026-07-20")
    cf.ok("log vat", today="2026-07-21")
    assert b"on = 2026-09-25" in file.read_bytes()
    cf.ok("log vat --yes", today="2026-07-21")
    assert b"on = 2026-10-25" in file.read_bytes() or b"on = 2026-10-26" in file.read_bytes()
    assert cf("log vat", typed="y\n", terminal=True, today="2026-07-21").exit == 0


def test_a_slip_that_is_there_already_is_told(novaks: Cf) -> None:
    assert "the same stands there already" not in novaks.ok("slip call the bank -n fri").out
    assert "the same stands there already, at Fri 17 Jul" in novaks.ok("slip Call the bank -n mon").out
