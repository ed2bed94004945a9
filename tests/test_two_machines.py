"""Two clones of one folder that both lived on, brought together by a real git: no entry lost, none twice."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import thorough
from folders import Cf
from histories import (
    CLIENTS,
    History,
    comments_in,
    counted,
    data_of,
    deals_in,
    entries_in,
    expected_entries,
    payments_in,
    promised_in,
    said_newly,
    told_by_hand,
    told_in,
    written,
)
from repositories import Clone, begun
from watched import why_not

WAYS = {"merge": ["merge", "-q", "--no-edit"], "rebase": ["rebase", "-q"], "cherry-pick": ["cherry-pick"]}
SEEDS = range(30 if thorough.is_on else 1)


def lived_on(cf: Cf, seed: int) -> tuple[Clone, Clone, dict[str, bytes]]:
    """Two clones, each with a history and a commit of its own, and what both began with."""
    History(written(cf), "base", seed, date(2026, 7, 10)).live(seed % 6)
    here = begun(cf)
    there = here.clone("there")
    base = {client: cf.path(client).read_bytes() for client in CLIENTS}
    for machine, name in ((here, "ours"), (there, "theirs")):
        History(machine.cf, name, seed).live(8)
        machine.commit(name)
    here.fetch(there, "theirs")
    there.fetch(here, "theirs")
    return here, there, base


def texts(clone: Clone) -> dict[str, bytes]:
    return {client: clone.cf.path(client).read_bytes() for client in CLIENTS}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", SEEDS)
def test_both_lives_are_in_the_result(cf: Cf, seed: int, way: str) -> None:
    here, there, base = lived_on(cf, seed)
    mine, other = texts(here), texts(there)
    found = []
    for machine in (here, there):
        machine.git(*WAYS[way], "theirs")
        found.append(texts(machine))
        assert machine.cf("doctor --json", today="2026-08-01").data["findings"] == told_by_hand(machine.cf)
    for client in CLIENTS:
        result, turned = (one[client] for one in found)
        wanted = expected_entries(base[client], mine[client], other[client])
        assert entries_in(result) == entries_in(turned) == wanted
        assert comments_in(result) == comments_in(turned) or base[client] in (mine[client], other[client])
        for side in (mine[client], other[client]):
            assert promised_in(side) is None or promised_in(side) in result.decode()
            assert not comments_in(side) - comments_in(result) or base[client] in (mine[client], other[client])
        assert data_of(result).get("next") == data_of(turned).get("next")
        assert (
            payments_in(result)
            == payments_in(turned)
            == counted(payments_in, base[client], mine[client], other[client])
        )
        assert deals_in(result) == deals_in(turned) >= deals_in(mine[client]) & deals_in(other[client])
        for side in (mine[client], other[client]):
            assert [one for one in said_newly(base[client], side) if one not in told_in(result)] == []


@pytest.fixture
def pair(cf: Cf) -> tuple[Clone, Clone]:
    here = begun(written(cf))
    return here, here.clone("there")


def test_what_could_not_be_decided_is_told_until_a_contact(pair: tuple[Clone, Clone]) -> None:
    here, there = pair
    here.cf.ok("set anna phone=+49 30 111")
    there.cf.ok("set anna phone=+49 30 222")
    for machine in pair:
        machine.commit()
    here.fetch(there, "theirs")
    assert "phone stays +49 30 111, and +49 30 222 is in a note" in here.git("merge", "-q", "--no-edit", "theirs")
    assert 'text = "Merged: phone was also +49 30 222"' in here.cf.text("anna")
    [open_] = here.cf.ok("merge --json").data["conflicts"]
    assert open_ == {
        "client": "anna", "key": "phone", "ours": "+49 30 111", "theirs": "+49 30 222",
        "mend": "cf set anna 'phone=+49 30 222'",
    }  # fmt: skip
    here.cf.ok("set anna 'phone=+49 30 222'")
    assert here.cf.ok("merge --json").data["conflicts"] == []


def test_a_refused_merge_is_left_to_git_with_its_marks(pair: tuple[Clone, Clone]) -> None:
    here, there = pair
    here.cf.write("anna", here.cf.text("anna").replace('about = "the quote"', 'about = "the quote'))
    there.cf.ok("set anna phone=2")
    there.cf.ok("log anna rang -n 2026-08-20 --about other things")
    for machine in pair:
        machine.commit()
    here.fetch(there, "theirs")
    here.git("merge", "-q", "--no-edit", "theirs", exit=1)
    assert "<<<<<<< ours" in here.cf.text("anna")
    assert here.git("ls-files", "-u").count("clients/anna.toml") == 3
    [found] = [one for one in here.cf("doctor --json").data["findings"] if one["client"] == "anna"]
    assert "merged by git" in found["message"]


def test_a_dossier_that_both_made_is_one(pair: tuple[Clone, Clone]) -> None:
    here, there = pair
    here.cf.ok("new Eva phone=1 -n 2026-08-20")
    there.cf.ok("new Eva phone=2 email=eva@example.com -n 2026-08-18!")
    for machine in pair:
        machine.commit()
    here.fetch(there, "theirs")
    here.git("merge", "-q", "--no-edit", "theirs")
    eva = here.cf.row("eva")["dossier"]
    assert (eva["card"]["phone"], eva["card"]["email"]) == ("1", "eva@example.com")
    assert (eva["next"]["on"], eva["next"]["how"]) == ("2026-08-18", "agreed")
    assert [entry["text"] for entry in eva["log"]] == [
        "Merged: phone was also 2", "Merged: next was also 2026-08-20",
    ]  # fmt: skip


def test_settings_of_both_are_united_and_a_remark_keeps_what_differs(pair: tuple[Clone, Clone]) -> None:
    here, there = pair
    for machine, capacity, day in ((here, 6, "2026-12-24"), (there, 9, "2026-12-31")):
        (machine.root / "clientfolder.toml").write_text(f"# mine\ncapacity = {capacity}\ndays_off = [{day}]\n")
        machine.commit()
    here.fetch(there, "theirs")
    here.git("merge", "-q", "--no-edit", "theirs")
    assert (here.root / "clientfolder.toml").read_text() == (
        "# mine\n# Merged: capacity was also 9\ncapacity = 6\ndays_off = [2026-12-24, 2026-12-31]\n"
    )


def test_the_driver_is_entered_once_and_taken_out_again(cf: Cf) -> None:
    here = Clone(written(cf))
    assert cf("merge --install").exit == 2
    here.git("init", "-q")
    (here.root / ".gitattributes").write_text("*.pdf binary")
    first = cf.ok("merge --install")
    assert "there, once: cf merge --install" in first.out
    entered = here.git("config", "--get", "merge.clientfolder.driver")
    assert entered == "cf merge --driver %O %A %B %P\n"
    lines = (here.root / ".gitattributes").read_text()
    assert lines.startswith("*.pdf binary\nclients/*.toml merge=clientfolder\n")
    assert "nothing was written" in cf.ok("merge --install").out
    assert (here.root / ".gitattributes").read_text() == lines
    cf.ok("merge --uninstall")
    assert (here.root / ".gitattributes").read_text() == "*.pdf binary\n"
    here.git("config", "--get-regexp", "merge.clientfolder", exit=1)


# The calls with which a driver writes.
CALLS = ("write", "fsync", "fchmod", "fchown", "renameat2", "rename", "unlink")


@pytest.mark.skipif(bool(why_not()), reason=why_not())
@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC"])
def test_a_driver_that_is_cut_short_leaves_the_old_file_or_the_new(tmp_path: Path, fault: str) -> None:
    """Git takes what lies in OURS as it is, so a half-written file would be a half-written dossier."""
    base, ours, theirs = CLIENTS["anna"], CLIENTS["anna"] + "# ours\n", CLIENTS["anna"].replace("07", "08")
    for name, text in (("B", base), ("O", ours), ("T", theirs)):
        (tmp_path / name).write_text(text)
    driver = [sys.executable, "-m", "clientfolder", "merge", "--driver", "B", "O", "T", "clients/anna.toml"]
    env = {"PATH": "/usr/bin:/bin", "CF_TODAY": "2026-08-01T09:00:00", "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(driver, cwd=tmp_path, env=env, check=True, stdout=subprocess.DEVNULL)
    new = (tmp_path / "O").read_text()
    assert new not in (ours, theirs)
    traced = ["strace", "-qq", "-o", "trace"]
    (tmp_path / "O").write_text(ours)
    subprocess.run(
        [*traced, "-e", f"trace={','.join(CALLS)}", *driver],
        cwd=tmp_path,
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    made = Counter(line.partition("(")[0] for line in (tmp_path / "trace").read_text().splitlines() if "(" in line)
    assert made["write"] >= 2
    assert made["renameat2"] + made["rename"] == 1
    for call, count in made.items():
        for when in range(1, count + 1):
            (tmp_path / "O").write_text(ours)
            inject = ["-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={when}"]
            done = subprocess.run([*traced, *inject, *driver], cwd=tmp_path, env=env, capture_output=True, check=False)
            assert "(INJECTED)" in (tmp_path / "trace").read_text() or "KILL" in fault
            assert (tmp_path / "O").read_text() in (ours, new), (call, when)
            assert done.returncode in (0, 1, 5, -9, 137), (call, when, done)
            assert done.returncode != 0 or (tmp_path / "O").read_text() == new
