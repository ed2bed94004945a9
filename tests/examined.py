"""What `cf doctor` finds in a folder, and whether the line that it gives mends it when it is pasted."""

from __future__ import annotations

from typing import Any

from folders import Cf, Shell

ANNA = 'name = "Anna"\n\n[next]\non = 2026-08-05\n'
BY_HAND = "by hand: "


def findings(cf: Cf) -> list[dict[str, Any]]:
    return cf("doctor --json").data["findings"]  # type: ignore[no-any-return]


def only(cf: Cf, code: str) -> dict[str, Any]:
    """The one thing that is found; it says where, what, and what mends it, and exits with 1."""
    answer = cf("doctor --json")
    assert answer.exit == 1
    assert answer.json["status"] == "partial"
    [finding] = answer.data["findings"]
    assert list(finding) == ["code", "client", "file", "line", "message", "mend"]
    assert finding["code"] == code, finding
    assert finding["message"]
    assert finding["mend"]
    return finding  # type: ignore[no-any-return]


def mended(cf: Cf, shell: Shell, finding: dict[str, Any], typed: str = "y\n") -> None:
    """The line is pasted, and what it mends is not found again."""
    done = shell(finding["mend"], typed=typed)
    assert done.returncode == 0, (finding, done)
    assert findings(cf) == []
