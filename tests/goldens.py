"""Pages, whole, as golden files under `cli/golden/`; `pytest --renew-pages` writes them anew, on purpose.

A test of a page has its rows in a table, and with the fixture `golden` says `golden.same(name, *ROWS[name])` and
`golden.fits(...)` of each.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from clientfolder.cli.output.terminal import Window, width
from folders import Cf

DIRECTORY = Path(__file__).parent / "cli" / "golden"

WINDOW, SMALL, NARROW, WIDE, ROLL = Window(80, 24), Window(80, 18), Window(60, 24), Window(120, 40), Window(80)
# By the name of its file: the line that is typed, and the window in which it is seen.
Rows = Mapping[str, tuple[str, Window]]

# What is done first for a page whose name ends so.
BEFORE = {
    "with slips": [
        "slip send the mockups --client nov -n wed!", "slip order business cards -n today --every 6 weeks",
        "slip VAT return -n 13 july --today 2026-07-01", "slip print the proofs --client anna -n today!",
    ],
    "show with a form": [
        "log novak Petra is back, and in a good mood. --form project-status -n 20 july --answer stands=at risk content=y "
        "--answer due=24 july --answer waiting=the green of the old cards, and whether Jan wants the van in it after all, from Petra"
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Golden:
    """The example folder, and whether the golden files are to be written anew."""

    cf: Cf
    into: Callable[[Window], None]
    renews: bool
    directory: Path = DIRECTORY

    def same(self, name: str, line: str, window: Window) -> None:
        """The page is what it was."""
        page = self.page(name, line, window)
        file = self.directory / f"{name.replace(' ', '-')}.txt"
        if self.renews:
            file.parent.mkdir(exist_ok=True)
            file.write_text(page)
        assert page == file.read_text()

    def fits(self, name: str, line: str, window: Window) -> None:
        """No line is wider than its window; letters and paths may be."""
        for row in self.page(name, line, window).splitlines():
            if not row.startswith("stderr:") and "clientfolder.toml" not in row:
                assert width(row) <= window.columns, row

    def page(self, name: str, line: str, window: Window) -> str:
        """What the line prints, in the folder as it is when that page is looked at."""
        for before in next((lines for end, lines in BEFORE.items() if name.endswith(end)), []):
            self.cf.ok(before)
        if line.startswith(("attach", "open")) or name == "show with papers":
            lay_papers(self.cf)
        return self.screen(line, window)

    def screen(self, line: str, window: Window) -> str:
        """What a line prints in a window, letters behind it."""
        self.into(window)
        answer = self.cf(line, typed="q" if line.endswith(" -i") else None)
        text = answer.out + "".join(f"stderr: {line}\n" for line in answer.err.splitlines())
        return text.replace(str(self.cf.root), "FOLDER")


def lay_papers(vera: Cf) -> None:
    """Three papers of Novák Tisk's, and two files in the home directory."""
    directory = vera.root / "papers" / "novak-tisk"
    directory.mkdir(parents=True)
    for age, name in enumerate(("offer July.pdf", "contract.pdf", "sketch.svg")):
        (directory / name).write_bytes(b"x" * 82_000)
        # Noon of 14 July 2026 in London, and some days earlier.
        os.utime(directory / name, (1_784_027_000 - 86_400 * age,) * 2)
    (vera.home / "offer.pdf").write_bytes(b"x" * 1_400_000)
    (vera.home / "logo.svg").write_bytes(b"x" * 512)
