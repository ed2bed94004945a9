"""The desk one by one at a real terminal: a calm screen for each dossier, back, edit, papers, and going on later."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pyte
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientfolder.cli.pages.one_by_one import keys_page
from folders import EXAMPLE, Cf
from signals import as_usual
from terminals import Terminal

LAST_KEY = "[q]uit"
ORDER = ("Anna Kowalska", "Vinařství Sedmikopec", "Bistro Zelený", "Novák Tisk")


class Screens(Terminal):
    """A terminal of any size, of which each screen can be read when its keys are there."""

    rows, columns = 24, 80

    def begin(self, rows: int = 24, columns: int = 80) -> str:
        self.rows, self.columns = rows, columns
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.line("cf -i")
        assert self.running
        self.running.setwinsize(rows, columns)
        return self.seen()

    def line(self, line: str) -> None:
        words = ["-m", "clientfolder", *line.split()[1:]]
        self.running = pexpect.spawn(
            sys.executable, words, cwd=str(self.cf.root), env=self.env, dimensions=(self.rows, self.columns),
            encoding="utf-8", timeout=20, preexec_fn=as_usual,
        )  # fmt: skip

    def seen(self, until: str = LAST_KEY) -> str:
        """What is on the screen now that the keys are there."""
        self.expect(until)
        # The keys are read only when their screen is there: what comes before is let go.
        time.sleep(0.1)
        return self.shown

    def pressed(self, key: str, until: str = LAST_KEY) -> str:
        self.press(key)
        return self.seen(until)

    def shows(self, name: str) -> bool:
        return any(line.startswith(f" {name}") for line in self.shown.splitlines()[:7])


@pytest.fixture
def terminal(bare: Cf) -> Iterator[Screens]:
    terminal = Screens(bare)
    yield terminal
    if terminal.running:
        terminal.running.close(force=True)


# A screen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "columns"), [(24, 80), (24, 60), (14, 80), (40, 120)])
def test_each_dossier_is_one_screen_that_says_what_is_needed_to_decide(
    terminal: Screens, rows: int, columns: int
) -> None:
    lines = terminal.begin(rows, columns).splitlines()
    assert lines[0].startswith(" Wed 15 July 2026")
    assert lines[0].endswith("9 left")
    assert lines[2].startswith(" Anna Kowalska")
    assert lines[2].endswith("+48 22 555 01 07")
    assert "Thu 9 Jul, 6 days late" in lines[3]
    if rows >= 24:
        assert any("ask about the revised quote" in line for line in lines)
        # Her own words, and not that the dossier was moved twice since.
        assert any("Wants it by Friday" in line for line in lines)
    assert any(line.startswith(" NEXT DAYS") for line in lines)
    keys = next(number for number, line in enumerate(lines) if line.endswith(LAST_KEY))
    assert keys <= rows - 3
    # Two questions push the head away at the most.
    terminal.press("l")
    terminal.expect("What happened? ")
    terminal.type("Fine.")
    terminal.expect("Next?")
    assert terminal.shows("Anna Kowalska")
    lines = terminal.pressed("\r").splitlines()
    assert lines[0].startswith(" Wed 15 July 2026")
    assert lines[1] == " Logged a call with Anna Kowalska."
    assert lines[2].startswith(" -> ")
    assert terminal.shows("Vinařství Sedmikopec")


def test_all_keys_and_all_of_the_sheet(terminal: Screens) -> None:
    terminal.begin()
    page = terminal.pressed("?", "Any key goes back.")
    for key in "lxcrdpsnbteoauq":
        assert any(line.startswith(f"     {key}  ") for line in page.splitlines()), key
    terminal.pressed("\r")
    assert terminal.shows("Anna Kowalska")
    page = terminal.pressed("a", "q to go back.")
    assert page.splitlines()[0].startswith(" Anna Kowalska")
    assert "11 200 PLN" in page
    oldest = terminal.cf.ok("show anna -a").out.splitlines()[-1]
    assert oldest not in page
    for _ in range(2):
        terminal.pressed("\r", "Any key for more")
    assert oldest in terminal.pressed("\r", "Any key goes back.")
    terminal.pressed("\r")
    assert terminal.shows("Anna Kowalska")
    terminal.pressed("a", "q to go back.")
    terminal.pressed("q")
    assert terminal.shows("Anna Kowalska")
    # An arrow is no key of ours, and not Escape either.
    terminal.press("\x1b[A")
    terminal.pressed("\r")
    assert terminal.shows("Vinařství Sedmikopec")


# Back, edit, papers -----------------------------------------------------------------------------------


def test_back_goes_to_the_one_before_whatever_was_done_with_it(terminal: Screens) -> None:
    assert "there is none before it" in (terminal.begin(), terminal.pressed("b"))[1]
    terminal.press("n")
    terminal.expect("Behind which day? ")
    terminal.type("24 july")
    terminal.expect("Change it all the same? [y/N] ")
    assert terminal.shows("Anna Kowalska")
    terminal.type("y")
    terminal.expect("put off all the same")
    # However many questions an act has, whom they are about stays on the screen.
    assert terminal.shows("Anna Kowalska")
    terminal.press("\r")
    terminal.seen()
    assert terminal.shows("Vinařství Sedmikopec")
    terminal.pressed("\r")
    assert terminal.shows("Bistro Zelený")
    assert "1 skipped" in terminal.shown
    terminal.pressed("b")
    assert terminal.shows("Vinařství Sedmikopec")
    assert "skipped" not in terminal.shown
    page = terminal.pressed("b")
    assert terminal.shows("Anna Kowalska")
    assert "Fri 24 Jul" in page
    # Acts on it are as usual; then it goes on.
    terminal.press("l")
    terminal.expect("What happened? ")
    # It has a date ahead, which stays.
    page = terminal.pressed("Rang back.\r")
    assert "stays: Fri 24 Jul 2026" in page
    assert terminal.shows("Vinařství Sedmikopec")
    page = terminal.pressed("u")
    assert "Undone: Logged a call with Anna Kowalska." in page
    assert terminal.shows("Anna Kowalska")
    terminal.press("q")
    assert terminal.end() == 0
    assert terminal.cf.next("anna")["on"] == "2026-07-24"  # type: ignore[index]


def test_undo_shows_whom_it_was_about(terminal: Screens) -> None:
    terminal.begin()
    terminal.pressed("\r")
    terminal.pressed("x")
    assert terminal.shows("Bistro Zelený")
    terminal.pressed("u")
    assert terminal.shows("Vinařství Sedmikopec")
    assert "1 skipped" in terminal.shown
    terminal.press("q")
    assert terminal.end() == 0
    assert "cf -i goes on with Vinařství Sedmikopec" in terminal.shown


def test_edit_is_checked_and_offered_again(terminal: Screens) -> None:
    editor = terminal.cf.home / "editor"
    editor.write_text(
        '#!/bin/sh\nif grep -q broken "$1"; then sed -i "s/^broken$/# mended/" "$1"; else echo broken >> "$1"; fi\n'
    )
    editor.chmod(0o755)
    terminal.env["EDITOR"] = str(editor)
    terminal.begin()
    terminal.press("e")
    terminal.expect("Edit again? [Y/n] ")
    terminal.type("y")
    assert " Edited Anna Kowalska." in terminal.seen()
    assert terminal.shows("Anna Kowalska")
    assert "# mended" in terminal.cf.text("anna-kowalska")
    assert "Undone: Edited Anna Kowalska." in terminal.pressed("u")
    assert "# mended" not in terminal.cf.text("anna-kowalska")
    terminal.env["EDITOR"] = "true"


def test_a_paper_is_opened(terminal: Screens) -> None:
    opener, note = terminal.cf.home / "opener", terminal.cf.home / "opened"
    opener.write_text(f'#!/bin/sh\necho noise\nprintf "%s" "$1" > {note}\n')
    opener.chmod(0o755)
    terminal.env["CF_OPENER"] = str(opener)
    directory = terminal.cf.root / "papers" / "anna-kowalska"
    terminal.begin()
    assert "Anna Kowalska has no papers yet" in terminal.pressed("o")
    directory.mkdir(parents=True)
    for name in ("offer.pdf", "contract.pdf"):
        (directory / name).write_text("x")
    os.utime(directory / "contract.pdf", (1_700_000_000, 1_700_000_000))
    terminal.press("o")
    terminal.expect("Which paper? ")
    terminal.type("2")
    page = terminal.seen()
    assert " Opening contract.pdf of Anna Kowalska" in page
    assert "noise" not in page
    assert note.read_text() == str(directory / "contract.pdf")


# Going on later ---------------------------------------------------------------------------------------


def stop_at_the_third(terminal: Screens) -> None:
    terminal.begin()
    terminal.pressed("\r")
    terminal.pressed("\r")
    assert terminal.shows("Bistro Zelený")


@pytest.mark.parametrize("how", ["quit", "killed"])
def test_it_goes_on_where_one_stopped(terminal: Screens, how: str) -> None:
    stop_at_the_third(terminal)
    assert terminal.running
    if how == "quit":
        terminal.press("q")
        assert terminal.end() == 0
        assert "2 skipped, still on the desk; cf -i goes on with Bistro Zelený" in terminal.shown
    else:
        terminal.running.kill(signal.SIGKILL)
        terminal.running.wait()
    page = terminal.begin()
    assert terminal.shows("Bistro Zelený")
    assert " Going on where you stopped; 2 skipped before. t begins at the top." in page
    terminal.pressed("t")
    assert terminal.shows("Anna Kowalska")
    assert "skipped" not in terminal.shown


def test_what_was_done_elsewhere_meanwhile_is_not_shown_again(terminal: Screens) -> None:
    stop_at_the_third(terminal)
    terminal.press("q")
    terminal.end()
    terminal.cf.ok("log bistro sends the menu -n fri")
    terminal.cf.ok("snooze vin 1w")
    assert "1 skipped before" in terminal.begin()
    assert terminal.shows("Novák Tisk")


def test_another_day_begins_anew(terminal: Screens) -> None:
    stop_at_the_third(terminal)
    terminal.press("q")
    terminal.end()
    terminal.env["CF_TODAY"] = "2026-07-16"
    assert "Going on" not in terminal.begin()
    assert terminal.shows("Anna Kowalska")


def test_at_the_end_it_says_how_many_were_skipped_and_the_next_one_begins_with_them(terminal: Screens) -> None:
    terminal.begin()
    for _ in range(8):
        terminal.pressed("\r")
    terminal.press("x")
    terminal.expect("begins with them again")
    assert terminal.end() == 0
    assert "Logged an attempt to reach Yoga Loft." in terminal.shown
    assert not (terminal.cf.root / ".cf" / ".pile").exists()
    assert "Going on" not in terminal.begin()
    assert terminal.shows("Anna Kowalska")


@pytest.mark.parametrize(
    "mark",
    [
        b"", b"\xff\x00", b"[]", b"{}", b"7", b'{"day": "2026-07-15"}', b'{"day": "2026-07-15", "client": 7, "skipped": []}',
        b'{"day": "2026-07-15", "client": null, "skipped": [{}]}', b'{"day": "2026-07-15", "client": "nobody", "skipped": ["no"]}',
        b"[" * 100_000, None,
    ],
)  # fmt: skip
def test_a_mark_that_cannot_be_read_or_written_is_as_good_as_none(bare: Cf, mark: bytes | None) -> None:
    (bare.root / ".cf").mkdir()
    place = bare.root / ".cf" / ".pile"
    place.mkdir() if mark is None else place.write_bytes(mark)
    answer = bare.ok("-i", typed="\nq")
    assert answer.err == ""
    assert answer.out.count("Anna Kowalska · Kowalska Keramik") == 1
    assert "Going on" not in answer.out
    assert [path.name for path in (bare.root / ".cf").glob("*.tmp")] == []


def test_a_dry_run_leaves_no_mark(bare: Cf) -> None:
    bare.ok("-i --dry-run", typed="\n\nq")
    assert not (bare.root / ".cf" / ".pile").exists()


def test_a_dossier_that_is_spoilt_meanwhile_is_shown_with_what_is_known(
    bare: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clientfolder.cli.commands import one_by_one

    show = one_by_one._Round._show

    def spoil(self: one_by_one._Round, cover: object) -> None:
        bare.write("anna-kowalska", "name = \n")
        show(self, cover)  # type: ignore[arg-type]

    monkeypatch.setattr(one_by_one._Round, "_show", spoil)
    answer = bare("-i", typed="xq")
    assert answer.exit == 0
    assert "Anna Kowalska" in answer.out
    assert bare.text("anna-kowalska") == "name = \n"


def test_to_call_now_instead_of_one_more_move_stays_with_the_dossier(bare: Cf) -> None:
    before = bare.tree()
    answer = bare.ok("-i", typed=8 * "\n" + "s\nc")
    assert "Yoga Loft was put off 3x" in answer.out
    assert answer.out.count("\n Yoga Loft ") == 2
    assert bare.tree() == before


# Laws -------------------------------------------------------------------------------------------------

KEY = st.sampled_from(["l", "x", "s", "n", "\n", "b", "t", "e", "o", "a", "?", "u", "\t", "é"])
ANSWER = st.sampled_from(["", "fri\n", "\n", "y\n", "words\nmon\n", "nonsense\n"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.tuples(KEY, ANSWER), max_size=14))
def test_whatever_is_pressed_nobody_falls_out_and_undo_leads_back(
    tmp_path_factory: pytest.TempPathFactory, pressed: list[tuple[str, str]]
) -> None:
    place: Path = tmp_path_factory.mktemp("pile")
    cf = Cf(place, place, env={"EDITOR": "true", "CF_OPENER": "true"})
    (place / "clients").mkdir()
    (place / "clientfolder.toml").write_text("")
    for path in sorted((EXAMPLE / "clients").iterdir())[:12]:
        (place / "clients" / path.name).write_bytes(path.read_bytes())
    before, dated = cf.tree(), {row["client"] for row in rows(cf)}
    answer = cf("-i", typed="".join(key + said for key, said in pressed))
    assert answer.exit == 0, answer
    assert {row["client"] for row in rows(cf)} == dated
    while cf("undo").exit == 0:
        pass
    assert cf.tree() == before


def rows(cf: Cf) -> list[dict[str, str]]:
    return [row for slot in cf("list --json").data["slots"] for row in slot["dossiers"]]


def test_any_list_goes_one_by_one_and_whoever_is_dealt_with_is_not_shown_again(bare: Cf) -> None:
    listed = [row["client"] for slot in bare.ok("list late --json").data["slots"] for row in slot["dossiers"]]
    answer = bare.ok("list late -i", typed="s1w\nn20 july\n\n")
    assert answer.out.count(" left") >= 2
    assert "3 left" in answer.out
    assert bare(["list", "late", "-i", "--json"]).exit == 2
    assert listed
    assert bare.ok("list no date -i", typed="q").out.count("Öztürk Bau") >= 1


def test_every_act_is_told_at_the_end_with_its_date(terminal: Screens) -> None:
    terminal.begin()
    for text, day in (("Took B.", "fri 10:00"), ("Sends it.", "5 aug")):
        terminal.press("l")
        terminal.expect("What happened? ")
        terminal.type(text)
        terminal.expect("Next?")
        terminal.type(day)
        terminal.seen()
    terminal.press("u")
    terminal.expect("Undone")
    terminal.seen()
    terminal.pressed("x")
    terminal.press("q")
    assert terminal.end() == 0
    told = " ".join(terminal.shown.split())
    assert "Logged a call with Anna Kowalska. -> ! Fri 17 Jul 2026 10:00 Logged an attempt to reach" in told
    assert "Vinařství Sedmikopec. -> Thu 16 Jul 2026" in told


def test_one_act_is_told_with_its_date_however_one_leaves(terminal: Screens) -> None:
    terminal.begin()
    terminal.pressed("x")
    terminal.press("\x1b")
    assert terminal.end() == 0
    assert "\nLogged an attempt to reach Anna Kowalska. -> Thu 16 Jul" in terminal.shown


def test_a_slip_shows_whose_it_is_and_the_number_and_can_be_gone_back_to(terminal: Screens) -> None:
    (terminal.cf.home / "offer.pdf").write_text("x")
    terminal.cf.ok(f"attach novak {terminal.cf.home / 'offer.pdf'}")
    terminal.cf.ok("slip send the mockups --client novak -n fri")
    terminal.env["CF_OPENER"] = "true"
    terminal.screen = pyte.Screen(80, 24)
    terminal.stream = pyte.Stream(terminal.screen)
    terminal.line("cf list slips -i")
    head = next(line for line in terminal.seen().splitlines() if "send the mockups" in line)
    assert head.startswith(" send the mockups · Novák Tisk ")
    assert head.endswith("+420 555 010 180")
    assert "Opening offer.pdf of Novák Tisk" in terminal.pressed("o")
    assert "Novák Tisk" in terminal.pressed("a", "goes back").splitlines()[0]


def test_what_is_done_is_gone_back_to_as_it_is_now(terminal: Screens) -> None:
    for text in ("pay VAT", "water the plants"):
        terminal.cf.ok(f"slip {text} -n fri")
    terminal.line("cf list slips -i")
    terminal.seen()
    terminal.press("l")
    terminal.expect("What happened? [done] ")
    terminal.type("")
    terminal.seen()
    assert "next       done" in terminal.pressed("b")
    assert "Undone: Ticked: pay VAT." in terminal.pressed("u")
    assert "next       Fri 17 Jul" in terminal.shown


@pytest.mark.parametrize("keys", ["\x1bs", "\x1b[As"])
def test_a_key_at_once_behind_escape_is_no_part_of_it(terminal: Screens, keys: str) -> None:
    """Behind an arrow it acts; behind Escape, which leaves, it is the shell's: nothing reads it and nothing is asked."""
    terminal.begin()
    terminal.press(keys)
    if keys == "\x1bs":
        assert terminal.end() == 0
        assert "Until?" not in terminal.shown
    else:
        terminal.expect("Until?")


