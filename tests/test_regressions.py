"""Slips that have happened once, each named after what happened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from clientfolder.cli.commands import show as finder
from folders import Cf
from signals import as_usual

BOB = 'name = "Bob Builder"\ntags = ["b2c"]\n\n[next]\non = 2026-07-10\n'


@pytest.fixture
def bob(cf: Cf) -> Cf:
    cf.write("bob", BOB)
    return cf


@pytest.mark.parametrize("option", ["--as", "--for", "--with"])
def test_an_option_that_wants_a_word_does_not_swallow_the_next_option(bob: Cf, option: str) -> None:
    answer = bob(f"log bob hello {option} -n fri")
    assert answer.exit == 2
    assert "wants a value" in answer.err
    assert bob.text("bob") == BOB


@pytest.mark.parametrize(
    "table",
    ["name,phone,phone\nX,1,2\n", "name,,company\nX,important,Y\n", "name,about\nX,call about it\n", 'name\n"X\n', "name\nX,Y\n",
     "name,next\nX,soon\n", "name\nX\nx\n", "name\nBob Builder\n", "company\nX\n", "name\n", "", "name,since\nX,then\n"],
)  # fmt: skip
def test_a_table_that_cannot_be_read_whole_is_refused_whole(bob: Cf, table: str) -> None:
    before = bob.tree()
    good = table.partition("\n")[0] + "\nGood" + "," * table.partition("\n")[0].count(",") + "\n"
    whole = good + table.partition("\n")[2] if table.startswith("name") and "\nX" in table else table
    assert bob("new -", piped=whole).exit == 2
    assert bob.tree() == before


def test_a_table_with_any_separator_and_a_mark_at_its_head(bob: Cf) -> None:
    for number, separator in enumerate(",;\t"):
        header = separator.join(("name", "company", "tags", "next", "about", "Instagram"))
        row = separator.join((f'"Zoë {number}"', '"A ""B"" C"', '"shop, vip"', "fri!", "the menu", "@zoe"))
        bob.ok("new -", piped=f"\ufeff{header}\r\n\r\n{row}\r\n")
        assert bob.text(f"zoe-{number}") == (
            f'name = "Zoë {number}"\ncompany = "A \\"B\\" C"\ntags = ["shop", "vip"]\n\n[card]\ninstagram = "@zoe"\n\n'
            '[next]\non = 2026-07-17\nkind = "call"\nabout = "the menu"\nhow = "agreed"\n'
        )
    bob.ok("undo")
    assert not bob.path("zoe-2").exists()


@pytest.mark.parametrize(
    "line", ["new Zed --about the offer", "new Zed --agreed", "new Zed --for visit", "new Zed name=Bob -n fri"]
)
def test_new_does_not_drop_what_belongs_to_a_date(bob: Cf, line: str) -> None:
    assert bob(line).exit == 2
    assert not bob.path("zed").exists()


def test_the_letter_of_snooze_names_a_day_that_is_still_ahead(cf: Cf) -> None:
    cf.write("u", 'name = "Ulla"\n[next]\non = "2026-07"\n')
    answer = cf("snooze ulla 1w")
    assert answer.exit == 2
    advised = answer.err.strip().rpartition("cf ")[2]
    cf.ok(advised)
    assert cf.next("ulla")["on"] == "2026-07-31"  # type: ignore[index]


def test_the_commands_that_doctor_gives_can_be_pasted(cf: Cf) -> None:
    cf.write("weird name", 'name = "File Odd"\n')
    mends = {finding["code"]: finding["mend"] for finding in cf("doctor --json").data["findings"]}
    cf.ok(mends["file_name"].removeprefix("cf "))
    assert cf.path("file-odd").exists()


def test_a_text_from_another_system_keeps_its_lines(bob: Cf) -> None:
    bob.ok(["log", "bob", "one\r\ntwo", "-n", "fri"])
    bob.ok("log bob -", piped="three\r\nfour\r\n")
    assert 'text = """\none\ntwo"""' in bob.text("bob")
    assert 'text = """\nthree\nfour"""' in bob.text("bob")


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_character_that_splits_lines_elsewhere_splits_none_here(cf: Cf, separator: str) -> None:
    cf.write("bob", f'name = "Bob"\n# a{separator}b\ncompany = "x{separator}y"\n[next]\non = 2026-07-10\n')
    cf.ok("log bob hello -n fri")
    [line] = [number for number, line in enumerate(cf.text("bob").split("\n"), 1) if "hello" in line]
    assert cf.ok("find hello --json").data["hits"][0]["line"] == line


def test_the_line_given_back_says_everything_again(bob: Cf) -> None:
    answer = bob("log bob it\\'s x --on 3d ago --about big things --agreed --as mail")
    assert answer.exit == 2
    again = answer.err.strip().partition(" Again: ")[2]
    assert again == """cf log bob 'it'"'"'s' x --on 3d ago --about big things --agreed --as mail -n fri"""
    bob.ok(again.removeprefix("cf "))
    for line in (
        "log nobody text -n fri",
        "log bob text -n fir",
        "log bob text --with zoe",
        "log bob text --on tomorrow",
    ):
        assert " Again: cf log " in bob(line).err
    assert "$'two\\nlines'" in bob(["log", "bob", "two\nlines", "-n", "fir"]).err


def test_what_was_typed_is_told_to_scripts_too(bob: Cf) -> None:
    editor = bob.home / "editor"
    editor.write_text('#!/bin/sh\necho "broken" >> "$1"\n')
    editor.chmod(0o755)
    bob.env["EDITOR"] = str(editor)
    message = bob("edit bob --json").json["errors"][0]["message"]
    kept = Path(message.rpartition(" ")[2])
    assert kept.read_text() == BOB + "broken\n\n"


@pytest.mark.parametrize(
    "script",
    ["exit 3", 'rm "$1"', 'rm "$1"; mkdir "$1"', 'echo "= broken" >> "$1"', "true", 'kill -INT "$PPID"; sleep 0.2; echo "# kept" >> "$1"'],
)  # fmt: skip
def test_whatever_an_editor_does(bob: Cf, script: str) -> None:
    editor = bob.home / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o755)
    env = {"PATH": os.environ["PATH"], "HOME": str(bob.home), "EDITOR": str(editor)}
    program = [sys.executable, "-m", "clientfolder", "edit", "bob"]
    done = subprocess.run(
        program,
        cwd=bob.root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        preexec_fn=as_usual,
    )
    assert "Traceback" not in done.stderr
    assert bob.text("bob") == BOB + ("# kept\n" if "kept" in script else "")
    assert done.returncode == (0 if script == "true" or "kept" in script else 5 if "broken" in script else 2)


def test_a_tag_is_taken_away(bob: Cf) -> None:
    bob.ok("set bob tags+=vip")
    bob.ok("set bob tags-=b2c größe=5")
    assert 'tags = ["vip"]' in bob.text("bob")
    assert '"größe" = "5"' in bob.text("bob")


@pytest.mark.parametrize(
    "closed",
    [
        "log bob x -n fri <&-",
        "when - <&-",
        "new - <&-",
        "log bob - -n fri <&-",
        "today >&-",
        "today 2>&-",
        "show zzz 2>&-",
    ],
)
def test_closed_streams_are_no_trouble(bob: Cf, closed: str) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(bob.home)}
    line = f"{sys.executable} -m clientfolder {closed}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=bob.root, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2, 3, 5)


def test_a_written_entry_is_not_logged_twice_because_nobody_could_read_so(bob: Cf) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(bob.home)}
    line = f"{sys.executable} -m clientfolder log bob x -n fri >&-"
    done = subprocess.run(
        ["bash", "-c", line], cwd=bob.root, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0
    assert "It is written" in done.stderr
    assert bob.text("bob").count('text = "x"') == 1


def test_words_that_are_no_utf8_are_refused(bob: Cf) -> None:
    env = {"PATH": os.environ["PATH"], "HOME": str(bob.home)}
    for line in ("log bob $'\\xff' -n fri", "new $'\\xff'", "set bob phone=$'\\xff'"):
        done = subprocess.run(
            ["bash", "-c", f"{sys.executable} -m clientfolder {line}"],
            cwd=bob.root,
            env=env,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
    piped = subprocess.run(
        [sys.executable, "-m", "clientfolder", "log", "bob", "-", "-n", "fri"], input=b"caf\xe9", cwd=bob.root, env=env,
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert piped.returncode == 2
    assert b"no text in UTF-8" in piped.stderr


def test_a_long_run_of_letters_costs_no_time(cf: Cf) -> None:
    import time

    cf.write("bob", f'name = "Bob"\nnote = "{"a" * 400_000}"\nrole = "{"x." * 600}"\n')
    begun = time.process_time()
    cf.ok("list")
    assert time.process_time() - begun < 20


def test_undo_finds_a_dossier_by_a_name_it_has_had(bob: Cf) -> None:
    bob.ok("rename bob Bert")
    before = bob.text("bert")
    bob.ok("set bert phone=123456")
    bob.ok("undo bob")
    assert bob.text("bert") == before
    bob.ok("undo bert")
    assert bob.text("bob") == BOB
    [change] = bob.ok("redo --json").data["changes"]
    assert change["client"] == "bert"


def test_undo_by_short_name_after_a_hand_edit_that_broke_the_file(bob: Cf) -> None:
    bob.ok("log bob x -n fri")
    bob.path("bob").write_text("broken")
    assert bob("undo bob").exit == 6


def test_without_a_private_directory_a_single_dossier_is_still_written(bob: Cf) -> None:
    (bob.root / ".cf").write_text("in the way")
    answer = bob.ok("log bob x -n fri --json").json
    assert [warning["code"] for warning in answer["warnings"]] == ["not_undoable"]
    assert 'text = "x"' in bob.text("bob")
    bob.write("ann", 'name = "Ann"\n')
    before = bob.tree()
    assert bob("move bob ann -n mon").exit == 5
    assert bob.tree() == before


def test_accents_that_are_strokes(cf: Cf) -> None:
    cf.ok("new Øre Đorđe Łódź -n fri")
    for typed in ("ore", "dorde", "lodz", "ØRE", "łódź"):
        cf.ok(f"show {typed}")


def test_a_text_that_begins_like_a_comment_is_a_text(bob: Cf) -> None:
    bob.env["EDITOR"] = "true"
    bob.ok(["log", "bob", "#5 ordered", "-e", "-n", "fri"])
    assert 'text = "#5 ordered"' in bob.text("bob")


def test_show_warns_of_its_own_dossier_alone(bob: Cf) -> None:
    bob.write("odd", 'name = "Odd"\nsince = 5\n')
    assert bob.ok("show bob --json").json["warnings"] == []
    assert len(bob.ok("show odd --json").json["warnings"]) == 1
    assert len(bob.ok("list --json").json["warnings"]) == 1


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/passwd",
        "-rf",
        "CON",
        "a/b",
        "🎨🎨",
        "x" * 300,
        "..",
        ".",
        "July",
        "today",
        "13",
        "aux",
        "Ёлки",
        "東京",
    ],
)
def test_no_name_leaves_the_folder(cf: Cf, name: str) -> None:
    cf.ok(["new", "-n", "fri", "--", name])
    [path] = (cf.root / "clients").iterdir()
    stem = path.stem
    assert stem.isascii()
    assert len(stem) <= 80
    assert stem.lower() == stem
    assert stem not in ("con", "aux", "july", "today", "13")
    assert cf.ok("list --json").data["slots"][0]["dossiers"][0]["name"] == name


def test_short_names_are_unique_also_where_case_is_ignored(cf: Cf) -> None:
    cf.write("Anna", 'name = "Somebody"\n')
    cf.ok("new Anna! -n fri")
    cf.ok("new Anna? -n fri")
    cf.ok("new Anna! --again -n fri")
    assert sorted(path.stem for path in (cf.root / "clients").iterdir()) == ["Anna", "anna-2", "anna-3", "anna-4"]


@pytest.mark.parametrize("how", ["into the file", "a new file"])
@pytest.mark.parametrize("moment", ["_beside", "exchanged"])
def test_a_file_changed_by_an_editor_meanwhile_is_not_overwritten(
    bob: Cf, moment: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clientfolder.binder.journal import atomic, renames

    owner: Any = atomic.Writer if moment == "_beside" else renames
    real = getattr(owner, moment)
    edits = [BOB + "# by hand\n", BOB + "# by hand, and more\n"]

    def slower(*words: Any) -> Any:
        if "bob.toml" in f"{words}" and edits:
            text = edits.pop(0)
            if how == "a new file":
                (bob.home / "new").write_text(text)
                (bob.home / "new").rename(bob.path("bob"))
            else:
                bob.write("bob", text)
        return real(*words)

    monkeypatch.setattr(owner, moment, slower)
    answer = bob("log bob x -n fri --json")
    assert (answer.exit, answer.json["errors"][0]["code"]) == (6, "changed")
    assert bob.text("bob") == BOB + "# by hand, and more\n"
    assert [path.name for path in (bob.root / "clients").iterdir()] == ["bob.toml"]


@pytest.mark.parametrize("line", ["new Carl -n fri", "rename bob Carl", "remove bob"])
def test_a_file_that_came_in_the_last_instant_is_not_overwritten(
    bob: Cf, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clientfolder.binder.journal import renames

    called = renames._called

    def slower(how: Any, path: str, target: str) -> bool:
        if how == "free" and target.endswith(".toml"):
            Path(target).write_text("from elsewhere")
        return called(how, path, target)

    monkeypatch.setattr(renames, "_called", slower)
    answer = bob(f"{line} --json")
    assert (answer.exit, answer.json["errors"][0]["code"]) == (6, "changed")
    assert bob.tree().pop("clients/bob.toml") == BOB.encode()
    assert [content for name, content in bob.tree().items() if "bob" not in name or "removed" in name] == [
        b"from elsewhere"
    ]


def test_what_an_editor_wrote_is_not_lost_where_it_cannot_be_given_back(
    bob: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clientfolder.binder.journal import renames

    called, times = renames._called, []

    def failing(how: Any, path: str, target: str) -> bool:
        if how == "exchange" and target.endswith("bob.toml"):
            times.append(how)
            if len(times) == 1:
                bob.path("bob").write_text("by the editor")
            else:
                raise OSError(5, "Input/output error")
        return called(how, path, target)

    monkeypatch.setattr(renames, "_called", failing)
    answer = bob("log bob rang in -n fri")
    assert answer.exit == 5
    [kept] = [path for path in (bob.root / "clients").iterdir() if path.name.endswith(".tmp")]
    assert kept.read_text() == "by the editor"
    assert kept.name in answer.err


def test_a_system_that_knows_neither_way_of_placing(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.binder.journal import renames

    monkeypatch.setattr(renames, "_CALLS", {})
    for line in (
        "log bob x -n fri",
        "new Carl -n fri",
        "rename bob Bert",
        "remove bert",
        "undo",
        "undo",
        "undo",
        "undo",
    ):
        bob.ok(line)
    assert bob.tree() == {"clients/bob.toml": BOB.encode()}
    with pytest.raises(FileExistsError):
        renames.put_where_none_is(str(bob.path("bob")), str(bob.root))


@pytest.mark.parametrize("call", ["write", "fsync", "fchmod", "rename", "_called"])
def test_a_call_that_fails_before_the_act_changes_nothing(bob: Cf, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.binder.journal import renames

    owner: Any = renames if call == "_called" else os
    bob.write("ann", 'name = "Ann"\n')
    bob.ok("log bob first -n fri")
    before = bob.tree()
    for line in ("log bob x -n fri", "move bob ann -n mon", "rename bob Bert", "new Carl -n fri"):
        for failing in range(8):
            calls = iter(range(1000))
            real = getattr(owner, call)

            def fails(*args: object, real=real, calls=calls, failing=failing) -> object:  # type: ignore[no-untyped-def]
                if next(calls) == failing:
                    raise OSError(28, "No space left on device")
                return real(*args)

            with monkeypatch.context() as patch:
                patch.setattr(owner, call, fails)
                answer = bob(line)
            assert answer.exit in (0, 5), answer
            if answer.exit == 5:
                assert bob.tree() == before, (line, failing)
            else:
                bob("undo")
                for name, content in before.items():
                    (bob.root / name).write_bytes(content)
                for name in set(bob.tree()) - set(before):
                    (bob.root / name).unlink()
            assert not [path for path in (bob.root / "clients").iterdir() if path.name.startswith(".")]


def test_the_mark_of_a_promise_is_taken_away_only_with_a_yes(cf: Cf) -> None:
    cf.write("gag", 'name = "Gag"\n[next]\non = 2026-07-20\nhow = "agreed"\n')
    assert cf("file gag 2026-07-20 --about x").exit == 2
    cf.ok("file gag 2026-07-20! --about x")
    cf.ok("file gag 20 july --agreed --about y")
    assert cf.next("gag")["how"] == "agreed"  # type: ignore[index]


def test_the_rhythm_counts_from_the_contact_and_not_from_today(cf: Cf) -> None:
    cf.write("rhy", 'name = "Rhy"\nrhythm = "2 weeks"\n[next]\non = 2026-07-10\n')
    cf.ok("log rhy hi --on 10d ago")
    assert cf.next("rhy")["on"] == "2026-07-20"  # type: ignore[index]
    # A note is no contact: what was said last still counts.
    cf.write("rhy", 'name = "Rhy"\nrhythm = "2 weeks"\n[[log]]\nat = 2026-07-10\nkind = "call"\n')
    cf.ok("log rhy hi --as note")
    assert cf.next("rhy")["on"] == "2026-07-24"  # type: ignore[index]


def test_broken_settings_stop_nothing(bob: Cf) -> None:
    (bob.root / "clientfolder.toml").write_text("= b\n")
    for line in ("today", "find Bob", "log bob x -n fri", "list"):
        answer = bob.ok(line)
        assert "The defaults are used" in answer.err or line == "find Bob"
    assert bob("doctor --json").data["findings"]


@pytest.mark.parametrize(
    "log",
    [
        'at = 2026-07-02\ntext = "old"\n[[log]]\nat = 2026-07-02T00:30:00+02:00\ntext = "new"',
        'at = 2026-07-01T21:00:00-04:00\ntext = "old"\n[[log]]\nat = 2026-07-02\ntext = "new"',
        'at = 2026-07-02\ntext = "new"\n[[log]]\nat = 2026-07-01T21:00:00-04:00\ntext = "old"',
        'at = 2026-07-02\ntext = "old"\n[[log]]\nat = 2026-07-02T00:00:00+02:00\ntext = "new"',
        'at = 2026-07-02T09:00:00Z\ntext = "new"\n[[log]]\nat = 2026-07-02T10:30:00+02:00\ntext = "old"',
        'at = 2026-07-02T09:00:00\ntext = "old"\n[[log]]\nat = 2026-07-02T09:00:00\ntext = "new"',
    ],
)
def test_the_newest_entry_whatever_its_offset(cf: Cf, log: str) -> None:
    cf.write("bob", f'name = "Bob"\n[[log]]\n{log}\n')
    assert cf.row("bob")["last"]["text"] == "new"


def test_an_unreadable_dossier_is_not_taken_for_another_client(cf: Cf) -> None:
    cf.path("anna").write_text("broken")
    cf.write("annalena", 'name = "Annalena"\n')
    before = cf.tree()
    assert cf("log anna secret -n fri").exit == 5
    assert cf.tree() == before


def test_a_default_folder_that_is_gone_is_replaced(cf: Cf) -> None:
    import shutil

    (cf.root / "clientfolder.toml").unlink()
    cf.ok("init one")
    shutil.rmtree(cf.root / "one")
    assert "cf init" in cf("list").err
    cf.ok("init two")
    cf.ok("list")


@pytest.mark.parametrize("promised", [0, 5, 60])
@pytest.mark.parametrize("rows", [10, 20, 24])
def test_the_desk_fits_the_window_however_much_is_late(
    cf: Cf, rows: int, promised: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clientfolder.cli.output.terminal import Window

    for number in range(60):
        how = "agreed" if number < promised else "planned"
        cf.write(
            f"c{number:02}",
            f'name = "C{number:02} Wide 日本語"\n[next]\non = 2026-07-{1 + number % 15:02}\nhow = "{how}"\n',
        )
    monkeypatch.setattr(Window, "of", classmethod(lambda cls, environment: Window(60, rows)))
    lines = cf.ok("").out.splitlines()
    assert len(lines) < rows
    assert "15 July" in lines[0]
    assert any("more: cf list overdue" in line for line in lines)


def test_a_client_made_by_another_command_meanwhile_gets_no_twin(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.cli.commands import dossiers, drafts

    def another_was_quicker(session: object, name: str, *, again: bool) -> None:
        drafts.check_name(session, name, again=again)  # type: ignore[arg-type]
        cf.write("anna", 'name = "Anna"\n# made meanwhile\n')

    monkeypatch.setattr(dossiers, "check_name", another_was_quicker)
    answer = cf("new Anna -n fri")
    assert answer.exit == 2
    assert "by now" in answer.err
    assert list(cf.tree()) == ["clients/anna.toml"]
    assert "made meanwhile" in cf.text("anna")


def test_what_was_moved_meanwhile_is_not_carried_off(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.binder.journal.transactions import Transactions

    bob.write("ann", 'name = "Ann"\n[next]\non = 2026-07-10\n')
    act = Transactions.act

    def another_was_quicker(transactions: Transactions, decide: object, **how: object) -> object:
        bob.write("ann", 'name = "Ann"\n[next]\non = 2026-09-01\n')
        return act(transactions, decide, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(Transactions, "act", another_was_quicker)
    answer = bob.ok("move --from overdue -n mon --json")
    assert [change["client"] for change in answer.data["changes"]] == ["bob"]
    assert bob.next("ann")["on"] == "2026-09-01"  # type: ignore[index]


def test_many_odd_values_cost_one_look_at_the_file(cf: Cf) -> None:
    import time

    entries = '[[log]]\nat = 2026-07-01\nwith = 5\nfrom = "x"\nhow = 3\n' * 1500
    cf.write("anna", f'name = "Anna"\n[next]\non = 2026-08-05\n{entries}')
    begun = time.process_time()
    assert len(cf.ok("list --json").json["warnings"]) == 4500
    assert len(cf("doctor --json").data["findings"]) == 4500
    assert time.process_time() - begun < 40


@pytest.mark.parametrize("letter", ["a", "\\t", "東", "e\u0301"])
def test_a_word_as_long_as_a_file_is_shown_in_no_time(cf: Cf, letter: str) -> None:
    import time

    cf.write("anna", f'name = "Anna"\nnote = "{letter * 100_000}"\n')
    begun = time.process_time()
    page = cf.ok("show anna").out
    assert time.process_time() - begun < 20
    assert "".join(page.split()).count(letter) >= 100_000


def test_many_marks_of_git_that_end_nowhere_cost_no_time(cf: Cf) -> None:
    import time

    cf.write("anna", 'name = "Anna"\n' + "<<<<<<< x\n" * 50_000)
    begun = time.process_time()
    assert "merged by git" in cf("list").err
    cf("doctor")
    assert time.process_time() - begun < 20


def test_a_number_that_python_cannot_print_is_not_read(cf: Cf) -> None:
    for form in ("0x" + "f" * 5000, "[1, 0b" + "1" * 20000 + "]", "0o" + "7_" * 4000 + "7"):
        cf.write("anna", f'name = "Anna"\nbudget = {form}\n')
        answer = cf("list")
        assert answer.err == "cf: clients/anna.toml, line 2: A number is too long; put it in quotes\n"


def test_a_letter_is_never_as_long_as_the_line_it_is_about(cf: Cf) -> None:
    for line in ("x = y" + "z" * 90_000, "z" * 90_000, "[" + "z" * 90_000, 'next = {on = "' + "z" * 90_000 + '"}'):
        cf.write("anna", f'name = "Anna"\n{line}\n')
        err = cf("list").err
        assert "anna.toml, line 2: " in err
        assert len(err) < 400


def test_a_dossier_whose_name_is_all_wide_letters_can_be_written(cf: Cf) -> None:
    """The name of the file beside it was measured in letters, and systems measure in bytes."""
    cf.write("🎨" * 60, 'name = "Zora"\n')
    cf.ok("log zora rang in -n fri")


def test_a_broken_dossier_with_a_blank_in_its_name_can_be_edited(cf: Cf) -> None:
    cf.write("a b", "name = \n")
    cf.env["EDITOR"] = "true"
    for typed in ("a b", "A B"):
        cf.ok(["edit", typed])


@pytest.mark.parametrize("quotes", ['"\\', '"""\\', '["', "['''"])
def test_a_list_with_a_text_that_nothing_closes_costs_no_time(cf: Cf, quotes: str) -> None:
    import time

    cf.write("anna", 'name = "Anna"\nx = [' + quotes * 50_000 + "\n")
    begun = time.process_time()
    assert "anna.toml, line 2: " in cf("list").err
    assert time.process_time() - begun < 20


def test_a_link_to_the_dossiers_that_leads_nowhere_is_not_an_empty_binder(cf: Cf) -> None:
    (cf.root / "clients").rmdir()
    (cf.root / "clients").symlink_to("../unmounted")
    for line in ("list", "today", "show anna"):
        answer = cf(line)
        assert answer.exit == 5
        assert "leads nowhere" in answer.err
    assert cf("doctor").exit == 1


def test_a_daybook_that_cannot_be_listed_now_numbers_no_step_anew(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    bob.ok("log bob first -n fri")
    listdir = os.listdir

    def fails(path: str) -> list[str]:
        if path.endswith("daybook"):
            raise OSError(5, "Input/output error")
        return listdir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", fails)
        answer = bob.ok("log bob second -n fri --json").json
        assert [warning["code"] for warning in answer["warnings"]] == ["not_undoable"]
        assert bob("undo").exit == 5
        assert bob("history").exit == 5
        bob.ok("today")
    assert [path.name for path in (bob.root / ".cf" / "daybook").iterdir()] == ["000001.done.json"]


def test_a_step_that_cannot_be_read_now_is_not_passed_over_for_an_older_one(
    bob: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clientfolder.binder import files
    from clientfolder.errors import CannotReach

    bob.write("ann", 'name = "Ann"\n')
    bob.ok("log ann first -n fri")
    bob.ok("log bob second -n fri")
    before, read = bob.tree(), files.read

    def fails(path: str, file: str, *more: Any, **how: Any) -> bytes:
        if file.startswith("000002."):
            raise CannotReach("Cannot be read: input/output error", file=file)
        return read(path, file, *more, **how)

    with monkeypatch.context() as patch:
        patch.setattr(files, "read", fails)
        assert bob("undo").exit == 5
    assert bob.tree() == before
    bob.ok("undo")
    assert bob.text("bob") == BOB


def test_a_private_directory_that_was_begun_by_a_killed_command_is_kept_from_git(bob: Cf) -> None:
    (bob.root / ".cf").mkdir()
    (bob.root / ".cf" / "..gitignore.0123456789ab.tmp").write_text("*")
    bob.ok("log bob x -n fri")
    assert (bob.root / ".cf" / ".gitignore").read_text() == "*\n"
    assert not list((bob.root / ".cf").glob("*.tmp"))


def test_a_link_that_leads_on_within_the_folder_leads_there_from_removed_too(bob: Cf) -> None:
    (bob.root / "clients" / "old").mkdir()
    bob.path("bob").rename(bob.root / "clients" / "old" / "bob.toml")
    bob.path("bob").symlink_to("old/bob.toml")
    bob.ok("remove bob")
    assert (bob.root / "removed" / "bob.toml").read_text() == BOB
    bob.ok("undo")
    assert bob.path("bob").is_symlink()
    assert bob.text("bob") == BOB


@pytest.mark.parametrize("parts", [90, 101, 400])
def test_a_key_of_many_parts_is_read_or_told(bob: Cf, parts: int) -> None:
    bob.write("anna", f'name = "Anna"\n[people.x]\n{".".join("a" * parts)} = 1\n')
    for line in ("log anna hello -n fri", "set anna phone=1", "show anna", "undo"):
        assert bob(line).exit == (0 if parts < 100 else 7 if line == "undo" else 5), line


def test_a_lock_that_cannot_be_opened_just_now_is_not_gone_round(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another command may hold it, and the lock on the directory would be a second one."""
    bob.ok("log bob first -n fri")
    before, opened = bob.tree(), os.open

    def fails(path: Any, *rest: Any, **more: Any) -> int:
        if str(path).endswith(".cf/lock"):
            raise OSError(24, "Too many open files")
        return opened(path, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", fails)
        answer = bob("log bob second -n mon")
        assert (answer.exit, bob.tree()) == (5, before)
        assert "cannot be locked" in answer.err
        bob.ok("today")


def test_a_command_without_a_result_is_a_bug_and_no_ctrl_c(bob: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(words: list[str]) -> None:
        """Nothing."""

    monkeypatch.setattr(finder, "find", nothing)
    with pytest.raises(TypeError, match="find x has returned None"):
        bob("find x")


def test_a_renamed_dossier_is_counted_once(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-17\n')
    cf.ok("slip send it --client anna -n fri")
    assert "2 that day" in cf.ok("rename anna Anna Nowak --dry-run").out
    assert "2 that day" in cf.ok("rename anna Anna Nowak").out
    assert "2 that day" in cf.ok("undo --dry-run").out
    assert "2 that day" in cf.ok("undo").out
    assert "2 that day" in cf.ok("redo --dry-run").out
    assert "2 that day" in cf.ok("redo").out
    assert {row["client"] for place in cf.ok("list --json").data["slots"] for row in place["dossiers"]} == {
        "anna-nowak", "slips/send-it",
    }  # fmt: skip


def test_a_dossier_with_an_odd_short_name_is_counted_once(cf: Cf) -> None:
    cf.write("Anna", 'name = "Anna"\n[next]\non = 2026-07-17\n')
    assert "1 that day" in cf.ok("rename anna anna").out
    assert cf.path("anna").exists()
    assert "1 that day" in cf.ok("undo --dry-run").out


@pytest.mark.parametrize("line", ["today", "log anna"])
def test_a_broken_promise_and_a_first_call_stand_apart(cf: Cf, line: str) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-10\nhow = "agreed"\n')
    answer = cf(line, typed="\n")
    assert "broken promise · first call" in answer.out


@pytest.mark.parametrize("bug", [TypeError, ValueError, AttributeError])
@pytest.mark.parametrize("line", ["set anna phone=1", "log anna x -n fri", "away 20..21 jul --yes"])
def test_a_bug_in_the_editor_of_files_is_told_as_a_bug(
    cf: Cf, monkeypatch: pytest.MonkeyPatch, bug: type[Exception], line: str
) -> None:
    from clientfolder.binder.toml import editor

    def fails(*words: Any, **more: Any) -> str:
        raise bug("a bug")

    cf.write("anna", 'name = "Anna"\n')
    monkeypatch.setattr(editor, "_insert", fails)
    with pytest.raises(bug, match="a bug"):
        cf(line)


@pytest.mark.parametrize("line", ["set anna card.phone=1", "log anna x -n fri"])
def test_a_text_where_a_table_should_be_is_no_bug(cf: Cf, line: str) -> None:
    before = cf.write("anna", 'name = "Anna"\ncard = "red"\nnext = [1]\n').read_text()
    assert cf(line).exit in (2, 5)
    assert cf.text("anna") == before


def test_a_bug_in_the_settings_is_told_as_a_bug(cf: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    from clientfolder.dates import availability

    def fails(name: str) -> None:
        raise AttributeError("a bug")

    (cf.root / "clientfolder.toml").write_text('working_days = ["mon"]\n')
    monkeypatch.setattr(availability, "weekday", fails)
    with pytest.raises(AttributeError, match="a bug"):
        cf("today")


def test_a_profiler_has_its_say_when_a_command_has_ended(cf: Cf) -> None:
    """The process ends as any other does: what is to be done at its end is done."""
    line = [sys.executable, "-m", "cProfile", "-m", "clientfolder", "--folder", str(cf.root), "list"]
    ended = subprocess.run(line, capture_output=True, text=True, check=True, cwd=cf.root)
    assert "function calls" in ended.stdout


@pytest.mark.parametrize(
    ("zone", "said", "day"),
    [("Africa/Cairo", "2026-04-24 0:30", "2026-04-24T01:30:00+03:00"), ("Asia/Beirut", "2026-03-29 0:30", "2026-03-29T01:30:00+03:00"),
     ("America/Havana", "2026-03-08 0:15", "2026-03-08T01:15:00-04:00"), ("Europe/Prague", "2026-03-29 2:30", "2026-03-29T03:30:00+02:00"),
     ("Europe/Prague", "2025-10-26 2:30", "2025-10-26T02:30:00+02:00"), ("Africa/Cairo", "2026-04-24 1:30", "2026-04-24T01:30:00+03:00"),
     ("Australia/Lord_Howe", "2025-10-05 2:10", "2025-10-05T02:40:00+11:00")],
)  # fmt: skip
def test_a_time_that_the_clocks_skipped_stays_on_its_day(bob: Cf, zone: str, said: str, day: str) -> None:
    program = [
        sys.executable,
        "-m",
        "clientfolder",
        "--folder",
        str(bob.root),
        "log",
        "bob",
        "rang",
        "-n",
        "1w",
        "--on",
        said,
    ]
    env = {"PATH": os.environ["PATH"], "HOME": str(bob.home), "TZ": zone}
    done = subprocess.run(program, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done
    assert f"at = {day}" in bob.text("bob")


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="this system has no extended attributes")
def test_extended_attributes_survive_a_write(bob: Cf) -> None:
    path = bob.path("bob")
    try:
        os.setxattr(path, "user.tag", b"red")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    os.setxattr(path, "user.rank", b"\x00\x01")
    bob.ok("log bob hello -n fri")
    bob.ok("set bob phone=1")
    bob.ok("undo")
    assert {name: os.getxattr(path, name) for name in os.listxattr(path)} == {
        "user.tag": b"red",
        "user.rank": b"\x00\x01",
    }


def test_a_paper_that_is_a_link_to_what_a_desktop_runs_is_not_opened(bob: Cf) -> None:
    papers = bob.root / "papers" / "bob"
    papers.mkdir(parents=True)
    (papers / "run.desktop").write_text("[Desktop Entry]\n")
    (papers / "offer.pdf").symlink_to("run.desktop")
    bob.env["CF_OPENER"] = f"touch {bob.home / 'opened'} #"
    answer = bob("open bob offer")
    assert answer.exit == 2, answer
    assert "may run this" in answer.err
    assert not (bob.home / "opened").exists()
