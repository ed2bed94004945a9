"""A folder in which there is much of everything that the pages of money show, with long names."""

from __future__ import annotations

from folders import Cf

SETTINGS = """\
currency = "EUR"
segments = { makers-and-menders = ["shop with everything", "catalogue", "care"], inns = ["menu"] }
rhythm_by_class = { A = "4 weeks", B = "8 weeks", C = "3 months", lapsed = "6 months" }
"""
CLIENT = """\
name = "{name}"
tags = ["{tag}"]
sent_by = "the fair in the town behind the hills"

[[payments]]
on = 2025-09-0{digit}
amount = {n}1500
product = "shop with everything"

[[payments]]
on = 2026-06-0{digit}
amount = {n}250.50
product = "shop with everything"

[[payments]]
on = 2026-06-10
amount = 10
currency = "CHF"

[[deals]]
name = "catalogue of all that they have ever made"
product = "catalogue"
amount = {n}100
steps.presentation = 2026-01-0{digit}
steps.offer = 2026-02-0{digit}
{end}
"""
ENDS = ("", "won = 2026-05-01", 'lost = 2026-05-01\nwhy = "too dear, and they have a nephew who does that"', "")


def busy(cf: Cf) -> Cf:
    """Twelve clients who pay, are offered things, refuse and buy them."""
    (cf.root / "clientfolder.toml").write_text(SETTINGS)
    for n in range(12):
        name = f"Überlange Klientin {'x' * n} Nummer {n}"
        tag = ("makers-and-menders", "inns", "none")[n % 3]
        text = CLIENT.format(name=name, tag=tag, n=n + 1, digit=n % 9 + 1, end=ENDS[n % 4])
        cf.write(f"client-{n}", text)
    return cf
