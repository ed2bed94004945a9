"""Client folders for the Tab key: a few clients, and names that would run code where they got into a shell as they are."""

from __future__ import annotations

from pathlib import Path

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
