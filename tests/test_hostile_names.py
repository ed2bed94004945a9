"""Names that would leave the folder, end a line, look like an option or hide: of files, and of clients.

Whatever `cf doctor` says mends them is pasted here into a real shell.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import thorough
from clientfolder.binder import names
from examined import BY_HAND
from folders import Cf, Shell

LONG = "x" * 250
FILES: dict[str, bytes] = {
    "like an option": b"-rf", "like an option of cf": b"-n", "like a long option": b"--json", "a dash alone": b"-",
    "reserved elsewhere": b"CON", "reserved in small letters": b"nul", "blanks": b"a b", "two blanks": b"a  b",
    "a blank at the end": b"anna ", "a dot at the end": b"anna.", "a colon": b"a:b", "a question": b"a?b", "a star": b"*",
    "emoji alone": "🎨🎨".encode(), "sixty emoji": ("🎨" * 60).encode(), "capitals": b"ANNA", "250 letters": LONG.encode(),
    "an escape sequence": b"\x1b[2J\x1b]0;x\x07", "a line end": b"a\nb", "a tab": b"a\tb", "markup": b"[red]x[bold]",
    "single quotes": b"it's", "double quotes": b'say "x"', "a command": b"$(touch touched)", "backquotes": b"`touch touched`",
    "a semicolon": b"a;touch touched", "a backslash": b"a\\nb", "percent": b"100%s\x01", "no UTF-8": b"caf\xe9", "a lone byte": b"\xff",
    "half a surrogate": b"\xed\xa0\x80", "bidi": "a\u202eb".encode(), "no width": "a\u200bb".encode(), "a month": b"may",
    "a day": b"13", "a phrase": b"today", "an offset": b"+3d", "composed": "é".encode(), "decomposed": "e\u0301".encode(),
    "other letters": "東京".encode(), "a dot in the middle": b"a.b", "toml twice": b"a.toml", "a comma": b"a,b", "an equals": b"a=b",
}  # fmt: skip


def write(cf: Cf, stem: bytes, text: str) -> bytes:
    path = os.path.join(os.fsencode(cf.root), b"clients", stem + b".toml")
    with open(path, "wb") as stream:
        stream.write(text.encode())
    return path


def doctor(cf: Cf, *codes: str) -> list[dict[str, Any]]:
    return [finding for finding in cf("doctor --json").data["findings"] if not codes or finding["code"] in codes]


def listed(cf: Cf) -> list[str]:
    return [row["name"] for place in cf("list --json").data["slots"] for row in place["dossiers"]]


def everything(top: Path) -> list[str]:
    return sorted(os.path.join(place, name) for place, below, names in os.walk(top) for name in (*below, *names))


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_any_name_is_a_dossier(cf: Cf, kind: str) -> None:
    write(cf, FILES[kind], 'name = "Zora Quell"\n\n[next]\non = 2026-07-15\n')
    cf.write("good", 'name = "Good"\n\n[next]\non = 2026-07-15\n')
    assert sorted(listed(cf)) == ["Good", "Zora Quell"]
    for line in (
        "today",
        "list",
        "binder",
        "show zora",
        "find quell",
        "log zora rang in -n fri",
        "snooze zora",
        "undo",
    ):
        answer = cf.ok(line)
        assert "\x1b" not in answer.out + answer.err
    cf.ok("remove zora")
    assert listed(cf) == ["Good"]
    cf.ok("undo")
    assert sorted(listed(cf)) == ["Good", "Zora Quell"]
    cf.ok("rename zora Zora Neu")
    assert cf.path("zora-neu").exists()
    assert sorted(path.name for path in cf.root.parent.iterdir()) == ["folder", "home"]


@pytest.mark.parametrize(
    ("kind", "broken"),
    [(kind, broken) for n, kind in enumerate(FILES) for broken in thorough.share([False, True], n, 2)],
)
def test_the_line_that_mends_can_be_pasted(cf: Cf, shell: Shell, kind: str, broken: bool) -> None:
    content = "name = \n" if broken else 'name = "Zora Quell"\n\n[next]\non = 2026-08-05\n'
    path = write(cf, FILES[kind], content)
    found = doctor(cf)
    assert len(found) == (1 if broken or kind not in ("toml twice",) else len(found))
    # In JSON as on the page, where a line is found by its arrow.
    shown = next(line for line in cf("doctor").out.split("\n") if line.startswith("   -> "))
    assert shown == f"   -> {found[0]['mend']}"
    if found[0]["mend"].startswith(BY_HAND):
        # No shell is given a name that cannot be seen, and what can be done without it is.
        assert broken
        assert not os.fsdecode(FILES[kind]).isprintable()
        return
    done = shell(found[0]["mend"])
    assert done.returncode == 0, (found, done)
    assert not (cf.root / "touched").exists()
    if broken:
        # The editor was this very file's: it was opened, and nothing was changed.
        assert Path(os.fsdecode(path)).read_text() == content
        return
    assert doctor(cf) == []
    assert listed(cf) == ["Zora Quell"]
    assert cf.path("zora-quell").exists()


@pytest.mark.parametrize("kind", thorough.share([*FILES], 0, 2))
def test_a_slip_of_any_name_is_a_slip(cf: Cf, shell: Shell, kind: str) -> None:
    (cf.root / "slips").mkdir()
    cf.write("good", 'name = "Good"\n\n[next]\non = 2026-08-05\n')
    with open(os.path.join(os.fsencode(cf.root), b"slips", FILES[kind] + b".toml"), "wb") as stream:
        stream.write(b'name = "sweep the yard"\nclient = "good"\n\n[next]\non = 2026-08-05\n')
    before = listed(cf)
    assert sorted(before) == ["Good", "sweep the yard"]
    for line in ("show sweep", "find yard", "snooze sweep 1w", "undo"):
        assert "\x1b" not in cf.ok(line).out
    # The line that ticks it can be pasted, whatever the file is called.
    told = cf.ok("log good rang in -n fri").out.partition("cf log ")
    assert shell(f"{told[1]}{told[2].splitlines()[0]}").returncode == 0 or not os.fsdecode(FILES[kind]).isprintable()
    for finding in doctor(cf):
        assert shell(finding["mend"]).returncode == 0, finding
    assert doctor(cf) == []
    assert not (cf.root / "touched").exists()
    # Ticked where the line could be pasted, and still there in any case.
    assert cf.row("sweep")["name"] == "sweep the yard"


def test_from_elsewhere_the_line_says_where(cf: Cf, shell: Shell) -> None:
    for name in ("-rf", "a b"):
        write(cf, name.encode(), f'name = "Zora {name[1]}"\n')
    (cf.root / "clients" / ".anna.toml.0123456789ab.tmp").write_text("half")
    elsewhere = Cf(cf.home, cf.home)
    found = elsewhere(["doctor", "--json", "--folder", str(cf.root)]).data["findings"]
    for finding in found:
        if finding["code"] in ("file_name", "leftover"):
            assert shell(finding["mend"], typed="y\n", where=cf.home).returncode == 0, finding
    assert sorted(path.name for path in (cf.root / "clients").iterdir()) == ["zora-r.toml", "zora.toml"]


# What a shell drops ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["clients", ".cf/rescued"])
def test_a_name_that_ends_with_a_line_end_is_never_taken_for_its_neighbour(cf: Cf, shell: Shell, place: str) -> None:
    directory = cf.root / place
    directory.mkdir(parents=True, exist_ok=True)
    cf.write("good", 'name = "Good"\n\n[next]\non = 2026-08-05\n')
    for name in ("foo.toml.txt", "foo.toml.txt\n", "foo.toml~", "foo.toml~\n"):
        (directory / name).write_text(repr(name))
    (cf.root / "papers" / "foo\n").mkdir(parents=True)
    (cf.root / "papers" / "foo").mkdir(parents=True)
    (cf.root / "papers" / "foo" / "offer.txt").write_text("x")
    found = [finding for finding in doctor(cf) if finding["file"].endswith("\n")]
    assert len(found) == 3
    for finding in found:
        before = everything(cf.root)
        shell(finding["mend"], typed="y\n")
        gone = {path for path in before if path not in everything(cf.root)}
        assert gone <= {str(cf.root / "papers" / "foo\n")}, finding


# Twins ------------------------------------------------------------------------------------------------

TWINS = {
    "case": ("anna", "ANNA"), "case in the middle": ("anna-b", "anna-B"), "three": ("anna", "Anna", "ANNA"),
    "accents": (unicodedata.normalize("NFC", "zoë"), unicodedata.normalize("NFD", "zoë")),
    "sharp s": ("straße", "STRASSE"),
}  # fmt: skip


@pytest.mark.parametrize("same_name", [False, True])
@pytest.mark.parametrize("kind", TWINS)
def test_twins_are_told_apart_and_mended(cf: Cf, shell: Shell, kind: str, same_name: bool) -> None:
    stems = TWINS[kind]
    for number, stem in enumerate(stems):
        name = "Quell" if same_name else f"Quell {'ABC'[number]}"
        cf.write(stem, f'name = "{name}"\nnumber = {number}\n\n[next]\non = 2026-08-05\n')
        (cf.root / "papers" / stem).mkdir(parents=True)
    for stem in stems:
        # To the letter it is this one and no other.
        assert cf.row(stem)["client"] == stem
        cf.ok(["log", stem, "rang in", "-n", "fri"])
        assert cf.text(stem).count("rang in") == 1
    found = doctor(cf, "twin_file")
    assert len(found) == len(stems) - 1
    if same_name:
        # Which of them is the client is for a person to say.
        assert all(finding["mend"].startswith(BY_HAND) for finding in found)
        return
    for finding in found:
        assert shell(finding["mend"]).returncode == 0, finding
    assert doctor(cf, "twin_file", "papers") == []
    for finding in doctor(cf, "file_name"):
        assert shell(finding["mend"]).returncode == 0, finding
    assert doctor(cf) == []
    assert len(listed(cf)) == len(stems)
    assert len(list((cf.root / "papers").iterdir())) == len(stems)


def test_a_broken_twin_does_not_stop_the_readable_one(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n\n[next]\non = 2026-08-05\n')
    cf.write("ANNA", "name = \n")
    cf.ok("log anna rang in -n fri")
    assert cf("log ANNA rang in -n fri").exit == 5
    [twin] = doctor(cf, "twin_file")
    assert twin["client"] == "ANNA"
    assert twin["mend"].startswith(BY_HAND)


def test_a_name_that_another_has_as_its_short_name(cf: Cf, shell: Shell) -> None:
    """No word means the one and not the other, so the file is opened by its path."""
    cf.write("anna", 'name = "Bob"\n')
    cf.write("bob", 'name = "Anna"\n')
    for finding in doctor(cf, "no_date"):
        assert finding["mend"] == f"${{EDITOR:-vi}} {finding['file']}"
    # A phone number or a mail address is a name too.
    cf.write("bob", 'name = "Anna"\n\n[card]\nemail = "anna@firm.example"\n')
    [mend] = [finding["mend"] for finding in doctor(cf, "no_date") if finding["client"] == "bob"]
    assert shell(mend).returncode == 0
    assert cf.row("anna@firm.example")["next"]["on"] == "2026-07-17"


def test_a_client_of_a_name_that_is_taken_gets_its_file_by_hand(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n\n[next]\non = 2026-08-05\n')
    cf.write("Fair 2026", 'name = "Anna"\n\n[next]\non = 2026-08-05\n')
    [finding] = doctor(cf, "file_name")
    assert finding["mend"].startswith(BY_HAND)
    assert "papers" in finding["mend"]


@pytest.mark.parametrize(
    "phrase",
    ["13", "july", "5 july", "july 5th", "fri", "next friday", "3d", "+10b", "10 workdays", "in 2 weeks", "in a month", "1y",
     "eom", "end of quarter", "next week", "start of next month", "5/7", "5.7.", "sept", "thurs", "2026-07", "feb 29 2028"],
)  # fmt: skip
def test_what_may_be_said_for_a_date_is_no_short_name(phrase: str) -> None:
    for stem in (phrase, phrase.upper()):
        assert names.is_phrase(stem)
    assert not names.is_phrase(f"{phrase} x")


# Names of clients -------------------------------------------------------------------------------------

CLIENTS = [
    "../x", "/etc/passwd", "-rf", "-n", "--json", "CON", "a/b", "🎨🎨", "x" * 300, "é" * 300, "🎨" * 300, "..", ".", "~", "*",
    "\x1b[2J\x1b]0;pwned\x07", "[red]x[/red]", "[/x]", ":smile:", "$(touch touched)", "`touch touched`", "it's \"x\"", "a\nb", "a\tb",
    "\u202egnp", "\u200b.", "a;b", "a|b", "%s%n", "{name}", "{}", "\\", "'", '"', '"""', "#", "=", "[next]", "[[log]]", "May", "13",
    "today", "fri", "overdue", "later", "10..21", "東京", "Ёлки", "עברית", "null", "true", "1", "anna.toml", ".anna", "anna~", "#anna#",
    "anna.sync-conflict-x", "anna (conflicted copy)", "\u2028", "é", "e\u0301", "\x9b31m", "\x7f",
]  # fmt: skip