@pytest.mark.parametrize("over", ["a", "?"])
def test_escape_leaves_what_lies_over_the_desk_and_the_keys_behind_it_act(terminal: Screens, over: str) -> None:
    """All of it arrives in one piece, as it does over a slow line: no letter is taken for a part of Escape."""
    terminal.begin()
    terminal.pressed(over, "go")
    terminal.press("\x1blTook B.\rfri\r")
    terminal.seen()
    # Lines that come at once are one text, so that the date is asked for.
    terminal.expect("Next?")
    terminal.type("mon")
    terminal.seen()
    assert terminal.cf.row("anna")["dossier"]["log"][-1]["text"] == "Took B.\nfri"


def test_what_is_typed_at_once_behind_escape_is_the_shells_to_the_letter(terminal: Screens) -> None:
    words = [sys.executable, "-m", "clientfolder", "-i"]
    shell = f'{shlex.join(words)}; read -r line; echo "read: $line."'
    terminal.running = pexpect.spawn("sh", ["-c", shell], cwd=str(terminal.cf.root), env=terminal.env, encoding="utf-8", timeout=20)  # fmt: skip
    terminal.seen()
    terminal.press("\x1bls -l Ďáblice\r")
    terminal.expect(f"read: {'ls -l' if _TAKES_BACK else 's -l'} Ďáblice.")


