"""What the Tab key offers: asked for as a shell asks, and pressed in a real bash, zsh and fish."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

from clientfolder.binder import files
from clientfolder.cli import main
from clientfolder.cli.commands.table import TABLE, Command
from clientfolder.cli.completion import KINDS, MOST_NAMES, PERIODS, PHRASES
from clientfolder.tickler import slots

Tab = Callable[..., Any]

CF = Path(sys.executable).with_name("cf")
CLIENTS = {"anna-kowalska": "Anna Kowalska", "anton-dvorak": "Antonín Dvořák", "novak-tisk": "Novák Tisk"}
# Names of clients, and names of files, that run code or break the list where they get into a shell as they are.
HOSTILE = [
    "$(touch pwned)", "`touch pwned`", "\\$(touch pwned)", "'; touch pwned; '", '"; touch pwned; "', "x; touch pwned",
    "[/x]", "[red]", ":smile:", "*", "~root", "a b", "-rf", "--help", "new\nline", "tab\tstop", "colon:here",
    "))' ; touch pwned", "\x1b]52;c;dG91Y2g=\x07", "\x9b2J", "right\u202eleft", "!!", "100 %", "",
]  # fmt: skip


def make_folder(root: Path, clients: dict[str, str]) -> Path:
    """A client folder with these short names, each with its client's name."""
    (root / "clients").mkdir(parents=True)
    (root / "clientfolder.toml").touch()
    for client, name in clients.items():
        (root / "clients" / f"{client}.toml").write_text(f'# a card\nname = "{name}"\n\n[card]\nrole = "owner"\n')
    return root


def quoted(text: str) -> str:
    """A TOML string; what no reader of plain lines sees as one stays as it is."""
    escaped = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return "".join(escaped.get(c, f"\\u{ord(c):04x}" if ord(c) < 32 or 126 < ord(c) < 160 else c) for c in text)


def make_hostile_folder(root: Path) -> Path:
    make_folder(root, CLIENTS)
    for number, text in enumerate(HOSTILE):
        (root / "clients" / f"hostile-{number:02d}.toml").write_text(f'name = "{quoted(text)}"\n')
        # The same once more as it is, which TOML may refuse, and as the name of a file.
        (root / "clients" / f"raw-{number:02d}.toml").write_text(f"name = '{text}'\n")
        (root / "clients" / f"{text.replace('/', '-')}.toml").write_text(f'name = "File {number}"\n')
    return root


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_folder(tmp_path / "folder", CLIENTS)
    monkeypatch.setenv("CF_FOLDER", str(root))
    return root


# As a shell asks ------------------------------------------------------------------------------------------


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tab:
    """What is offered at the end of a line: for bash and fish the lines of the answer, for zsh the script."""

    def pressed(line: str, shell: str = "bash") -> Any:
        monkeypatch.setattr(sys, "argv", ["cf"])
        monkeypatch.setenv("_CF_COMPLETE", f"complete_{shell}")
        if shell == "bash":
            monkeypatch.setenv("COMP_WORDS", line.replace(" ", "\n"))
            monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
        else:
            monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
            monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        exit_code = main([])
        out, err = capsys.readouterr()
        assert err == ""
        assert exit_code == 0 or not out
        return out.strip("\n") if shell == "zsh" else out.split("\n")[:-1] if out.strip() else []

    return pressed


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cf sn", ["snooze"]),
        ("cf re", ["review", "rename", "rest", "remove", "redo", "restore"]),
        ("cf --dr", ["--dry-run"]),
        ("cf --json sh", ["show"]),
        ("cf log anna text --ne", ["--next"]),
        ("cf log anna text --a", ["--as", "--about", "--agreed", "--answer"]),
        ("cf log --ke", ["--keep"]),
        ("cf move --fr", ["--from"]),
        ("cf list --sil", ["--silent-since"]),
        ("cf show --fo", ["--folder"]),
        ("cf --folder x snooze anna --", ["--next", "--yes", "--help", "--json", "--dry-run", "--today"]),
    ],
)
def test_commands_and_options(tab: Tab, folder: Path, line: str, offered: list[str]) -> None:
    assert tab(line) == offered


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_every_command_is_offered_with_its_options(tab: Tab, folder: Path, row: Command) -> None:
    assert row.name in tab("cf ")
    assert row.name in tab(f"cf {row.name[:-1]}")
    assert {"--help", "--json", "--folder", "--today", "--dry-run"} <= {*tab(f"cf {row.name} --")}


