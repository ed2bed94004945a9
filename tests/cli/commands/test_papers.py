"""Papers: what `attach` keeps and under which name, what the sheet shows, and what `open` hands to the desktop."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from acts import NOON, lay, opened
from clientfolder.binder import attaching, papers
from clientfolder.cli import main
from folders import Cf
from goldens import ROLL, Golden, Rows


@pytest.fixture
def anna(with_an_offer: Cf) -> Cf:
    return with_an_offer


def kept(cf: Cf) -> dict[str, bytes]:
    top = cf.root / "papers"
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def waiting(cf: Cf) -> list[str]:
    return sorted(path.name for path in (cf.root / ".cf").rglob("*") if path.is_file() and "papers" in path.parts)


# Attaching --------------------------------------------------------------------------------------------


def test_a_file_is_copied_beside_the_dossier_and_stays_where_it_is(anna: Cf, tmp_path: Path) -> None:
    before = anna.text("anna-kowalska")
    answer = anna.ok(f"attach anna {tmp_path}/offer.pdf")
    assert answer.out.startswith("Attached offer.pdf to Anna Kowalska.\n-> papers/anna-kowalska/offer.pdf, 9 bytes\n")
    assert kept(anna) == {"anna-kowalska/offer.pdf": b"the offer"}
    assert (tmp_path / "offer.pdf").exists()
    assert anna.text("anna-kowalska") == before
    directory = anna.root / "papers" / "anna-kowalska"
    assert [directory.stat().st_mode & 0o777, (directory / "offer.pdf").stat().st_mode & 0o777] == [0o700, 0o600]
    assert (directory / "offer.pdf").stat().st_mtime == NOON
    assert not waiting(anna)


def test_the_same_bytes_again_are_told_and_other_bytes_get_a_number(anna: Cf, tmp_path: Path) -> None:
    anna.ok(f"attach anna {tmp_path}/offer.pdf")
    steps = len(anna.ok("history --json").data["steps"])
    again = anna.ok(f"attach anna {tmp_path}/offer.pdf --json")
    assert again.data["changes"] == []
    assert again.data["papers"][0]["file"] == "papers/anna-kowalska/offer.pdf"
    assert "there already: papers/anna-kowalska/offer.pdf" in anna.ok(f"attach anna {tmp_path}/offer.pdf").out
    assert len(anna.ok("history --json").data["steps"]) == steps
    (tmp_path / "offer.pdf").write_bytes(b"dearer")
    assert "offer-2.pdf, 6 bytes, beside another offer.pdf" in anna.ok(f"attach anna {tmp_path}/offer.pdf").out
    anna.ok(f"attach anna {tmp_path}/offer.pdf")
    assert kept(anna) == {"anna-kowalska/offer.pdf": b"the offer", "anna-kowalska/offer-2.pdf": b"dearer"}
    assert not waiting(anna)


def test_several_at_once_are_one_step(anna: Cf, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "Offer.PDF").write_bytes(b"other")
    (tmp_path / "x.tar.gz").write_bytes(b"other")
    line = f"attach anna {tmp_path}/offer.pdf {tmp_path}/more/Offer.PDF {tmp_path}/x.tar.gz {tmp_path}/x.tar.gz"
    assert "Attached 3 papers to Anna Kowalska." in anna.ok(line).out
    # On a disk that takes upper and lower case as one they would be one file.
    assert set(kept(anna)) == {f"anna-kowalska/{name}" for name in ("offer.pdf", "Offer-2.PDF", "x.tar.gz")}
    anna.ok("undo")
    assert kept(anna) == {}


def test_undo_redo_and_history_tell_it_in_words(anna: Cf, tmp_path: Path) -> None:
    anna.ok(f"attach anna {tmp_path}/offer.pdf")
    assert "Attached offer.pdf to Anna Kowalska" in anna.ok("history").out
    undone = anna.ok("undo anna --json")
    assert [change["client"] for change in undone.data["changes"]] == ["anna-kowalska"]
    assert kept(anna) == {}
    assert not (anna.root / "papers" / "anna-kowalska").exists()
    assert "Done again: Attached offer.pdf" in anna.ok("redo").out
    assert kept(anna) == {"anna-kowalska/offer.pdf": b"the offer"}
    assert not waiting(anna)


def test_undo_refuses_where_the_paper_was_changed_since(anna: Cf, tmp_path: Path) -> None:
    anna.ok(f"attach anna {tmp_path}/offer.pdf")
    (anna.root / "papers" / "anna-kowalska" / "offer.pdf").write_bytes(b"with my notes")
    assert anna("undo").exit == 6
    assert kept(anna) == {"anna-kowalska/offer.pdf": b"with my notes"}


@pytest.mark.parametrize("original", ["there", "gone", "changed"])
def test_a_paper_taken_back_is_never_the_last_of_it(anna: Cf, tmp_path: Path, original: str) -> None:
    """When it can no longer be redone it goes, but only where the original is still there."""
    anna.ok(f"attach anna {tmp_path}/offer.pdf")
    if original == "gone":
        (tmp_path / "offer.pdf").unlink()
    elif original == "changed":
        (tmp_path / "offer.pdf").write_bytes(b"THE OFFER")
    anna.ok("undo")
    assert len(waiting(anna)) == 1
    anna.ok("log anna hello -n fri")
    assert not waiting(anna)
    rescued = list((anna.root / ".cf").rglob("*offer.pdf"))
    assert [path.read_bytes() for path in rescued] == ([] if original == "there" else [b"the offer"])
    findings = anna("doctor --json").data["findings"]
    assert [finding["code"] for finding in findings] == ["rescued"] * len(rescued)


def test_a_dry_run_names_it_and_copies_nothing(anna: Cf, tmp_path: Path) -> None:
    answer = anna.ok(f"attach anna {tmp_path}/offer.pdf --dry-run")
    assert "-> papers/anna-kowalska/offer.pdf" in answer.out
    assert "--dry-run" in answer.out
    assert not (anna.root / "papers").exists()
    assert not waiting(anna)


def test_what_is_no_file_is_refused(anna: Cf, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("nowhere")
    for name, said in (("pipe", "a pipe or a device"), ("", "This is a directory"), ("link", "no such file"), ("no", "no such file")):  # fmt: skip
        answer = anna(f"attach anna {tmp_path}/{name}")
        assert answer.exit == 2, answer
        assert said in answer.err
        assert anna(f"attach anna {tmp_path}/offer.pdf {tmp_path}/{name}").exit == 2
    assert kept(anna) == {}
    assert not waiting(anna)
    assert anna("attach anna").exit == 2
    assert anna(f"attach nobody {tmp_path}/offer.pdf").exit == 3
    assert anna(f"attach anna {tmp_path}/offer.pdf {tmp_path}/offer.pdf --as x").exit == 2


def test_a_link_that_leads_out_is_not_followed(anna: Cf, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (anna.root / "papers").mkdir()
    (anna.root / "papers" / "anna-kowalska").symlink_to(tmp_path / "outside")
    assert anna(f"attach anna {tmp_path}/offer.pdf").exit == 2
    assert list((tmp_path / "outside").iterdir()) == []


def test_papers_may_lie_on_another_disk(anna: Cf, tmp_path: Path, on_disk: Path) -> None:
    """Where `papers` itself leads elsewhere, the copy waits there: no rename leads from one disk to another."""
    # The folder lies in memory or on the disk, and the papers in the other of them.
    others = [place for place in (on_disk, Path("/dev/shm")) if place.is_dir()]
    other = next((place for place in others if place.stat().st_dev != tmp_path.stat().st_dev), None)
    if other is None:
        pytest.skip("no second disk here")
    disk = other / f"cf-papers-{os.getpid()}"
    disk.mkdir()
    try:
        (anna.root / "papers").symlink_to(disk)
        anna.ok(f"attach anna {tmp_path}/offer.pdf")
        assert (disk / "anna-kowalska" / "offer.pdf").read_bytes() == b"the offer"
        anna.ok("undo")
        anna.ok("redo")
        assert (disk / "anna-kowalska" / "offer.pdf").read_bytes() == b"the offer"
        assert not (disk / ".waiting").exists()
    finally:
        for path in sorted(disk.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        disk.rmdir()


def test_what_is_being_copied_is_not_cleared_up_and_what_was_left_is(anna: Cf, tmp_path: Path) -> None:
    root = str(anna.root)
    anna.ok("log anna one -n fri")
    with attaching.copied(root, [str(tmp_path / "offer.pdf")], set()):
        anna.ok("log anna two -n fri")
        assert len(waiting(anna)) == 1
    assert not waiting(anna)
    (anna.root / ".cf" / "papers").mkdir(exist_ok=True)
    (anna.root / ".cf" / "papers" / ".paper.0123456789ab.tmp").write_bytes(b"the o")
    anna.ok("log anna three -n fri")
    assert not waiting(anna)


def test_rename_carries_them_and_remove_says_where_they_stay(anna: Cf, tmp_path: Path) -> None:
    anna.ok(f"attach anna {tmp_path}/offer.pdf")
    anna.ok("rename anna Anna Nowak")
    assert list(kept(anna)) == ["anna-nowak/offer.pdf"]
    assert "the papers stay in papers/anna-nowak/" in anna.ok("remove anna").out
    assert list(kept(anna)) == ["anna-nowak/offer.pdf"]
    assert anna("doctor --json").data["findings"] == []


def test_a_large_file_does_not_pass_through_the_daybook(anna: Cf, tmp_path: Path) -> None:
    (tmp_path / "film.mov").write_bytes(os.urandom(3_000_000))
    anna.ok(f"attach anna {tmp_path}/film.mov")
    assert sum(path.stat().st_size for path in (anna.root / ".cf").rglob("*") if path.is_file()) < 20_000
    anna.ok("undo")
    anna.ok("redo")
    assert kept(anna)["anna-kowalska/film.mov"] == (tmp_path / "film.mov").read_bytes()


# Names ------------------------------------------------------------------------------------------------


# On the sheet -----------------------------------------------------------------------------------------


# Opening ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("offer.pdf", "offer.pdf"), ("Offer", "offer.pdf"), ("contr", "contract 2026.pdf"), ("2025", "old/offer-2025.pdf"),
        ("contract 20", "contract 2026.pdf"), ("old/offer-2025.pdf", "old/offer-2025.pdf"), ("smlouva", "Smlouva č. 4.odt"),
        ("odt", "Smlouva č. 4.odt"),
    ],
)  # fmt: skip
def test_words_find_a_paper(anna: Cf, opener: Path, words: str, found: str) -> None:
    directory = lay(anna, "offer.pdf", "contract 2026.pdf", "old/offer-2025.pdf", "Smlouva č. 4.odt")
    assert anna.ok(["open", "anna", *words.split()]).out.startswith(f"Opening {found} of")
    assert opened(opener)[-1] == str(directory / found)


def test_it_never_guesses(anna: Cf, opener: Path) -> None:
    assert anna("open anna").exit == 3
    lay(anna, "offer-1.pdf", "offer-2.pdf", "letter.odt")
    answer = anna("open anna off --json")
    assert (answer.exit, answer.json["errors"][0]["candidates"]) == (4, ["offer-1.pdf", "offer-2.pdf"])
    assert anna("open anna").exit == 4
    answer = anna("open anna invoice")
    assert answer.exit == 3
    assert "There: offer-1.pdf" in answer.err
    answer = anna("open anna", typed="2\n")
    assert answer.exit == 0
    assert "   1  offer-1.pdf" in answer.out
    assert opened(opener)[-1].endswith("/offer-2.pdf")
    assert anna("open anna", typed="7\n").exit == 4
    assert anna("open").exit == 2


def test_nothing_outside_is_opened_and_nothing_is_run(anna: Cf, opener: Path, tmp_path: Path) -> None:
    """A folder that came from elsewhere can hold links to what is yours alone, and what a desktop would run."""
    directory = lay(anna, "offer.pdf", "start.desktop")
    (directory / "out.pdf").symlink_to(tmp_path / "offer.pdf")
    (directory / "in.pdf").symlink_to("offer.pdf")
    assert [paper.name for paper in papers.listed(str(anna.root), "anna-kowalska")].count("out.pdf") == 0
    assert anna("open anna out").exit == 3
    assert anna("open anna in").exit == 0
    opened(opener)
    answer = anna("open anna start")
    assert answer.exit == 2
    assert str(directory / "start.desktop") in answer.err
    elsewhere = tmp_path / "elsewhere"
    directory.rename(elsewhere)
    directory.symlink_to(elsewhere)
    assert anna("open anna offer").exit == 2
    assert not opener.exists()


def test_papers_complete_behind_their_client(
    anna: Cf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(anna, "offer.pdf", "old.pdf", "$(touch pwned).pdf", "with blank.pdf")

    def tab(line: str) -> list[str]:
        monkeypatch.setenv("CF_FOLDER", str(anna.root))
        monkeypatch.setattr("sys.argv", ["cf"])
        monkeypatch.setenv("_CF_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line.replace(" ", "\n"))
        monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
        main([])
        return capsys.readouterr().out.split()

    assert tab("cf open anna-kowalska o") == ["offer.pdf", "old.pdf"]
    assert tab("cf open kow of") == ["offer.pdf"]
    assert tab("cf open an") == ["anna-kowalska"]
    assert tab("cf attach an") == ["anna-kowalska"]
    # For files the shell's own completion stands.
    assert tab("cf attach anna-kowalska o") == []
    assert tab("cf open nobody o") == []


def test_the_daybook_of_another_version_leads_nowhere_else(anna: Cf, tmp_path: Path) -> None:
    anna.ok(f"attach anna {tmp_path}/offer.pdf")
    [step] = (anna.root / ".cf" / "daybook").glob("*.json")
    record = json.loads(step.read_text())
    record["files"][0]["path"] = "../../stolen"
    step.write_text(json.dumps(record))
    assert anna("undo").exit == 7
    assert kept(anna) == {"anna-kowalska/offer.pdf": b"the offer"}


# Pages, whole -----------------------------------------------------------------------------------------

PAGES: Rows = {
    "attach": ("attach novak ~/offer.pdf ~/logo.svg", ROLL),
    "open": ("open novak", ROLL),
    "open one": ("open novak sketch --dry-run", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])