@pytest.mark.parametrize("name", thorough.share(CLIENTS, 0, 2), ids=ascii)
def test_a_client_of_any_name_stays_in_the_folder(cf: Cf, name: str) -> None:
    made = cf(["new", "-n", "5 aug", "--", name])
    if made.exit == 2:
        assert "A dossier has a name" in made.err
        return
    assert made.exit == 0, made
    [path] = (cf.root / "clients").iterdir()
    assert listed(cf) == [name.strip()]
    assert doctor(cf) == []
    for line in ("today", "list", "binder", "list --full", "doctor", "history"):
        answer = cf.ok(line)
        assert not any(sign in answer.out + answer.err for sign in "\x1b\x07\x7f\x9b\u202e\u200b\u2028"), line
    for words in (["show"], ["log", "rang in", "-n", "fri"], ["set", "phone=1"], ["rest", "why"], ["file", "fri"]):
        cf.ok([words[0], "--", path.stem, *words[1:]] if "-n" not in words else [words[0], path.stem, *words[1:]])
    cf.ok(["rename", path.stem, "Plain Name"])
    cf.ok(["rename", "--", "plain-name", name])
    assert listed(cf) == [name.strip()]
    cf.ok(["remove", path.stem])
    assert listed(cf) == []
    assert [found.name for found in (cf.root / "removed").iterdir()] == [path.name]
    assert sorted(found.name for found in cf.root.iterdir()) == [".cf", "clientfolder.toml", "clients", "removed"]
    assert sorted(found.name for found in cf.root.parent.iterdir()) == ["folder", "home"]