# Whose example begins with a client takes one; of the others these do too.
TAKES_A_CLIENT = ["move", "undo", *(row.name for row in TABLE if row.example.split()[1:2] == ["anna"])]


@pytest.mark.parametrize("command", TAKES_A_CLIENT)
def test_every_command_that_takes_a_client_offers_short_names(tab: Tab, folder: Path, command: str) -> None:
    assert tab(f"cf {command} ") == sorted(CLIENTS)
    assert tab(f"cf {command} an") == ["anna-kowalska", "anton-dvorak"]
    assert tab(f"cf {command} --json nov") == ["novak-tisk"]


@pytest.mark.parametrize(
    "line",
    ["cf snooze anna ", "cf file anna ", "cf when ", "cf log anna text -n ", "cf log anna --next ", "cf move anna -n ",
     "cf new Anna Kowalska -n ", "cf away ", "cf snooze --yes anna "],
)  # fmt: skip
def test_a_when_offers_dates_of_one_word(tab: Tab, folder: Path, line: str) -> None:
    assert tab(line) == list(PHRASES)
    assert tab(f"{line}to") == ["today", "tomorrow"]


def test_forms(tab: Tab, folder: Path) -> None:
    (folder / "forms").mkdir()
    for name in ("visit", "$(touch pwned)"):
        (folder / "forms" / f"{name}.toml").touch()
    names = ["first-call", "project-status", "satisfaction", "visit"]
    assert tab("cf log anna --form ") == names
    assert tab("cf log anna --form pr") == ["project-status"]
    assert tab("cf form ") == ["list", "new", "check"]
    assert tab("cf form check ") == names
    assert tab("cf form new f") == ["first-call"]
    assert tab("cf form list ") == tab("cf form check visit ") == []


def test_slots(tab: Tab, folder: Path) -> None:
    assert tab("cf move --from ") == [*slots.NAMES, "late", "promised", "slips", "all"]
    assert tab("cf move --from 3") == ["3", "30", "31"]
    assert tab("cf list ") == [*slots.NAMES, *slots.WORDS, "today", "tomorrow"]
    assert tab("cf list un") == ["undated", "unfiled"]
    assert tab("cf spread ") == [
        *(name for name in slots.NAMES if name not in ("later", "resting")),
        *slots.WORDS,
        "today",
        "tomorrow",
    ]
    assert tab("cf spread --cap 3 over") == ["overdue"]


def test_days_and_times_that_can_be_looked_back_at(tab: Tab, folder: Path) -> None:
    assert tab("cf review ") == list(PERIODS)
    assert tab("cf review we") == ["week", "wed"]
    assert tab("cf review last w") == []


def test_how_many_months_the_binder_can_look_ahead(tab: Tab, folder: Path) -> None:
    assert tab("cf binder --months ") == ["1", "2", "3"]


def test_a_week_is_named_by_a_day(tab: Tab, folder: Path) -> None:
    assert tab("cf week to") == ["today", "tomorrow"]


@pytest.mark.parametrize("option", ["log anna --as", "log anna --for", "file anna --for", "new Anna --for"])
def test_kinds_of_contact(tab: Tab, folder: Path, option: str) -> None:
    assert tab(f"cf {option} ") == list(KINDS)


@pytest.mark.parametrize(
    "line",
    [
        "cf log anna ",  # here the text begins
        "cf log anna called about an",
        "cf log anna text -n next ",  # the second word of a date
        "cf log -n next an",  # still the date: a client behind -n would be read as a part of it
        "cf move anna -n fri an",
        "cf snooze anna next ",
        "cf file anna 5 ",
        "cf when next ",
        "cf list 13 ",
        "cf show anna ",
        "cf set anna-kowalska ",
        "cf rename anna-kowalska an",
        "cf rest anna-kowalska an",
        "cf new an",
        "cf find an",
        "cf log anna -- -n ",  # behind -- all is text
        "cf log anna --with ",
        "cf log anna --about an",
        "cf --folder ",
        "cf show --folder ",
        "cf show --today ",
        "cf list --tag ",
        "cf settings ",
    ],
)
def test_nothing_is_offered_that_would_be_read_as_something_else(tab: Tab, folder: Path, line: str) -> None:
    assert tab(line) == []


def test_behind_the_last_word_of_a_date_an_option_opens_the_line_again(tab: Tab, folder: Path) -> None:
    assert tab("cf log -n next fri --agreed an") == ["anna-kowalska", "anton-dvorak"]


