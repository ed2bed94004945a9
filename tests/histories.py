"""Histories of a folder that a seed makes: acts through `cf` and edits by hand, as two machines see them."""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from folders import Cf

CLIENTS = {
    "anna": "# rings back after five\n"
    'name = "Anna Kowalska"\ncompany = "Keramik"\ntags = ["shop", "b2c"]\n\n[card]\nphone = "+48 22 555 01 07"  # the shop\n'
    'email = "anna@example.com"\n\n[people.marek]\nname = "Marek"\n\n[next]\non = 2026-07-20\ntime = "14:30"  # after lunch\n'
    'kind = "call"\nabout = "the quote"\nhow = "agreed"\n\n[[log]]\nat = 2026-06-12T10:30:00+02:00\nkind = "call"\n'
    'text = "Wants the quote."\n\n# she was in a hurry\n[[log]]\nat = 2026-06-19T09:02:11+02:00\nkind = "moved"\n'
    'from = 2026-06-19\nto = 2026-07-20\nhow = "agreed"\n',
    "bert": 'name = "Bert"\nnext = { on = "2026-08", how = "planned" }  # no day yet\ncard.phone = "+49 30 555 0001"\n'
    'tags = [\n    "b2b",  # since May\n    "slow",\n]\nrhythm = "6 weeks"\n',
    "carl": 'name = "Carl"\nresting = "sold the shop"\n\n[[log]]\nat = 2026-05-01\nkind = "note"\ntext = """\nTwo\nlines."""\n',
    "dora": 'name = "Dora"\n\n[next]\non = 2026-07-17\nhow = "planned"\n\n[[payments]]\non = 2026-06-30\namount = 2500\n',
}
KINDS = ("call", "mail", "meeting", "note")


def written(cf: Cf) -> Cf:
    """The folder in which all histories begin."""
    for client, text in CLIENTS.items():
        cf.write(client, text)
    return cf


class History:
    """A number of acts and edits on one machine. `day`: when they begin; texts that it writes hold its `name`."""

    def __init__(self, cf: Cf, name: str, seed: int, day: date = date(2026, 7, 15)) -> None:
        self.cf, self.name, self.random, self.day = cf, name, random.Random(f"{name} {seed}"), day
        self.minute = 0

    def live(self, acts: int, *, by_hand: bool = True) -> None:
        """So many acts, or edits, one after the other."""
        ways: list[Callable[[str], None]] = [
            self.log,
            self.log,
            self.put_off,
            self.file,
            self.set,
            self.attempt,
            self.note,
            self.rest,
            self.pay,
            self.deal,
            self.complain,
        ]
        if by_hand:
            ways += [self.remark, self.remark, self.behind, self.own_key, self.change, self.take_out, self.odd_shape]
        for _ in range(acts):
            self.minute += self.random.randint(1, 300)
            self.random.choice(ways)(self.random.choice(list(CLIENTS)))

    # Through cf -----------------------------------------------------------------------------------------

    def _cf(self, line: str) -> None:
        at = f"{self.day + timedelta(days=self.minute // 600)}T{8 + self.minute % 600 // 60:02}:{self.minute % 60:02}:00+02:00"
        answer = self.cf(line, today=at)
        assert "Traceback" not in answer.err

    def when(self) -> str:
        day = self.day + timedelta(days=self.random.randint(3, 60))
        return self.random.choice(
            [f"{day}", f"{day}!", f"{day} 10:{self.random.randint(10, 59)}", f"{day:%Y-%m}", f"{day:%Y-%m}!"]
        )

    def text(self) -> str:
        return f"{self.name} {self.minute} {self.random.choice(['says yes', 'wants more', 'the same words'])}"

    def log(self, client: str) -> None:
        self._cf(f"log {client} {self.text()} -n {self.when()} --as {self.random.choice(KINDS[:3])}")

    def attempt(self, client: str) -> None:
        self._cf(f"log {client} -x")

    def note(self, client: str) -> None:
        self._cf(f"log {client} {self.text()} --as note --keep")

    def put_off(self, client: str) -> None:
        self._cf(f"snooze {client} {self.random.randint(1, 9)}w --yes")

    def file(self, client: str) -> None:
        self._cf(f"file {client} {self.when()} --yes")

    def rest(self, client: str) -> None:
        if self.random.random() < 0.3:
            self._cf(f"rest {client} {self.text()} --yes")

    def set(self, client: str) -> None:
        self._cf(
            f"set {client} "
            + self.random.choice(
                [f"phone=+49 30 {self.minute:07}", f"tags+={self.name}", "tags-=b2c", f"people.petra.phone=+420 {self.minute:07}",
                 "email=", f"company={self.text()}", "rhythm=2 weeks", f"web={self.name}.example"]
            )
        )  # fmt: skip

    def pay(self, client: str) -> None:
        self._cf(f"pay {client} {self.random.choice([100, 250, -100])} EUR shop --on {self.day} --yes")

    def deal(self, client: str) -> None:
        """A new deal, or a step of one that both sides may know."""
        name = self.random.choice(["catalogue", "shop", self.name])
        step = self.random.choice(["presentation", "offer 900", "contract", "won", f"lost {self.text()}"])
        self._cf(f"deal {client} {name} {step} --yes --on {self.day}")

    def complain(self, client: str) -> None:
        """A complaint, or what came of one that both sides may know."""
        if self.random.random() < 0.5:
            self._cf(f"log {client} {self.text()} --as complaint --yes")
        else:
            self._cf(f"care {client} --{self.random.choice(['cause', 'remedy', 'mended'])} '{self.text()}'")

    # By hand --------------------------------------------------------------------------------------------

    def _edit(self, client: str, new: Callable[[list[str]], list[str]]) -> None:
        path = self.cf.path(client)
        old = path.read_bytes().decode()
        end = "\r\n" if "\r\n" in old else "\n"
        text = end.join(new(old.replace("\r\n", "\n").split("\n")))
        try:
            tomllib.loads(text.removeprefix("\ufeff"))
        except ValueError:
            return
        path.write_bytes(text.encode())
        if self.cf(["show", client, "--json"]).exit != 0:
            path.write_bytes(old.encode())

    def remark(self, client: str) -> None:
        def new(lines: list[str]) -> list[str]:
            at = self.random.choice([n for n, line in enumerate(lines) if re.match(r"[a-z.]+ = |\[|\Z", line)])
            return [*lines[:at], f"# {self.text()}", *lines[at:]]

        self._edit(client, new)

    def behind(self, client: str) -> None:
        def new(lines: list[str]) -> list[str]:
            at = self.random.choice([n for n, line in enumerate(lines) if re.match(r"[a-z.]+ = (?!\"\"\"|\[$)", line)])
            return [*lines[:at], f"{lines[at]}  # {self.text()}", *lines[at + 1 :]]

        self._edit(client, new)

    def own_key(self, client: str) -> None:
        key, value = self.random.choice([("hat", 3), ("shoes", '"red"'), ("colours", f'["{self.name}", "blue"]')])
        self._edit(client, lambda lines: [lines[0], f"{key} = {value}", *lines[1:]])

    def change(self, client: str) -> None:
        def new(lines: list[str]) -> list[str]:
            places = [n for n, line in enumerate(lines) if re.match(r"(company|about|phone|text|hat) = ", line)]
            if not places:
                return lines
            at = self.random.choice(places)
            return [*lines[:at], f'{lines[at].partition(" = ")[0]} = "{self.text()}"', *lines[at + 1 :]]

        self._edit(client, new)

    def take_out(self, client: str) -> None:
        """An entry, with what stands in it."""

        def new(lines: list[str]) -> list[str]:
            heads = [n for n, line in enumerate(lines) if line.startswith("[[")]
            if not heads:
                return lines
            at = self.random.choice(heads)
            end = next((n for n in heads if n > at), len(lines))
            return [*lines[:at], *lines[end:], *([""] if end == len(lines) else [])]

        self._edit(client, new)

    def odd_shape(self, client: str) -> None:
        path = self.cf.path(client)
        raw = path.read_bytes()
        way = self.random.randint(0, 2)
        if way == 0 and b"\r\n" not in raw and b'"""' not in raw:
            path.write_bytes(raw.replace(b"\n", b"\r\n"))
        elif way == 1 and not raw.startswith(b"\xef\xbb\xbf"):
            path.write_bytes(b"\xef\xbb\xbf" + raw)
        elif way == 2:
            path.write_bytes(raw + b"\n# the end\n")


