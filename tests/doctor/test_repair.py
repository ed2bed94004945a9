"""The lines that `cf doctor` gives can be pasted: they lose no file, and steer no terminal."""

from __future__ import annotations

import os
import re

import pytest

from clientfolder.binder.leftovers import temporary_name
from examined import ANNA, BY_HAND, findings
from folders import Cf, Shell

STEERS = "\x1b]0;pwned\x07 \x9b31m \x7f \u202e"


def lay_about(cf: Cf, content: str) -> None:
    """One of everything that a line could take away."""
    cf.write("anna", ANNA)
    cf.ok("log anna x -n fri")
    root = cf.root
    for name in ("anna.toml.orig", "anna 2.toml", "anna.toml~", ".anna.toml.0123456789ab.tmp", ".gone.toml.0123456789ab.tmp", "bob (conflicted copy).toml"):  # fmt: skip
        (root / "clients" / name).write_text(f"{ANNA}# {content}\n", encoding="utf-8")
    (root / "clients" / ".#anna.toml").symlink_to("vera@desk.4711:1")
    (root / "clients" / "link.toml").symlink_to("nowhere")
    os.mkfifo(root / "clients" / "pipe.toml")
    (root / ".cf" / "rescued").mkdir(mode=0o700)
    (root / ".cf" / "rescued" / "2026-07-15-103000-abcdef.txt").write_text(content, encoding="utf-8")
    (root / ".cf" / "rescued" / "abcdef-offer.pdf").write_text(content, encoding="utf-8")
    (root / ".cf" / "daybook" / "000009.done.json").write_text(content, encoding="utf-8")


def everything(cf: Cf) -> set[str]:
    return {os.path.join(place, name) for place, below, names in os.walk(cf.root) for name in (*below, *names)}


def test_a_no_leaves_everything(cf: Cf, shell: Shell) -> None:
    lay_about(cf, "x")
    found = findings(cf)
    before = everything(cf)
    assert len(found) >= 12
    for finding in found:
        if not finding["mend"].startswith((BY_HAND, "mv -i", "chmod", "cf ")):
            shell(finding["mend"], typed="n\n")
    assert everything(cf) == before


def test_what_is_shown_steers_no_terminal(cf: Cf, shell: Shell) -> None:
    lay_about(cf, STEERS)
    shown = [shell(finding["mend"], typed="n\n").stdout for finding in findings(cf) if finding["code"] in ("copy", "leftover", "rescued")]  # fmt: skip
    assert sum("pwned" in text for text in shown) >= 5
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", "".join(shown))


def test_what_steers_nothing_is_shown_as_it_is(cf: Cf, shell: Shell) -> None:
    cf.write("anna", ANNA)
    (cf.root / "clients" / "anna.toml.orig").write_text(f"{ANNA}# Łódź, Müller & Söhne\n", encoding="utf-8")
    [finding] = findings(cf)
    assert finding["mend"] == "diff clients/anna.toml clients/anna.toml.orig; rm -i clients/anna.toml.orig"
    assert "Łódź, Müller & Söhne" in shell(finding["mend"], typed="n\n").stdout


@pytest.mark.parametrize("sign", ["\n", "\x1b", "\u202e", "\u200b", "\t"])
def test_a_name_that_cannot_be_seen_is_in_no_line(cf: Cf, sign: str) -> None:
    cf.write("anna", ANNA)
    for name in (f"a{sign}.toml~", f"b{sign}.tml", f"c{sign}.toml"):
        (cf.root / "clients" / name).write_text("name = \n")
    os.makedirs(cf.root / "papers" / f"d{sign}" / "x")
    found = findings(cf)
    assert len(found) == 4
    assert all(finding["mend"].startswith(BY_HAND) and sign not in finding["mend"] for finding in found)


def test_a_temporary_name_is_short_enough_for_any_name() -> None:
    for name in ("x" * 255, "ä" * 127, "🎨" * 63):
        assert len(os.fsencode(os.path.basename(temporary_name(f"/clients/{name}")))) <= 255