def test_a_client_already_named_is_not_offered_twice(tab: Tab, folder: Path) -> None:
    assert tab("cf move anna-kowalska an") == ["anton-dvorak"]


@pytest.fixture
def slips(folder: Path) -> Path:
    (folder / "slips").mkdir()
    for name, more in (("send-the-mockups", ""), ("sent-already", 'resting = "done"\n'), ("order $(touch pwned)", "")):
        (folder / "slips" / f"{name}.toml").write_text(f'name = "{name}"\n{more}\n[next]\non = 2026-07-15\n')
    return folder / "slips"


def test_open_slips_are_offered_with_the_clients(tab: Tab, slips: Path) -> None:
    assert tab("cf log ") == [*sorted(CLIENTS), "slips/send-the-mockups"]
    assert tab("cf show sl") == ["slips/send-the-mockups"]
    assert tab("cf move slips/send-the-mockups s") == []
    assert tab("cf log slips/", "fish") == ["slips/send-the-mockups\tsend-the-mockups"]


def test_a_slip_is_of_a_client(tab: Tab, slips: Path) -> None:
    assert tab("cf slip --client ") == sorted(CLIENTS)
    assert tab("cf slip send the mockups --client an") == ["anna-kowalska", "anton-dvorak"]
    assert tab("cf slip an") == []
    assert tab("cf slip x -n to") == ["today", "tomorrow"]


@pytest.mark.parametrize("line", ["cf --folder {} show ", "cf show --folder {} ", "cf show --folder={} "])
def test_the_folder_that_was_named(tab: Tab, folder: Path, tmp_path: Path, line: str) -> None:
    other = make_folder(tmp_path / "other", {"petra": "Petra"})
    assert tab(line.format(other)) == ["petra"]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cf --folder /nowhere show ", []),
        ("cf show $(touch", []),
        ("cf show 'nov", ["novak-tisk"]),
        ("cf log anna text -n 'tom", ["tomorrow"]),
        ("cf show anna\\", ["anna-kowalska"]),
        ("cf shwo ", []),
        ("cf log anna -n fri -n mon --ke", []),
    ],
)
def test_a_line_half_typed_or_wrong_is_no_trouble(tab: Tab, folder: Path, line: str, offered: list[str]) -> None:
    """`tab` itself checks that nothing stands on standard error, where it would run through the line."""
    assert tab(line) == offered
    assert tab(line, "zsh").startswith("_arguments") == bool(offered)


@pytest.mark.parametrize("client", ["Žofie", "a.b", "a_b", "x" * 200, "1st"])
def test_other_letters_are_harmless(tab: Tab, folder: Path, client: str) -> None:
    (folder / "clients" / f"{client}.toml").write_text('name = "Anna"\n')
    assert client in tab("cf show ")


def test_names_are_help_in_zsh_and_fish(tab: Tab, folder: Path) -> None:
    assert tab("cf show anna", "zsh") == """_arguments '*: :(("anna-kowalska":"Anna Kowalska"))'"""
    assert tab("cf show an", "fish") == ["anna-kowalska\tAnna Kowalska", "anton-dvorak\tAntonín Dvořák"]


@pytest.mark.parametrize(
    ("head", "help_"),
    [
        ('name = "Anna"', "\tAnna"),
        ("\ufeff# of old\r\ntags = ['a']\r\nname = 'Anna'   # she\r\n", "\tAnna"),
        ('name = "Müller & Söhne, O\'Brien"', "\tMüller & Söhne, O Brien"),
        ('name = "An\\u006ea"', ""),  # none rather than half read
        ('note = """\nname = "Not me"\n"""\nname = "Anna"', ""),
        ('[card]\nname = "Not me"', ""),
        ("name = ", ""),
        ("name = \x00\x1b[2J", ""),
    ],
)
def test_the_name_is_read_from_a_plain_line_or_not_at_all(tab: Tab, folder: Path, head: str, help_: str) -> None:
    (folder / "clients" / "x.toml").write_text(head)
    assert tab("cf show x", "fish") == [f"x{help_}"]


def test_one_dossier_that_cannot_be_read_does_not_stop_the_others(tab: Tab, folder: Path) -> None:
    clients = folder / "clients"
    (clients / "binary.toml").write_bytes(bytes(range(256)))
    (clients / "directory.toml").mkdir()
    (clients / "dangling.toml").symlink_to("nowhere")
    (clients / "zero.toml").symlink_to("/dev/zero")
    os.mkfifo(clients / "fifo.toml")
    assert tab("cf show ") == sorted([*CLIENTS, "binary", "dangling", "directory", "fifo", "zero"])
    offered = tab("cf show ", "fish")
    assert "fifo" in offered
    assert "novak-tisk\tNovák Tisk" in offered