# A terminal of newer systems may be told not to take keys from a program.
_MAY_TAKE_BACK = Path("/proc/sys/dev/tty/legacy_tiocsti")
_TAKES_BACK = not _MAY_TAKE_BACK.exists() or _MAY_TAKE_BACK.read_text().strip() == "1"


def test_a_letter_behind_escape_is_not_eaten_at_a_question(terminal: Screens) -> None:
    terminal.begin()
    terminal.press("l")
    terminal.expect("What happened? ")
    terminal.press("\x1b")
    terminal.type("took B.")
    terminal.expect("Next?")
    terminal.type("fri")
    terminal.seen()
    assert terminal.cf.row("anna")["dossier"]["log"][-1]["text"] == "took B."


@pytest.mark.parametrize("keys", range(8, 12))
def test_a_full_card_leaves_the_log_a_line_that_says_something(cf: Cf, keys: int) -> None:
    card = "".join(f'key{number} = "{number}"\n' for number in range(keys))
    tried = '[[log]]\nat = 2026-07-15\nkind = "call"\nreached = false\n'
    moved = '[[log]]\nat = 2026-07-15\nkind = "moved"\nfrom = 2026-07-16\nto = 2026-07-15\nhow = "planned"\n'
    cf.write("anna", f'name = "Anna"\n[next]\non = 2026-07-15\n[card]\n{card}{tried}{moved}')
    terminal = Screens(cf)
    screen = terminal.begin()
    assert "Wed 15 July 2026  call, no answer" in screen, screen
    assert terminal.running
    terminal.running.close(force=True)


