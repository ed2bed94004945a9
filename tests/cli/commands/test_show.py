"""`show`: the sheet on the screen and the sheet for scripts are the same one."""

from __future__ import annotations

import pytest

from folders import Cf


def test_an_entry_of_a_day_to_come_counts_neither_on_the_screen_nor_in_json(cf: Cf) -> None:
    """Nobody was reached yet, so that what was put off is put off still."""
    cf.write(
        "anna",
        """
        name = "Anna"
        [next]
        on = 2026-07-16
        [[log]]
        at = 2026-07-14
        kind = "moved"
        from = 2026-07-13
        to = 2026-07-16
        [[log]]
        at = 2027-07-14
        kind = "call"
        text = "typed with the wrong year"
        """,
    )
    assert cf.ok("show anna --json").data["moves"] == 1
    assert "put off    1x since the last contact" in cf.ok("show anna").out


def test_papers_that_cannot_be_listed_are_warned_of_wherever_sheets_are_shown(cf: Cf) -> None:
    cf.ok("new Anna -n today")
    (cf.root / "papers").mkdir()
    (cf.root / "papers" / "anna").symlink_to("anna")
    for line in ("show anna", "show anna --json", "list --full"):
        answer = cf.ok(line)
        assert "the papers are not shown" in answer.err + answer.out


def test_whole_sheets_one_of_which_has_gone_are_a_refusal_and_no_half_page(
    cf: Cf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clientfolder.binder.binder import Binder

    cf.ok("new Anna -n today")
    cf.ok("new Ben -n today")
    read = Binder.read

    def vanished(binder: Binder, client: str) -> object:
        if client == "ben":
            (cf.root / "clients" / "ben.toml").unlink(missing_ok=True)
        return read(binder, client)

    monkeypatch.setattr(Binder, "read", vanished)
    answer = cf("list --full")
    assert (answer.exit, answer.out) == (3, "")
    assert "There is no dossier ben" in answer.err


def test_one_value_alone_is_printed_to_be_used(novaks: Cf) -> None:
    assert novaks.ok("show novak tisk phone").out == "+420 555 010 188\n"
    assert novaks.ok("show petra people.petra.name").out == "Petra Dvořáková\n"
    assert novaks.ok("show anna may name").out == "Anna May\n"
    assert novaks.ok("show novak tisk phone --json").data["value"] == "+420 555 010 188"
    novaks.write("list", 'name = "List"\n[card]\nphone = ["555 010 777", "555 010 888"]\n')
    assert novaks.ok("show list phone").out == "555 010 777, 555 010 888\n"
    refused = novaks("show anna phone")
    assert (refused.exit, refused.err) == (2, "cf: Anna has no phone. There: name\n")
    assert novaks("show nobody phone").exit == 3
