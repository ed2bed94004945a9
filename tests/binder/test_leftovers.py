"""What killed commands and other programs leave: it counts for nothing, whatever it is called."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from clientfolder.binder import leftovers
from examined import findings, only
from folders import Cf

# What is cut off by the kill -------------------------------------------------------------------------------

PRELUDE = """
import os, signal, sys
from clientfolder.binder.journal import atomic, renames
from clientfolder.cli import run

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

root = os.getcwd()
"""
AT_THE_RENAME, AT_THE_FLUSH = "os.rename = killed\n", "os.fsync = killed\n"


def line(words: str) -> str:
    return f"sys.argv = ['cf', *{words.split()!r}]\nrun()\n"


# Each writer, killed between the making of its temporary file and the end.
WRITERS = {
    "a dossier": AT_THE_FLUSH + "atomic.Writer(root).replace('clients/anna.toml', open('clients/anna.toml', 'rb').read(), b'x')",
    "a new dossier": AT_THE_FLUSH + "atomic.Writer(root).create('clients/bob.toml', b'name = \"Bob\"')",
    "a long name": AT_THE_FLUSH + "atomic.Writer(root).create('clients/' + 'ä' * 100 + '.toml', b'name = \"Bob\"')",
    "a form": AT_THE_FLUSH + "os.makedirs('forms')\natomic.Writer(root).create('forms/visit.toml', b'x')",
    "what is never missed": AT_THE_RENAME + "atomic.put_disposable(root + '/.cf/holidays', b'x')",
    "the register": AT_THE_RENAME + line("list"),
    "the journal": AT_THE_FLUSH + line("log anna hello -n fri"),
    "a link that moves": AT_THE_RENAME + "os.makedirs('removed/deep')\nrenames.lead_from_both(root + '/clients/link.toml', root + '/removed/deep/link.toml')",
    "a paper": AT_THE_FLUSH + line("attach anna ../offer.pdf"),
    "the demo": AT_THE_FLUSH + line("demo"),
    "an archive": AT_THE_FLUSH + line("backup ../all.tar.gz"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRITERS)
def test_what_a_killed_writer_leaves_counts_for_nothing(cf: Cf, kind: str) -> None:
    cf.write("anna", 'name = "Anna"\n\n[next]\non = 2026-08-05\n')
    (cf.root / "shelf").mkdir()
    (cf.root / "shelf" / "link.toml").write_text('name = "Link"\n\n[next]\non = 2026-08-05\n')
    cf.path("link").symlink_to("../shelf/link.toml")
    (cf.root.parent / "offer.pdf").write_bytes(b"the offer")
    cf.ok("log link hello -n 5 aug")
    before = {*cf.root.parent.rglob("*")}
    env = {**os.environ, "HOME": str(cf.home), "CF_TODAY": "2026-07-15"}
    ended = subprocess.run(
        [sys.executable, "-c", PRELUDE + WRITERS[kind]], cwd=cf.root, env=env, check=False, timeout=60
    )
    assert ended.returncode == -signal.SIGKILL
    # Of the demo a whole directory is left.
    new = [path for path in {*cf.root.parent.rglob("*")} - before if not path.parent.name.endswith(".tmp")]
    [left] = [path for path in new if path.name.endswith(".tmp")]
    assert leftovers.is_temporary(left.name)
    named = [finding["file"] for finding in findings(cf) if finding["code"] == "leftover"]
    if left.is_relative_to(cf.root):
        # What any command clears is gone when it is looked for.
        assert str(left.relative_to(cf.root)) in named or not left.exists()
    assert [row["client"] for place in cf.ok("list --json").data["slots"] for row in place["dossiers"]] == [
        "anna",
        "link",
    ]
    cf.ok("backup ../taken.tar.gz")
    with tarfile.open(cf.root.parent / "taken.tar.gz") as taken:
        assert not [name for name in taken.getnames() if name.endswith(".tmp") or ".tmp/" in name]


@pytest.mark.parametrize("name", ["clients/.0123456789ab.tmp", ".cf/slips-register.0123456789ab.tmp"])
def test_what_versions_before_left(cf: Cf, name: str) -> None:
    cf.ok("new Anna -n 5 aug")
    # Whoever writes an index takes away what is left of older ones. Both stand after this, for the file is old enough.
    time.sleep(0.05)
    cf("doctor")
    (cf.root / name).write_text("x")
    (cf.root / name).chmod(0o600)
    assert only(cf, "leftover")["file"] == name


def test_a_file_of_ones_own_is_no_leftover(cf: Cf) -> None:
    for name in (
        "scan.0123456789ab.tmp",
        ".notes.tmp",
        "0123456789ab.tmp",
        ".a.0123456789abc.tmp",
        ".a.0123456789AB.tmp",
    ):
        assert not leftovers.is_temporary(name)


# Copies, whatever they are called --------------------------------------------------------------------------

HEAD = 'name = "Anna Kowalska"\n\n[card]\nphone = "+48 22 555 01 07"\n\n[next]\non = 2026-08-05\n'
ENTRIES = [
    f'\n[[log]]\nat = 2026-07-{day:02}T10:30:00+02:00\nkind = "call"\ntext = """\nfirst\n\n[[log]]\n{day}"""\n'
    for day in (1, 2, 3)
]
COPIES = [
    "anna-kowalska 2", "anna-kowalska (1)", "anna-kowalska - Copy", "anna-kowalska - Copy (2)", "anna-kowalska - Kopie", "anna-kowalska — kopia",
    "anna-kowalska-DESKTOP-AB12CD3", "anna-kowalska-laptop", "anna-kowalska-2-laptop", "anna-kowalska.bak", "anna-kowalska copy", "anna-kowalska_old",
    "anna-kowalska (in Konflikt stehende Kopie von Vera 2026-07-15)", "anna-kowalska (kopia powodująca konflikt, Vera)", "Copy of anna-kowalska",
    "Kopie von anna-kowalska",
]  # fmt: skip
LOGS = {
    "the same": (ENTRIES, ENTRIES), "older": (ENTRIES, ENTRIES[:1]), "newer": (ENTRIES[:1], ENTRIES), "written on twice": (ENTRIES[:2], [ENTRIES[0], ENTRIES[2]]),
    "from before the first entry": (ENTRIES, []), "both empty": ([], []),
}  # fmt: skip


def names(cf: Cf, line: str) -> list[str]:
    return [row["client"] for place in cf.ok(line).data["slots"] for row in place["dossiers"]]


def check_is_copy(cf: Cf, stem: str) -> None:
    """The same with the index cold, half warm and warm, and in whatever lists or looks through."""
    for _ in range(3):
        assert names(cf, "list --json") == ["anna-kowalska"]
        assert cf.ok("binder --json").data["slots"][0]["count"] == 1
    assert cf.ok("show kowalska --json").data["client"] == "anna-kowalska"
    assert {hit["client"] for hit in cf.ok("find Kowalska --json").data["hits"]} == {"anna-kowalska"}
    assert "1 " in cf.ok("review month").out or cf.ok("review month --json")
    cf.ok("log kowalska rang in -n fri")
    cf.ok("undo")
    assert names(cf, "list --json") == ["anna-kowalska"]
    finding = only(cf, "copy")
    assert finding["file"] == f"clients/{stem}.toml"
    assert finding["mend"] == "cf merge anna-kowalska"


@pytest.mark.parametrize("stem", COPIES)
def test_a_copy_of_any_name_is_no_client(cf: Cf, stem: str) -> None:
    cf.write("anna-kowalska", HEAD + "".join(ENTRIES))
    cf.write(stem, HEAD.replace("05\n", "06\n") + "".join(ENTRIES[:2]))
    check_is_copy(cf, stem)


@pytest.mark.parametrize("kind", LOGS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_log_is_a_beginning_of_the_other(cf: Cf, kind: str, end: str) -> None:
    for stem, log in zip(("anna-kowalska", "anna-kowalska 2"), LOGS[kind], strict=True):
        text = HEAD + "".join(log) + ("# changed\n" if stem.endswith("2") else "")
        cf.write(stem, text.replace("\n", end))
    check_is_copy(cf, "anna-kowalska 2")


@pytest.mark.parametrize(
    ("stem", "text"),
    [
        ("anna-kowalska 2", HEAD.replace("Anna Kowalska", "Anna Kowalska Söhne") + "".join(ENTRIES)),
        ("anna-kowalska 2", HEAD + "".join(ENTRIES[1:])),
        ("anna-kowalska-2", HEAD + "".join(ENTRIES)),
        ("anna-kowalska-17", HEAD + "".join(ENTRIES)),
        ("anna-kowalskas", HEAD + "".join(ENTRIES)),
        ("anna", HEAD + "".join(ENTRIES)),
        ("marek", HEAD + "".join(ENTRIES)),
    ],
)
def test_a_name_alone_tells_of_no_copy(cf: Cf, stem: str, text: str) -> None:
    cf.write("anna-kowalska", HEAD + "".join(ENTRIES))
    cf.write(stem, text)
    for _ in range(3):
        answer = cf("list --json")
        counted = [row["client"] for place in answer.data["slots"] for row in place["dossiers"]]
        counted += [Path(row["file"]).stem for row in answer.json["errors"]]
        expected = {"anna-kowalska", stem}
        if stem == "anna":
            # Here the longer name is the copy.
            expected = {"anna"}
        assert set(counted) == expected


def test_a_number_of_ones_own_is_asked_about(cf: Cf) -> None:
    cf.write("anna-kowalska", HEAD.replace("555 01 07", "1") + "".join(ENTRIES))
    cf.write("anna-kowalska-2", HEAD.replace("555 01 07", "2") + "".join(ENTRIES[:1]))
    finding = only(cf, "double")
    assert finding["client"] == "anna-kowalska-2"
    assert "clients/anna-kowalska.toml" in finding["message"]
    cf.write("anna-kowalska-2", HEAD.replace("555 01 07", "2") + "".join(ENTRIES[1:]))
    assert findings(cf) == []


def test_a_copy_whose_original_goes_or_changes_counts_again(cf: Cf) -> None:
    """No client falls out: what is left of it is shown."""
    cf.write("anna-kowalska", HEAD + "".join(ENTRIES))
    cf.write("anna-kowalska 2", HEAD + "".join(ENTRIES))
    for _ in range(2):
        assert names(cf, "list --json") == ["anna-kowalska"]
    cf.write("anna-kowalska", HEAD.replace("Anna", "Hanna"))
    for _ in range(2):
        assert sorted(names(cf, "list --json")) == ["anna-kowalska", "anna-kowalska 2"]
    cf.path("anna-kowalska").unlink()
    for _ in range(2):
        assert names(cf, "list --json") == ["anna-kowalska 2"]


def test_a_copy_of_a_slip_is_no_slip(cf: Cf) -> None:
    (cf.root / "slips").mkdir()
    for stem in ("tax-return", "tax-return 2", "Copy of tax-return"):
        cf.write(f"slips/{stem}", 'name = "tax return"\n\n[next]\non = 2026-08-05\n')
    for _ in range(2):
        assert names(cf, "list --json") == ["slips/tax-return"]
    assert sorted(finding["file"] for finding in findings(cf)) == [
        "slips/Copy of tax-return.toml",
        "slips/tax-return 2.toml",
    ]


def test_no_copy_is_offered_on_the_tab_key(cf: Cf) -> None:
    cf.write("anna-kowalska", HEAD)
    cf.write("anna-kowalska-DESKTOP-AB12CD3", HEAD)
    env = {"_CF_COMPLETE": "complete_bash", "COMP_WORDS": "cf log an", "COMP_CWORD": "2"}
    env |= {"PATH": os.environ["PATH"], "HOME": str(cf.home), "CF_TODAY": "2026-07-15"}
    done = subprocess.run(
        [sys.executable, "-m", "clientfolder"],
        cwd=cf.root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.split() == ["anna-kowalska"]


@pytest.mark.parametrize("name", ["clients/old/anna-kowalska.toml", "clients/backup/x.toml", "clients/.anna-kowalska.toml",
                                  "clients/anna-kowalska.toml.txt", "clients/anna.tml", "anna-kowalska.toml",
                                  "clients/nowak (conflicted copy).toml"])  # fmt: skip
def test_no_line_makes_a_copy_a_client(cf: Cf, name: str) -> None:
    cf.write("anna-kowalska", HEAD + "".join(ENTRIES))
    (cf.root / name).parent.mkdir(exist_ok=True)
    (cf.root / name).write_text(HEAD + "".join(ENTRIES[:1]))
    finding = only(cf, "copy")
    assert finding["mend"].startswith("diff clients/anna-kowalska.toml ")


def test_what_macos_lays_beside_a_file_is_never_a_client(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n\n[next]\non = 2026-08-05\n')
    for name in ("._anna.toml", "._gone.toml"):
        (cf.root / "clients" / name).write_bytes(b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X")
    assert names(cf, "list --json") == ["anna"]
    assert [finding["code"] for finding in findings(cf)] == ["copy", "copy"]
    assert not any("mv" in finding["mend"] for finding in findings(cf))


def test_where_no_two_have_one_name_nothing_is_compared(vera: Cf, monkeypatch: pytest.MonkeyPatch) -> None:
    vera.write("nowak", 'name = "Nowak"\n\n[next]\non = 2026-08-05\n')
    vera.write("nowak-brno", 'name = "Nowak Brno"\n\n[next]\non = 2026-08-05\n')

    def never(stem: str) -> list[str]:
        raise AssertionError(stem)

    monkeypatch.setattr(leftovers, "originals", never)
    for _ in range(2):
        assert {"nowak", "nowak-brno"} <= {*names(vera, "list --json")}
