"""A busy person lives with the binder day by day, through the command line alone, and nobody gets lost.

Each morning the desk is looked at, and spread where it is too full; most of it is done, some of it is put off, and
now and then there is a flu. The quarter runs always, the whole year of 200 clients with `--faults`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from clientfolder.dates.calendar import WorkingDays
from folders import Cf

START = date(2026, 1, 5)
OFF = [date(2026, 1, 6), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1), date(2026, 12, 25), date(2027, 1, 1)]
RHYTHMS = ["4-6 weeks", "6-8 weeks", "6 weeks", "2 months", "", "5-7 weeks", "3 months", "8 weeks", "", ""]
SETTINGS = """capacity = {capacity}
rhythm = "6-10 weeks"
rhythm_by_tag = {{ vip = "3-4 weeks" }}
days_off = [{off}]
"""

# Of the review of a day, what it says that evening and ever after.
SAME_FOR_EVER = [
    "contacts", "attempts", "slips_done", "moves", "late_moves", "first_calls",
    "planned", "done", "tried", "put_off", "unplanned", "left", "by_kind", "by_hour",
]  # fmt: skip


@dataclass
class Year:
    """The folder, the person's habits, and what was seen of the days so far."""

    cf: Cf
    clients: int
    capacity: int
    dice: random.Random
    off: set[date] = field(default_factory=lambda: {*OFF})
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    promised: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    crowded: Counter[int] = field(default_factory=Counter)
    evenings: dict[date, dict[str, Any]] = field(default_factory=dict)

    def begin(self) -> None:
        off = ", ".join(map(str, OFF))
        (self.cf.root / "clientfolder.toml").write_text(SETTINGS.format(capacity=self.capacity, off=off))
        lines = (
            f"Client {number:03},{RHYTHMS[number % len(RHYTHMS)]},{'vip' if number % 17 == 0 else ''}"
            for number in range(self.clients)
        )
        self.run(START, "new -", piped="name,rhythm,tags\n" + "\n".join(lines))

    def run(self, day: date, line: str, *, piped: str | None = None, exits: tuple[int, ...] = (0,)) -> Any:
        answer = self.cf(f"{line} --json", today=f"{day}T09:00:00", piped=piped)
        assert answer.exit in exits, (day, line, answer)
        data = answer.data or {}
        self.told |= {change["client"] for change in data.get("changes", [])}
        return data

    def works(self, day: date) -> bool:
        return day in WorkingDays(off=frozenset(self.off))

    def live(self, day: date) -> None:
        """One day, and what must be true in the evening."""
        self.told = set()
        if self.dice.random() < 0.02:
            last = day + timedelta(days=self.dice.randrange(3))
            away = self.run(day, f"away {day}..{last} --yes", exits=(0, 1))
            self.off |= {date.fromisoformat(off) for off in away["days_off"]}
        else:
            self._work(day)
        self._check_evening(day)
        if self.dice.random() < 0.25:
            self.evenings[day] = self.looked_back(day, day)

    def looked_back(self, today: date, day: date) -> dict[str, Any]:
        """What the review of a day says today; what became of an open promise, or lies ahead, may change."""
        told = self.run(today, f"review {day}")
        kept = {key: told["promises"][key] for key in ("kept", "broken")}
        return {**{key: told[key] for key in SAME_FOR_EVER}, **kept}

    def _work(self, day: date) -> None:
        desk = self.run(day, "today")
        before, kept = desk["load"], {row["client"] for row in desk["overdue"] + desk["today"] if agreed(row)}
        if before > self.capacity:
            self.run(day, "spread today --yes", exits=(0, 1))
            desk = self.run(day, "today")
            assert desk["load"] >= min(before, self.capacity), (day, "today has become mysteriously light")
            assert desk["load"] <= max(self.capacity, len(kept)) or self._is_full_ahead(day)
        pile = desk["overdue"] + desk["today"]
        for row in pile[: self.dice.choice([self.capacity, self.capacity + 1, self.capacity - 2])]:
            self.run(day, self._act(row), exits=(0,))
        if self.rows and self.dice.random() < 0.3:
            # Somebody rings in, whatever day is agreed with them.
            row = self.dice.choice([*self.rows.values()])
            self.run(day, f"log {row['client']} rang in{self.dice.choice(['', ' -n 3w', ' -n fri!', ' -x'])}")

    def _act(self, row: dict[str, Any]) -> str:
        client, fate = row["client"], self.dice.random()
        if fate < 0.2:
            return f"log {client} -x"
        if fate < 0.8:
            return f"log {client} talked"
        if fate < 0.9:
            return f"log {client} talked -n {self.dice.choice(['2w!', 'fri 10:00', '10b!', '1m!'])}"
        if fate < 0.97 or agreed(row):
            return f"log {client} talked -n {self.dice.choice(['mon', '3w', '13', '1m'])}"
        return f"snooze {client}"

    def _is_full_ahead(self, day: date) -> bool:
        """Whether the ten working days that spread looks at hold no more."""
        load = Counter(row["next"]["on"] for row in self._rows(day))
        ahead = (day + timedelta(days=count) for count in range(1, 30))
        return all(load[str(on)] >= self.capacity for on in [on for on in ahead if self.works(on)][:9])

    def _rows(self, day: date) -> Iterator[dict[str, Any]]:
        for place in self.run(day, "list")["slots"]:
            yield from place["dossiers"]

    def _check_evening(self, day: date) -> None:
        rows = {row["client"]: row for row in self._rows(day)}
        assert len(rows) == self.clients
        for client, row in rows.items():
            assert row["next"], (day, client, "is without a date")
            on = date.fromisoformat(row["next"]["on"])
            if row["next"]["how"] == "rhythm" and client in self.told:
                assert self.works(on), (day, row, "has computed work on a day off")
            old = self.rows.get(client)
            if old and agreed(old) and client not in self.told:
                assert row["next"] == old["next"], (day, client, "was promised and moved in silence")
        self.rows = rows
        self._count_crowds(day, rows)

    def _count_crowds(self, day: date, rows: dict[str, dict[str, Any]]) -> None:
        """By how many dossiers, of those that nobody had promised, the days ahead are over what they have room for."""
        load = Counter(row["next"]["on"] for row in rows.values())
        firm = Counter(row["next"]["on"] for row in rows.values() if row["next"]["how"] != "rhythm")
        for count in range(2, 15):
            on = day + timedelta(days=count)
            if self.works(on):
                self.crowded[max(0, load[str(on)] - max(self.capacity, firm[str(on)]))] += 1


