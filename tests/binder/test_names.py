"""Short names, unique and within the folder."""

from __future__ import annotations

import pytest

from folders import Cf


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