# What must hold -----------------------------------------------------------------------------------------


def data_of(raw: bytes) -> dict[str, Any]:
    return tomllib.loads(raw.decode("utf-8-sig"))


def comments_in(raw: bytes) -> Counter[str]:
    """The comments of a text that has no sign of one within its values."""
    return Counter(line.partition("#")[2].strip() for line in raw.decode("utf-8-sig").splitlines() if "#" in line)


def entries_in(raw: bytes) -> Counter[tuple[str, str, str]]:
    log = data_of(raw).get("log", [])
    entries = ((str(entry["at"]), entry.get("kind", "note"), entry.get("text", "")) for entry in log)
    return Counter(entry for entry in entries if not entry[2].startswith("Merged: "))


def expected_entries(base: bytes, ours: bytes, theirs: bytes) -> Counter[tuple[str, str, str]]:
    return counted(entries_in, base, ours, theirs)


def payments_in(raw: bytes) -> Counter[str]:
    return Counter(str(sorted(payment.items())) for payment in data_of(raw).get("payments", []))


def deals_in(raw: bytes) -> set[str]:
    return {deal["name"] for deal in data_of(raw).get("deals", [])}


def counted(in_one: Callable[[bytes], Counter[Any]], base: bytes, ours: bytes, theirs: bytes) -> Counter[Any]:
    """Those of the base, without what one side took out, and the larger number that one side added."""
    before, here, there = map(in_one, (base, ours, theirs))
    found: Counter[Any] = Counter()
    for one in before | here | there:
        changes = [here[one] - before[one], there[one] - before[one]]
        found[one] = before[one] + max(0, *changes) + min(0, *changes)
    return +found


def said_newly(base: bytes, side: bytes) -> set[str]:
    """The values that a side has set, added or written since, in tables and records, each as a text."""
    return set(_texts(data_of(side))) - set(_texts(data_of(base)))


def told_in(raw: bytes) -> str:
    """All that a dossier tells, notes of merges too."""
    return "\n".join(_texts(data_of(raw)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            # How firm the date is that does not stand is told by a sign, and that it is for a call by no word.
            yield from _texts(part) if key != "how" and (key, part) != ("kind", "call") else ()
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    else:
        yield str(value)


def promised_in(raw: bytes) -> str | None:
    contact = data_of(raw).get("next", {})
    return str(contact["on"]) if contact.get("how") == "agreed" else None


def told_by_hand(cf: Cf) -> list[object]:
    """What doctor tells of a merged folder that no merge can make or mend: who is late, who has no date."""
    found: list[object] = cf("doctor --json", today="2026-08-01").data["findings"]
    return [one for one in found if isinstance(one, dict) and one["code"] in ("overdue", "no_date", "odd_value")]
