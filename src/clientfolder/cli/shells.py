"""How bash, zsh and fish ask what may stand at the cursor, what they are answered, and the script that makes them ask.

The variables in which they ask are those of the scripts that typer makes, which may be installed already.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from itertools import takewhile

from clientfolder.cli.completion import offers
from clientfolder.cli.places import Offer, harmless
from clientfolder.errors import CannotReach, Misused, Trouble
from clientfolder.text import comparable
from clientfolder.tuples import NamedTuple
from clientfolder.workspace import Environment

SHELLS = ("bash", "zsh", "fish")
# How many clients a shell is told by name. Bash shows no names; zsh asks before it lists more than this; for fish each
# costs the reading of a file.
MOST_NAMES = {"zsh": 100, "fish": 1000}

# `complete` replaces what readline says is the word: behind a `=` only what stands there.
_BASH = """\
_%(program)s_completion() {
    local IFS=$'\\n'
    COMPREPLY=( $( env _TYPER_COMPLETE_ARGS="${COMP_LINE:0:COMP_POINT}" _TYPER_COMPLETE_WORD_TO_COMPLETE="$2" \\
                   %(variable)s=complete_bash "$1" ) )
    [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
    return 0
}

complete -o default -F _%(program)s_completion %(program)s
"""
_ZSH = """\
#compdef %(program)s
(( $+functions[compdef] )) || { autoload -Uz compinit; compinit; }

_%(program)s_completion() {
    eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" %(variable)s=complete_zsh %(program)s)
}

compdef _%(program)s_completion %(program)s
"""
# Fish drops what it cannot find the typed letters in, such as `oeztuerk-bau` for `öz`. Such a word is answered behind a
# `=`, and takes the place of the typed one as an abbreviation that lives as long as that takes. Before fish 3.6 `abbr`
# is a function that would keep what it is told for ever; there the client's name, in the second line, is offered.
_FISH = """\
function __%(program)s_expand
    abbr --erase __%(program)s
    echo "$__%(program)s_word "
end

function __%(program)s_completion
    set -l found (env %(variable)s=complete_fish _TYPER_COMPLETE_ARGS=(commandline -cp) %(program)s)
    set -l typed (commandline -ct)
    if not set -q found[1]
        __fish_complete_path $typed
    else if not string match -q -- '=*' $found[1]
        printf '%%s\\n' $found
    else if not contains abbr (builtin -n)
        set -q found[2]
        and printf '%%s\\n' $found[2]
    else
        set -g __%(program)s_word (string sub -s 2 -- $found[1])
        abbr --add __%(program)s --position anywhere --regex (string escape --style=regex -- $typed) \\
            --function __%(program)s_expand 2>/dev/null
        and commandline -f expand-abbr
    end
end

complete --command %(program)s --no-files --arguments '(__%(program)s_completion)'
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


class ScriptFile(NamedTuple):
    """Where a shell keeps a completion, below the home directory: its script, and the start-up file that names it."""

    script: str
    starts: str | None


_PLACES = {
    "bash": ScriptFile(".bash_completions/{}.sh", ".bashrc"),
    "zsh": ScriptFile(".zfunc/_{}", ".zshrc"),
    "fish": ScriptFile(".config/fish/completions/{}.fish", None),
}


def variable(program: str) -> str:
    """The environment variable in which a shell says what it wants of a program: `_CF_COMPLETE`."""
    return f"_{program.upper()}_COMPLETE"


def answer(environment: Environment) -> tuple[str, int]:
    """What a shell that asks is told, and the exit code: 1 where there is nothing."""
    wish, _, shell = environment.env[variable(environment.program)].partition("_")
    if shell not in SHELLS:
        return "", 1
    if wish == "source":
        return script(shell, environment.program), 0
    words, typed = _line(environment)
    try:
        found = offers(words, typed, environment, 0 if _asks_only_whether(environment) else MOST_NAMES.get(shell, 0))
    except Trouble:
        # A letter would run through the line at which Tab was pressed.
        found = []
    if _asks_only_whether(environment):
        return "", 0 if found else 1
    if not found:
        return ("_files", 0) if shell == "zsh" else ("", 1)
    told = {"bash": _for_bash, "zsh": _for_zsh, "fish": _for_fish}[shell]
    return told(found, typed, environment), 0


def _asks_only_whether(environment: Environment) -> bool:
    """Whether fish asks only if there is anything, as a script that typer made does first."""
    return environment.env.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args"


def _line(environment: Environment) -> tuple[list[str], str]:
    """The words before the cursor, without the program's name, and the beginning of the word at the cursor."""
    env = environment.env
    line = env.get("_TYPER_COMPLETE_ARGS")
    if line is None:
        count = int(env.get("COMP_CWORD", "0"))
        words = [*_split(env.get("COMP_WORDS", ""))[: count + 1], ""]
        return words[1:count], words[count]
    words = _split(line)
    # A blank at the end that is quoted is part of the last word.
    is_open = line[-1:].strip() or (words and words[-1][-1:].isspace())
    if not is_open:
        words.append("")
    return words[1:-1], words[-1] if len(words) > 1 else ""


def _split(line: str) -> list[str]:
    """The words of a line as a shell has them; the last one may want its closing quote."""
    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        words.append(lexer.token)
    return words


def _only_lists(found: Sequence[Offer], typed: str) -> bool:
    """Whether what all have in common would take letters from what was typed, as `o` of `oeztuerk, ozren` for `oz`."""
    words = sorted(offer.word for offer in found)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(words[0], words[-1], strict=False))
    common = "".join(letter for letter, _ in same)
    return len(found) > 1 and comparable(typed) not in comparable(common)


