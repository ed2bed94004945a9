"""The story of the ring binder, lived through `cf` alone: at no moment is a client nowhere."""

from __future__ import annotations

from typing import Any

from folders import Cf

CLIENTS = ["Adler", "Brecht", "Cerny", "Dvorak", "Ebner", "Fuchs", "Gruber", "Havel", "Ilves", "Janda"]


def slots(cf: Cf, today: str) -> dict[str, tuple[str, str | None]]:
    """Where each client lies: slot and date; everybody is somewhere, and once."""
    places: dict[str, tuple[str, str | None]] = {}
    for place in cf.ok("list --json", today=today).data["slots"]:
        for row in place["dossiers"]:
            assert row["name"] not in places
            places[row["name"]] = (place["slot"], row["next"] and row["next"]["on"])
    assert sorted(places) == CLIENTS
    return places


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in rows]


def test_the_story_from_13_may_to_1_july(cf: Cf) -> None:
    for client in CLIENTS:
        cf.ok(f"new {client} -n 13", today="2026-05-04")

    # On 13 May ten clients lie behind insert 13.
    today = cf.ok("today --json", today="2026-05-13").data
    assert today["slot"] == "13"
    assert today["load"] == 10 > today["capacity"]
    assert names(today["today"]) == CLIENTS

    # It is too much; two are moved to the 15th.
    cf.ok("move ilves janda -n 15", today="2026-05-13")
    assert cf.ok("today --json", today="2026-05-13").data["load"] == 8
    assert slots(cf, "2026-05-13")["Ilves"] == ("15", "2026-05-15")

    # A call is made: the result goes into the dossier, the dossier behind the day agreed on.
    cf.ok("log adler wants two drafts -n 20!", today="2026-05-13T10:00")
    assert 'text = "wants two drafts"' in cf.text("adler")
    assert slots(cf, "2026-05-13")["Adler"] == ("20", "2026-05-20")
    assert cf.next("adler")["how"] == "agreed"  # type: ignore[index]

    # One client is to be called on 5 July: it lies behind the July insert with the date noted.
    cf.ok("log brecht back from the sea then -n 5 july", today="2026-05-13T10:20")
    assert slots(cf, "2026-05-13")["Brecht"] == ("july", "2026-07-05")
    # Others only have the month.
    cf.ok("log cerny after the fair -n july", today="2026-05-13T10:40")
    assert slots(cf, "2026-05-13")["Cerny"] == ("july", "2026-07")

    # On 28 May a call for 8 June goes to the front, behind insert 8.
    cf.ok("log dvorak the printer needs a week -n 8 june", today="2026-05-28T09:00")
    assert slots(cf, "2026-05-28")["Dvorak"] == ("8", "2026-06-08")

    # On 1 July the dossiers of the July insert that have a day lie behind their days, the others ask for one.
    lying = slots(cf, "2026-07-01")
    assert lying["Brecht"] == ("5", "2026-07-05")
    assert lying["Cerny"] == ("july", "2026-07")
    assert names(cf.ok("today --json", today="2026-07-01").data["undated"]) == ["Cerny"]

    # Meanwhile nobody was forgotten: who was not called is late, not gone.
    assert {name for name, (slot, _) in lying.items() if slot == "overdue"} == {*CLIENTS} - {"Brecht", "Cerny"}

    # A client with an agreed date ahead rings in: the call is logged, the date stays.
    cf.ok("log ebner sends the photos -n 10 july!", today="2026-07-01T10:00")
    rings_in = cf.ok("log ebner asks whether PNG will do", today="2026-07-02T16:00")
    assert "stays" in rings_in.out
    assert slots(cf, "2026-07-02")["Ebner"] == ("10", "2026-07-10")
    assert cf.text("ebner").count("[[log]]") == 2
