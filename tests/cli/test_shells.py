"""What a shell is told, its script, and Tab pressed in a real bash, zsh and fish."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from clientfolder.cli import main, shells
from completed import CLIENTS, HOSTILE, make_folder, make_hostile_folder
from folders import Cf

CF = Path(sys.executable).with_name("cf")
# Names with letters that no short name has.
FOREIGN = {"oeztuerk-bau": "Öztürk Bau", "cafe-lumen": "Café Lumen", "oesterle": "Österle", "oedipus": "Ödipus"}

Ask = Callable[..., str]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """What a shell is told for the line up to the cursor, in a folder of clients with foreign names."""
    monkeypatch.setenv("CF_FOLDER", str(make_folder(tmp_path / "folder", CLIENTS | FOREIGN)))
    monkeypatch.setattr(sys, "argv", ["cf"])

    def asked(line: str, shell: str, **more: str) -> str:
        for name, value in {"_CF_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line, **more}.items():
            monkeypatch.setenv(name, value)
        main([])
        out, err = capsys.readouterr()
        assert err == ""
        return out.removesuffix("\n")

    return asked


@pytest.mark.parametrize(
    ("line", "replaced", "told"),
    [
        ("cf log anna x --next=fr", "fr", "fri"),  # readline parts words at =
        ("cf log anna x --next=", "", "today\n"),
        ("cf log anna x --next=fr", "--next=fr", "--next=fri"),  # where it does not
        ("cf log anna x --next='fr", "fr", "fri"),
        ("cf log 'anna-k", "anna-k", "anna-kowalska"),
        ("cf log anna\\ kow", "anna kow", "anna-kowalska"),
        ("cf log öz", "öz", "oeztuerk-bau"),
    ],
)
def test_bash_is_told_what_stands_in_the_place_of_the_word(ask: Ask, line: str, replaced: str, told: str) -> None:
    assert ask(line, "bash", _TYPER_COMPLETE_WORD_TO_COMPLETE=replaced).startswith(told)


def test_no_letter_is_lost_where_several_fit(ask: Ask) -> None:
    """`öd` and `ös` would both become `oe`, what they have in common; of two names that share less, nothing stays."""
    assert ask("cf log Caf", "bash") == "cafe-lumen"
    assert ask("cf log ö", "bash").split("\n") == ["oedipus", "oesterle", "oeztuerk-bau"]
    assert ask("cf log dvo", "bash") == "anton-dvorak"
    assert "compstate" not in ask("cf log an", "zsh")
    assert "compstate" not in ask("cf log ö", "zsh")


def test_zsh_takes_what_does_not_begin_as_was_typed(ask: Ask) -> None:
    assert ask("cf log öz", "zsh").endswith('found=("oeztuerk-bau:Öztürk Bau"); _describe cf found -U')
    assert ask("cf log oez", "zsh") == """_arguments '*: :(("oeztuerk-bau":"Öztürk Bau"))'"""


def test_fish_is_told_apart_what_it_would_not_show(ask: Ask) -> None:
    assert ask("cf log öz", "fish") == "=oeztuerk-bau\nÖztürk Bau"
    assert ask("cf log oz", "fish") == "oeztuerk-bau\tÖztürk Bau"
    assert ask("cf log ö", "fish").split("\n")[0] == "Ödipus\toedipus"


def test_a_script_that_typer_made_still_asks_and_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_WORDS", "cf\nlog\nann")
    monkeypatch.setenv("COMP_CWORD", "2")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "is-args")
    monkeypatch.setenv("_CF_COMPLETE", "complete_fish")
    assert ask("cf log ann", "fish") == ""
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "cf log ann")
    assert main([]) == 0
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "cf log xyz")
    assert main([]) == 1


@pytest.mark.parametrize("wish", ["complete_tcsh", "complete", "nonsense", "", "source_powershell"])
def test_another_shell_is_told_nothing(ask: Ask, wish: str) -> None:
    assert ask("cf log ann", "bash", _CF_COMPLETE=wish) == ""


@pytest.mark.parametrize("line", ["", "cf", " ", "cf 'log", "cf log \\", 'cf "'])
def test_a_line_of_hardly_anything_is_no_trouble(ask: Ask, line: str) -> None:
    for shell in shells.SHELLS:
        ask(line, shell)


# The script -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shell", "script", "starts"),
    [
        ("bash", ".bash_completions/cf.sh", ".bashrc"),
        ("zsh", ".zfunc/_cf", ".zshrc"),
        ("fish", ".config/fish/completions/cf.fish", None),
    ],
)
def test_a_completion_is_installed_once(cf: Cf, shell: str, script: str, starts: str | None) -> None:
    if starts:
        (cf.home / starts).write_text("alias x=y")  # no newline at its end
    told = cf.ok(f"--install-completion {shell}").out
    assert str(cf.home / script) in told
    assert (cf.home / script).read_text() == cf.ok(f"--show-completion {shell}").out
    cf.ok(f"--install-completion={shell}")
    if starts:
        assert (cf.home / starts).read_text() == f"alias x=y\nsource {cf.home / script}\n"


def test_what_no_script_is_for_is_refused_with_the_shells_there_are(cf: Cf) -> None:
    assert "cf --show-completion bash | zsh | fish" in cf("--show-completion tcsh").err
    assert cf("--install-completion zsh now").exit == cf("--install-completion=zsh fish").exit == 2
    assert not list(cf.home.glob(".z*"))


def test_a_place_that_cannot_be_written_is_named(cf: Cf) -> None:
    (cf.home / ".zfunc").write_text("a file")
    refused = cf("--install-completion zsh")
    assert refused.exit == 5
    assert ".zfunc" in refused.err


def test_what_is_installed_works_in_a_new_zsh(tmp_path: Path) -> None:
    """Where nothing else has set its completion up."""
    env = {"HOME": str(tmp_path), "PATH": f"{CF.parent}:/usr/bin:/bin", "TERM": "dumb"}
    subprocess.run([CF, "--install-completion", "zsh"], env=env, check=True, capture_output=True)
    if shutil.which("zsh"):
        asked = ["zsh", "-i", "-c", "print $_comps[cf]"]
        done = subprocess.run(asked, env=env, check=True, capture_output=True, text=True)
        assert done.stdout.strip() == "_cf_completion"


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


def make_usual_folder(root: Path) -> Path:
    """Two clients have a word in common with which no short name begins; Anna has a person and a tag."""
    make_folder(root, CLIENTS | FOREIGN | {"studio-x": "X Dvůr"})
    card = 'name = "Anna Kowalska"\ntags = ["vip"]\n[people.marek]\nname = "Marek"\n'
    (root / "clients" / "anna-kowalska.toml").write_text(card)
    return root


@pytest.fixture(scope="module", params=SHELLS)
def terminal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A shell in a folder of a few clients, some with foreign names."""
    terminal = started(request.param, tmp_path_factory, make_usual_folder)
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


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("cf log öz", "cf log oeztuerk-bau "),
        ("cf log oz", "cf log oeztuerk-bau "),
        ("cf log Caf", "cf log cafe-lumen "),
        ("cf log Café", "cf log cafe-lumen "),
        ("cf log lum", "cf log cafe-lumen "),
        ("cf log anna hello --next=fr", "cf log anna hello --next=fri "),
        ("cf slip x --client=dvo", "cf slip x --client=anton-dvorak "),
        ("cf log anna hello --with ma", "cf log anna hello --with marek "),
        ("cf list --tag vi", "cf list --tag vip "),
        ("cf set anna ph", "cf set anna phone="),
        ("cf set anna phone=1 tags+=vi", "cf set anna phone=1 tags+=vip "),
    ],
)
def test_tab_finds_names_people_tags_and_keys(terminal: Terminal, typed: str, line: str) -> None:
    assert terminal.line_after(f"{typed}\t") == line


@pytest.mark.parametrize("terminal", ["fish"], indirect=True)
def test_a_fish_that_has_no_such_abbreviations_completes_the_name_and_keeps_none(terminal: Terminal) -> None:
    """Before 3.6 `abbr` is no builtin: what it is told there it keeps for ever, under the name of an option."""
    older = terminal.home / "older.fish"
    older.write_text(shells.script("fish", "cf").replace("(builtin -n)", "(builtin -n | string match -v abbr)"))
    terminal.press("source older.fish; function abbr; touch pwned; end; echo older'-'fish\r")
    terminal.wait_for("older-fish")
    try:
        assert terminal.line_after("cf log öz\t") == "cf log Öztürk\\ Bau "
        assert terminal.line_after("cf log nov\t") == "cf log novak-tisk "
        assert not (terminal.home / "pwned").exists()
    finally:
        terminal.press("functions --erase abbr; cf --show-completion fish | source; echo newer'-'fish\r")
        terminal.wait_for("newer-fish")


def test_what_several_names_have_in_common_takes_no_letter_away(terminal: Terminal) -> None:
    assert terminal.line_after("cf log dv\t") == "cf log dv"


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
