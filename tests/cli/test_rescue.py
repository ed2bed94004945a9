"""What was typed is not lost: it lies in a file of its own until it is written."""

from __future__ import annotations

import pytest

from acts import kept_in
from folders import Cf

ANNA = 'name = "Anna"\n[next]\non = 2026-07-15\n'


@pytest.fixture
def anna(cf: Cf) -> Cf:
    cf.write("anna", ANNA)
    return cf


def test_answers_given_before_stay_kept(anna: Cf) -> None:
    answer = anna("log anna --form first-call", typed="From a friend\nCaf\udce9\n")
    assert answer.exit == 2
    kept = [path.read_bytes() for path in (anna.root / ".cf" / "rescued").iterdir()]
    assert len(kept) == 2
    assert any(b"From a friend" in one for one in kept)
    assert b"Caf\xe9" in kept
    assert answer.err.count(str(anna.root / ".cf" / "rescued")) == 2


def test_a_text_that_would_make_a_dossier_unreadable_is_refused(anna: Cf) -> None:
    anna.ok("log anna - -n fri", piped="x" * 3_000_000)
    before = anna.text("anna")
    answer = anna("log anna - -n mon", piped="y" * 3_000_000)
    assert answer.exit in (2, 5), answer.err[-300:]
    assert anna.text("anna") == before
    assert kept_in(answer.err[-300:]).startswith(b"yyy")
    assert anna.row("anna")["last"]["text"].startswith("xxx")