def test_bash_shows_no_names_so_no_dossier_is_read(tab: Tab, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, file: str) -> bytes:
        raise AssertionError(f"{file} was read")

    monkeypatch.setattr(files, "read", refuse)
    assert tab("cf show ") == sorted(CLIENTS)
    with pytest.raises(AssertionError, match="was read"):
        tab("cf show ", "fish")


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_crowd_is_offered_without_names(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    most = MOST_NAMES[shell]
    root = make_folder(tmp_path / "crowd", {f"c{number:04d}": "Anna" for number in range(most + 1)})
    monkeypatch.setenv("CF_FOLDER", str(root))
    assert "Anna" not in str(tab("cf show ", shell))
    (root / "clients" / "c0000.toml").unlink()
    assert str(tab("cf show ", shell)).count("Anna") == most


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_nothing_but_harmless_characters_is_offered(
    tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    monkeypatch.setenv("CF_FOLDER", str(make_hostile_folder(tmp_path / "hostile")))
    answer = tab("cf show ", shell)
    if shell == "zsh":
        head, tail = "_arguments '*: :((", "))'"
        assert answer.startswith(head)
        assert answer.endswith(tail)
        answer = answer.removeprefix(head).removesuffix(tail).replace('"', "").replace(":", "\t").split("\n")
    offered = dict(line.partition("\t")[::2] for line in answer)
    assert len(offered) == len(CLIENTS) + 2 * len(HOSTILE)
    assert all(c.isalnum() or c in " .,&-" for text in (*offered, *offered.values()) for c in text)


# In a real shell ------------------------------------------------------------------------------------------

SECONDS = 60
SHOW_LINE = "\x18\x0c"  # Ctrl-X Ctrl-L, bound to a command that puts the line as it stands into a file
SHELLS = {
    "bash": (
        ["--norc", "--noprofile", "-i"],
        """
        bind 'set bell-style none'; bind 'set show-all-if-ambiguous on'; bind 'set completion-query-items 0'
        bind 'set page-completions off'; bind -x '"\\C-x\\C-l": printf %s "$READLINE_LINE" > line.new; mv line.new line'
        eval "$(cf --show-completion)"
        """,
    ),
    "zsh": (
        ["-f", "-i"],
        """
        autoload -Uz compinit; compinit -D -u; unsetopt beep; LISTMAX=1000
        show-line() { print -rn -- $BUFFER > line.new; mv line.new line; }; zle -N show-line; bindkey '^X^L' show-line
        eval "$(cf --show-completion)"
        """,
    ),
    "fish": (
        ["--no-config", "-i"],
        """
        set -g fish_greeting; function show_line; commandline > line.new; mv line.new line; end
        bind \\cx\\cl show_line
        cf --show-completion | source
        """,
    ),
}


class Terminal(pyte.Screen):
    """A terminal of 160 columns and 100 lines in which a shell runs, with the completion that `cf` prints."""

    def __init__(self, shell: str, home: Path, folder: Path) -> None:
        super().__init__(160, 100)
        self.shell, self.home = shell, home
        self.home.mkdir()
        arguments, setup = SHELLS[shell]
        env = {"HOME": str(home), "PATH": f"{CF.parent}:{os.environ['PATH']}", "CF_FOLDER": str(folder),
               "TERM": "xterm", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}  # fmt: skip
        self.child = pexpect.spawn(
            shutil.which(shell), arguments, cwd=home, env=env, dimensions=(100, 160), timeout=SECONDS
        )
        self.stream = pyte.ByteStream(self)
        # A shell may throw away what is typed before it listens, so the setup is read from a file.
        (home / "setup").write_text("\n".join(line.strip() for line in setup.splitlines()))
        self.child.send(". ./setup; echo set-''up\r")
        self.wait_for("set-up")

    def write_process_input(self, data: str) -> None:
        """Answer when the shell asks what terminal this is."""
        self.child.send(data)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.display).strip()

    def wait_for(self, *texts: str) -> None:
        """Read what the shell prints until all of this stands on the screen."""
        self.wait_until(lambda: all(text in self.text for text in texts), f"there is no {texts}")

    def wait_until(self, happened: Callable[[], bool], otherwise: str) -> None:
        until = time.monotonic() + SECONDS
        while not happened():
            assert time.monotonic() < until, f"{otherwise} on this screen:\n{self.text}"
            try:
                self.stream.feed(self.child.read_nonblocking(65536, timeout=0.02))
            except pexpect.TIMEOUT:
                continue

    def press(self, keys: str) -> None:
        """Type on an empty line."""
        self.child.send("\x03")
        self.child.send("clear; echo emp''ty\r")
        self.wait_until(lambda: self.text.startswith("empty"), "no empty line")
        self.child.send(keys)

    def line_after(self, keys: str) -> str:
        """The command line as it stands after these keys."""
        line = self.home / "line"
        line.unlink(missing_ok=True)
        self.press(keys)
        self.child.send(SHOW_LINE)
        self.wait_until(line.exists, "the line was not shown")
        return line.read_text().removesuffix("\n")


def started(shell: str, temporary: pytest.TempPathFactory, make: Callable[[Path], Path]) -> Terminal:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    place = temporary.mktemp(shell)
    return Terminal(shell, place / "home", make(place / "folder"))


@pytest.fixture(scope="module", params=SHELLS)
def terminal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A shell in a folder of three clients."""
    terminal = started(request.param, tmp_path_factory, lambda root: make_folder(root, CLIENTS))
    yield terminal
    terminal.child.close(force=True)


@pytest.fixture(scope="module", params=SHELLS)
def beset(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A shell in a folder whose names and files are hostile."""
    terminal = started(request.param, tmp_path_factory, make_hostile_folder)
    yield terminal
    terminal.child.close(force=True)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("cf sno", "cf snooze "),
        ("cf show ann", "cf show anna-kowalska "),
        ("cf show an", "cf show an"),
        ("cf log nov", "cf log novak-tisk "),
        ("cf log anna hello --ne", "cf log anna hello --next "),
        ("cf log anna hello -n tom", "cf log anna hello -n tomorrow "),
        ("cf log anna -n tom", "cf log anna -n tomorrow "),
        ("cf log anna hello --as mee", "cf log anna hello --as meeting "),
        ("cf snooze anna sep", "cf snooze anna sep "),
        ("cf file anna toda", "cf file anna today "),
        ("cf when eoq", "cf when eoq "),
        ("cf list unf", "cf list unfiled "),
        ("cf move --from ov", "cf move --from overdue "),
        ("cf log anna hello no", "cf log anna hello no"),
        ("cf log anna hello -n next fr", "cf log anna hello -n next fr"),
        ("cf log 'anna", None),
    ],
)
def test_tab_completes_the_line(terminal: Terminal, typed: str, line: str | None) -> None:
    after = terminal.line_after(f"{typed}\t")
    assert after == line if line else after.startswith(typed)