def test_whoever_complains_and_was_not_reached_makes_way_for_the_next(cf: Cf) -> None:
    """They are on the desk still; the same screen again would be a key for nothing."""
    broken = '[[log]]\nat = 2026-07-06T09:00:00\nkind = "complaint"\ntext = "Two broke."\n'
    cf.write("anna", f'name = "Anna"\n[next]\non = 2026-07-15\n{broken}')
    cf.write("bert", 'name = "Bert"\n[next]\non = 2026-07-15\n')
    # What is undone is at hand again.
    answer = cf.ok("-i", typed="xuxx")
    assert "Undone: Logged an attempt to reach Anna." in answer.out
    assert cf.text("anna").count("reached = false") == cf.text("bert").count("reached = false") == 1
    assert "1 skipped, still on the desk" in answer.out
    assert "1 left, now: Anna" in answer.out


def test_a_day_until_which_cannot_be_read_is_asked_again_and_the_usual_one_is_named(anna: Cf) -> None:
    answer = anna.ok("-i", typed="ssoon\n?\n\n")
    assert answer.err.count("Until? [+1b, Thu 16 Jul] ") == 3
    assert "All forms: ?" in answer.out
    assert "fri about" not in answer.out
    assert anna.next("anna")["on"] == "2026-07-16"  # type: ignore[index]


