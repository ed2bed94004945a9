"""Pages to print: jinja2 puts facts into the templates that ship beside this module, every text escaped.

A page has no script, link, picture or font from outside, and says so to the browser.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2

from clientfolder.tuples import NamedTuple

# A file with this in it was printed by cf, and may be printed over.
GENERATOR = "clientfolder print"


class PaperSize(NamedTuple):
    """A sheet of paper, in millimetres."""

    width: float
    height: float

    @property
    def across(self) -> PaperSize:
        return PaperSize(self.height, self.width)


SIZES = {"a4": PaperSize(210, 297), "a5": PaperSize(148, 210)}


def page(name: str, paper: PaperSize, **facts: Any) -> bytes:
    """The page of that template, whole."""
    text = _templates().get_template(f"{name}.html").render(paper=paper, generator=GENERATOR, **facts)
    return f"{text}\n".encode()


def is_ours(content: bytes) -> bool:
    """Whether a page or a PDF there was printed by cf."""
    return GENERATOR.encode() in content[:4096] or (content.startswith(b"%PDF-") and _TITLE.encode() in content)


# How the title of each page begins, which a browser puts into the PDF.
_TITLE = "(clientfolder: "


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("clientfolder.exchange"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