def test_tab_lists_the_clients(terminal: Terminal) -> None:
    terminal.press("cf show \t\t")
    terminal.wait_for(*CLIENTS)


@pytest.mark.parametrize("terminal", ["zsh", "fish"], indirect=True)
def test_zsh_and_fish_show_the_names(terminal: Terminal) -> None:
    terminal.press("cf show \t\t")
    terminal.wait_for(*CLIENTS.values())


def test_the_folder_before_the_command_counts_in_a_shell_too(terminal: Terminal, tmp_path: Path) -> None:
    other = make_folder(tmp_path / "other", {"petra": "Petra"})
    typed = f"cf --folder {other} show "
    assert terminal.line_after(f"{typed}pet\t") == f"{typed}petra "


def test_hostile_names_run_nothing_and_break_nothing(beset: Terminal) -> None:
    beset.press("cf show \t\t")
    beset.wait_for("anna-kowalska", f"raw-{len(HOSTILE) - 1}")
    assert beset.line_after("cf show novak\t") == "cf show novak-tisk "
    assert not list(beset.home.glob("**/pwned"))


def test_the_completion_can_be_printed_for_a_shell_by_name(terminal: Terminal) -> None:
    """`--show-completion` goes by the shell it is run in; the variable goes by its word."""
    terminal.press(f"cf --show-completion > a; env _CF_COMPLETE=source_{terminal.shell} cf > b; echo prin''ted\r")
    terminal.wait_for("printed")
    printed = [(terminal.home / name).read_text().strip() for name in "ab"]
    assert printed[0] == printed[1]
    assert f"complete_{terminal.shell}" in printed[0]
