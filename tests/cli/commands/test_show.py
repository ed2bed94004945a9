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


# What of a client is worth -----------------------------------------------------------------------------------

SETTINGS = 'currency = "EUR"\nsegments = { makers = ["shop", "cards"] }\n'


def told(cf: Cf, client: str, label: str, **how: str) -> list[str]:
    """The lines of the sheet under a label, each in one line."""
    lines = cf.ok(f"show {client}", **how).out.splitlines()
    starts = [place for place, line in enumerate(lines) if line[:12].strip() == label]
    found = []
    for start in starts:
        end = next(at for at in range(start + 1, len(lines) + 1) if at == len(lines) or not lines[at].startswith("  "))
        found.append(" ".join(" ".join(lines[start:end]).split()).removeprefix(f"{label} "))
    return found


@pytest.fixture
def sellers(cf: Cf) -> Cf:
    """Anna has brought most, has the shop and lacks cards; she has sent Bob and Eva, who paid less."""
    (cf.root / "clientfolder.toml").write_text(SETTINGS)
    cf.write("anna", 'name = "Anna"\ntags = ["makers"]\n[[deals]]\nname = "shop"\namount = 100\nwon = 2026-06-01\n')
    cf.ok("pay anna 90 shop --on 2026-06-30")
    for client in ("bob", "eva", "cid", "dan"):
        cf.write(client, f'name = "{client.title()}"\nsent_by = "{"anna" if client in ("bob", "eva") else "fair"}"\n')
        cf.ok(f"pay {client} 10 --on 2026-07-01")
    return cf


def test_the_sheet_has_one_line_of_what_a_client_is_worth(sellers: Cf) -> None:
    assert told(sellers, "anna", "worth") == ["A, 69 %, last paid 30 Jun, has shop, lacks cards: cf worth anna"]
    assert told(sellers, "anna", "deal") == ["shop: won, 90 of 100 EUR"]
    sellers.ok("log anna --rating 4 all well -n fri")
    line = "A, 69 %, last paid 30 Jun, has shop, lacks cards, rated 4 of 5 on 15 Jul: cf worth anna"
    assert told(sellers, "anna", "worth") == [line]
    # An order that went back never happened, and who paid nothing yet is told by the rating alone.
    sellers.ok("pay anna -- -90 shop")
    assert told(sellers, "anna", "worth") == [line[line.index("has") :]]
    sellers.write("fee", 'name = "Fee"\n[[log]]\nat = 2026-07-01\nrating = 5\ntext = "x"\n')
    assert told(sellers, "fee", "worth") == ["rated 5 of 5 on 1 Jul"]


def test_no_share_is_told_of_money_that_no_rate_tells(sellers: Cf) -> None:
    sellers.ok("pay dan 10 CHF")
    assert told(sellers, "anna", "worth") == ["last paid 30 Jun, has shop, lacks cards: cf worth anna"]


def test_the_sheet_is_what_it_was_on_that_day(sellers: Cf) -> None:
    before = sellers.ok("show anna", today="2026-07-02").out
    sellers.ok("pay anna 10 shop --on 2026-07-10")
    assert sellers.ok("show anna", today="2026-07-02").out == before
    assert told(sellers, "anna", "deal") == []


def test_who_was_sent_by_whom_stands_on_both_sheets(sellers: Cf) -> None:
    assert told(sellers, "anna", "sent") == ["Bob, Eva"]
    assert told(sellers, "bob", "sent by") == ["Anna"]
    assert told(sellers, "cid", "sent by") == ["fair"]
    sellers.ok("set bob sent_by=dan")
    assert told(sellers, "anna", "sent") == ["Eva"]
    assert told(sellers, "dan", "sent") == ["Bob"]


@pytest.mark.parametrize(
    "said",
    ["shopping", "2500.50", "'2500.50'", "2 500.50", "big catalogue", "'too dear'", "the fair", "two bowls", "thin board",
     "Thicker", "it broke", "11200", "PLN 2500"],
)  # fmt: skip
def test_what_was_paid_offered_and_put_right_is_found(cf: Cf, said: str) -> None:
    cf.write(
        "anna",
        'name = "Anna"\nsent_by = "Hania, at the fair"\n'
        '\n[[log]]\nat = 2026-06-01\nkind = "complaint"\ntext = "It broke."\ncause = "thin board"\nremedy = "two bowls"\n'
        'mended = "thicker"\n\n[[deals]]\nname = "big catalogue"\namount = 11200\nlost = 2026-06-01\nwhy = "too dear"\n'
        '\n[[payments]]\non = 2026-06-30\namount = 2500.50\ncurrency = "PLN"\nproduct = "shopping"\n',
    )
    assert [hit["client"] for hit in cf.ok(f"find {said} --json").data["hits"]] == ["anna"], said
