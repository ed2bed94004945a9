"""Scripts get every row of a table of payments: written, skipped, or left out and why."""

from __future__ import annotations

from folders import Cf


def test_every_row_is_counted_once(cf: Cf) -> None:
    cf.write("anna", 'name = "Anna Kowalska"\n\n[[payments]]\non = 2026-06-01\namount = 5\n')
    table = (
        "date,client,amount,status\n2026-06-01,anna,5,\n2026-06-02,anna,6.50,\n2026-06-03,Kowalska A,7,\n"
        "2026-06-04,Rent,-900,\n2026-06-04,Taxes,9,\n2026-06-05,anna,x,\n2026-06-06,anna,8,pending\n"
    )
    data = cf("pay - --yes --json", piped=table).data
    changes = data.pop("changes")
    assert [change["client"] for change in changes] == ["anna"]
    assert data == {
        "file": "standard input", "shape": "table", "encoding": "UTF-8", "read": 6, "skipped": 1,
        "records": [
            {"client": "anna", "on": "2026-06-02", "amount": 6.5, "currency": None, "product": None, "deal": None}
        ],
        "left": {"nobody": 1, "out": 1, "maybe": 1, "bad": 1, "pending": 1},
    }  # fmt: skip
