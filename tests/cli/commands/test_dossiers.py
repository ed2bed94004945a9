"""Dossiers made and changed: `new edit set rename rest remove`."""

from __future__ import annotations

import tomllib

import pytest

from acts import anna, entries
from folders import Cf
from goldens import ROLL, Golden, Rows

PAGES: Rows = {
    "rest": ("rest tomas gone sailing", ROLL),
    "new": ("new Jana Malá -n 25 july", ROLL),
    "set": ("set anna phone=+48 22 555 01 99 tags+=vip", ROLL),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(golden: Golden, name: str) -> None:
    golden.same(name, *PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_the_paper(golden: Golden, name: str) -> None:
    golden.fits(name, *PAGES[name])


def test_other_commands_take_it_too(novaks: Cf) -> None:
    novaks.ok("snooze novak tisk fri")
    novaks.ok("rest Novák Tisk sold the shop")
    assert 'resting = "sold the shop"' in novaks.text("novak-tisk")
    novaks.ok("rename Novák Tisk Novák Print")
    assert novaks.row("novak-print")["name"] == "Novák Print"
    assert novaks("rename Anna May").exit == 2
    assert novaks("rest Anna May").exit == 2


def test_set_tells_the_old_and_the_new(novaks: Cf) -> None:
    answer = novaks.ok("set novak tisk phone=555 tags=vip")
    assert "phone: +420 555 010 188 -> 555" in answer.out
    assert "tags: vip" in answer.out
    assert "phone: 555 -> taken away" in novaks.ok("set novak tisk phone=").out


@pytest.mark.parametrize(
    "line", ["new Zed --about the offer", "new Zed --agreed", "new Zed --for visit", "new Zed name=Bob -n fri"]
)
def test_new_does_not_drop_what_belongs_to_a_date(bob: Cf, line: str) -> None:
    assert bob(line).exit == 2
    assert not bob.path("zed").exists()


def test_a_tag_is_taken_away(bob: Cf) -> None:
    bob.ok("set bob tags+=vip")
    bob.ok("set bob tags-=b2c größe=5")
    assert 'tags = ["vip"]' in bob.text("bob")
    assert '"größe" = "5"' in bob.text("bob")


def test_the_mark_of_a_promise_is_taken_away_only_with_a_yes(cf: Cf) -> None:
    cf.write("gag", 'name = "Gag"\n[next]\non = 2026-07-20\nhow = "agreed"\n')
    assert cf("file gag 2026-07-20 --about x").exit == 2
    cf.ok("file gag 2026-07-20! --about x")
    cf.ok("file gag 20 july --agreed --about y")
    assert cf.next("gag")["how"] == "agreed"  # type: ignore[index]


def test_a_broken_dossier_with_a_blank_in_its_name_can_be_edited(cf: Cf) -> None:
    cf.write("a b", "name = \n")
    cf.env["EDITOR"] = "true"
    for typed in ("a b", "A B"):
        cf.ok(["edit", typed])


def test_a_renamed_dossier_is_counted_once(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\n[next]\non = 2026-07-17\n')
    cf.ok("slip send it --client anna -n fri")
    assert "2 that day" in cf.ok("rename anna Anna Nowak --dry-run").out
    assert "2 that day" in cf.ok("rename anna Anna Nowak").out
    assert "2 that day" in cf.ok("undo --dry-run").out
    assert "2 that day" in cf.ok("undo").out
    assert "2 that day" in cf.ok("redo --dry-run").out
    assert "2 that day" in cf.ok("redo").out
    assert {row["client"] for place in cf.ok("list --json").data["slots"] for row in place["dossiers"]} == {
        "anna-nowak", "slips/send-it",
    }  # fmt: skip


def test_what_suits_a_client_is_set_like_the_rest_of_the_card(cf: Cf) -> None:
    anna(cf)
    cf.ok("set anna not_on=mondays,fri hours=9-12, after 17")
    data = tomllib.loads(cf.text("anna"))
    assert (data["not_on"], data["hours"]) == (["mon", "fri"], "9-12, after 17")
    assert cf("set anna hours=sometimes").exit == 2
    assert cf("set anna not_on=noday").exit == 2
    cf.ok("set anna not_on= hours=")
    assert "not_on" not in cf.text("anna")


def test_rest_asks_before_it_drops_a_promise_and_does_not_wipe_it_out(cf: Cf) -> None:
    anna(cf, on="2026-07-14", how="agreed")
    before = cf.text("anna")
    assert cf("rest anna sold the shop").exit == 2
    assert cf("rest anna sold the shop", typed="n\n", terminal=True).exit == 2
    assert cf.text("anna") == before
    assert cf("rest anna sold the shop", typed="y\n", terminal=True).exit == 0
    assert entries(cf)[-1]["text"] == "sold the shop"
    assert [one["client"] for one in cf.ok("review 14 --json").data["who"]["broken"]] == ["anna"]


# Who was sent by whom, and what was paid ---------------------------------------------------------------------


def test_a_new_name_is_taken_along_by_those_whom_the_client_has_sent_in_one_step(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna"\nsent_by = "anna"\n')
    cf.write("bob", "name = 'Bob'\nsent_by = 'anna' # at the fair\n")
    cf.write("cid", 'name = "Cid"\nsent_by = "Anna at the fair"\n')
    before = cf.tree()
    data = cf.ok("rename anna Anna Nowak --json").data
    assert [change["client"] for change in data["changes"]] == ["anna-nowak", "bob"]
    assert cf.text("bob") == "name = 'Bob'\nsent_by = \"anna-nowak\" # at the fair\n"
    assert cf.text("cid").endswith('"Anna at the fair"\n')
    cf.ok("undo")
    assert cf.tree() == before


def test_to_remove_a_client_tells_how_many_payments_leave_the_figures(cf: Cf) -> None:
    cf.write(
        "anna",
        'name = "Anna"\n[[payments]]\non = 2026-07-01\namount = 5\n\n[[payments]]\non = 2026-07-02\namount = 5\n',
    )
    cf.write("bob", 'name = "Bob"\n')
    assert "2 payments left the figures; to keep them: cf undo, cf rest anna WHY" in cf.ok("remove anna").out
    assert "figures" not in cf.ok("remove bob").out