def agreed(row: dict[str, Any]) -> bool:
    return bool(row["next"]["how"] == "agreed")


def lived(cf: Cf, clients: int, capacity: int, days: int, seed: int) -> Year:
    year = Year(cf, clients, capacity, random.Random(seed))
    year.begin()
    for count in range(days):
        day = START + timedelta(days=count)
        if year.works(day):
            year.live(day)
    return year


def check_review(year: Year, days: int) -> None:
    """What the review tells of the time is what the dossiers say."""
    last = START + timedelta(days=days - 1)
    months = sorted({f"{START + timedelta(days=count):%Y-%m}" for count in range(days)})
    told = [year.run(last, f"review {month}") for month in months]
    log = [
        entry
        for client in year.rows
        for entry in year.cf.row(client, today=str(last))["dossier"].get("log", [])
    ]  # fmt: skip
    reached = [entry for entry in log if entry["kind"] != "moved" and entry.get("reached", True)]
    assert sum(month["contacts"] for month in told) == len(reached)
    assert sum(month["attempts"] for month in told) == sum(entry.get("reached") is False for entry in log)
    assert sum(month["moves"] for month in told) == sum(entry["kind"] == "moved" for entry in log)
    for day, said in year.evenings.items():
        assert year.looked_back(last, day) == said, day


@pytest.mark.parametrize("seed", [1, 2])
def test_a_quarter_of_forty_clients(cf: Cf, seed: int) -> None:
    year = lived(cf, clients=40, capacity=4, days=91, seed=seed)
    check_review(year, 91)
    assert sum(count for over, count in year.crowded.items() if over > 1) <= 0.02 * year.crowded.total()


def test_a_year_of_two_hundred_clients(cf: Cf, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--faults"):
        pytest.skip("the whole year runs with --faults")
    year = lived(cf, clients=200, capacity=12, days=365, seed=1)
    check_review(year, 365)
    assert sum(count for over, count in year.crowded.items() if over > 1) <= 0.02 * year.crowded.total()