@pytest.mark.parametrize("rows", [12, 15, 24])
def test_all_keys_can_be_read_in_a_low_window(terminal: Screens, rows: int) -> None:
    terminal.begin(rows)
    key, screens = "?", ""
    for _ in range(rows - 2, len(keys_page()), rows - 2):
        screens += terminal.pressed(key, "q to go back.")
        key = "\r"
    screens += terminal.pressed(key, "Any key goes back.")
    assert screens.startswith(" One by one")
    assert all(f"     {key}  " in screens for key in "lxcrdpsnbteoauq")


# Money ------------------------------------------------------------------------------------------------

CATALOGUE = """\
name = "Anna Kowalska"

[next]
on = 2026-07-14

[[deals]]
name = "catalogue"
amount = 11200
steps.presentation = 2026-06-17
"""


@pytest.fixture
def anna(cf: Cf) -> Cf:
    (cf.root / "clientfolder.toml").write_text('currency = "EUR"\n')
    cf.write("anna", CATALOGUE)
    return cf


def test_a_deal_goes_on_and_a_payment_comes_in_by_a_key_each(anna: Cf) -> None:
    """The dossier stays at hand, for it lies where it lay; each is a step of its own, taken back by u."""
    answer = anna.ok("-i", typed="doffer 11 900\np2500 shop\nq")
    assert "catalogue, at presentation" in answer.out
    assert "Anna Kowalska: catalogue at offer, 11 900 EUR" in answer.out
    assert "Paid: 2 500 EUR from Anna Kowalska for shop." in answer.out
    assert answer.out.count("1 left\n") == 3
    assert "steps.offer = 2026-07-15" in anna.text("anna")
    assert anna.text("anna").endswith('[[payments]]\non = 2026-07-15\namount = 2500\nproduct = "shop"\n')
    anna.ok("undo")
    anna.ok("undo")
    assert anna.text("anna") == CATALOGUE
    anna.ok("-i", typed="dshop 2500\nuq")
    assert anna.text("anna") == CATALOGUE


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("pmuch\n\nq", "much"),
        ("p1.200 shop\n\nq", "cf pay anna 1200 shop or cf pay anna 1.20 shop"),
        ("dpresentation\n\nq", "at presentation already"),
        ("doffer soon\n\nq", "As a name: cf deal anna 'offer soon'"),
    ],
)
def test_money_that_cannot_be_read_is_asked_again_with_the_line_that_would_work(
    anna: Cf, typed: str, told: str
) -> None:
    answer = anna.ok("-i", typed=typed)
    assert told in answer.out + answer.err
    assert anna.text("anna") == CATALOGUE


def test_a_list_that_is_gone_through_keeps_whoever_has_paid(anna: Cf) -> None:
    answer = anna.ok("list all -i", typed="p300 shop\nlFine.\nfri\n")
    assert "Logged a call with Anna Kowalska." in answer.out


def test_a_slip_has_neither_deals_nor_payments(anna: Cf) -> None:
    anna.ok("file anna fri")
    anna.ok("slip VAT return -n today")
    assert anna.ok("-i", typed="dpq").out.count("A slip is no client") == 2