def _for_bash(found: Sequence[Offer], typed: str, environment: Environment) -> str:
    replaced = environment.env.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", typed)
    kept = len(typed.removesuffix(replaced)) if typed.endswith(replaced) else 0
    words = [offer.word[kept:] for offer in found]
    if not all(offer.word.startswith(typed) for offer in found) and _only_lists(found, typed):
        # With a blank among them they have no beginning in common, and bash leaves what was typed.
        words.insert(0, " ")
    return "\n".join(words)


def _for_zsh(found: Sequence[Offer], typed: str, environment: Environment) -> str:
    """The code that zsh evaluates; blanks in it may be runs, so that it is one line."""
    is_plain = all(offer.word.startswith(typed) for offer in found)
    is_open = all(offer.word.endswith("=") for offer in found)
    named = [[f'"{text}"' for text in (offer.word, harmless(offer.help)) if text] for offer in found]
    if is_plain and not is_open:
        words = " ".join(":".join(one) for one in named)
        return f"_arguments '*: :(({words}))'"
    words = " ".join(":".join(one).replace('":"', ":") for one in named)
    more = " ".join(["-S ''"] * is_open + ["-U"] * (not is_plain))
    code = f"local -a found; found=({words}); _describe {environment.program} found {more}"
    if not is_plain and _only_lists(found, typed):
        code += "; compstate[insert]=''; compstate[list]='list force'"
    return code


def _for_fish(found: Sequence[Offer], typed: str, environment: Environment) -> str:
    if len(found) == 1 and not _fish_finds(typed, found[0].word):
        name = harmless(found[0].help)
        return f"={found[0].word}" + (f"\n{name}" if name and _fish_finds(typed, name) else "")
    if not all(_fish_finds(typed, offer.word) for offer in found):
        # By their names: of some that fish can find and some that it cannot it would show the former alone.
        found = [Offer(offer.help, offer.word) if _fish_finds(typed, offer.help) else offer for offer in found]
    return "\n".join(f"{offer.word}\t{harmless(offer.help)}".rstrip("\t") for offer in found)


def _fish_finds(typed: str, word: str) -> bool:
    """Whether the letters that were typed stand in the word in this order, in any case."""
    letters = iter(word.casefold())
    return all(letter in letters for letter in typed.casefold())


# The script -----------------------------------------------------------------------------------------------


def script(shell: str, program: str) -> str:
    """What a shell reads so that Tab asks this program."""
    return (_SCRIPTS[shell] % {"program": program, "variable": variable(program)}).rstrip()


def show(shell: str | None, environment: Environment) -> str:
    """The script for the shell that is named, or in which this runs. Raises Misused for another one."""
    return script(_checked(shell, environment), environment.program)


def install(shell: str | None, environment: Environment) -> str:
    """Write the script where its shell reads it, and say where. Raises Misused, and CannotReach where it cannot be."""
    shell = _checked(shell, environment)
    place = _PLACES[shell]
    path = os.path.join(environment.home, place.script.format(environment.program))
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(script(shell, environment.program) + "\n")
        if place.starts:
            _name_in(os.path.join(environment.home, place.starts), f"source {shlex.quote(path)}")
    except OSError as error:
        raise CannotReach(f"{error.filename or path}: {error.strerror}") from None
    named = f", which ~/{place.starts} reads" if place.starts else ""
    return f"Tab completes {environment.program} in every new {shell}{named}:\n{path}"


def _name_in(path: str, line: str) -> None:
    """Put a line at the end of a start-up file that does not have it."""
    with open(path, "a+", encoding="utf-8", errors="surrogateescape") as file:
        file.seek(0)
        text = file.read()
        if line not in text.split("\n"):
            file.write(f"{'' if text.endswith(chr(10)) or not text else chr(10)}{line}\n")


def _checked(shell: str | None, environment: Environment) -> str:
    shell = shell or _running_in()
    if shell not in SHELLS:
        named = f"{shell} is" if shell else "This is"
        raise Misused(f"{named} none of the shells that it is for. Name one: cf --show-completion {' | '.join(SHELLS)}")
    return shell


def _running_in() -> str | None:
    """The shell in which this program was started; None where none is found."""
    import shellingham  # type: ignore[import-untyped]

    try:
        name: str = shellingham.detect_shell()[0]
    except shellingham.ShellDetectionFailure:
        return None
    return name
