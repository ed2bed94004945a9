"""Arguments and options of the commands as annotated types: how each is spelt, explained, completed, and what it takes.

A command names them in its signature, `next: options.Next = None`; what one command alone has, it declares itself.
Among the metadata of an option stands a `Takes` where its value may have several words without quotes.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from clientfolder.cli import completion
from clientfolder.cli.arguments import Takes
from clientfolder.dates import rhythm

# Words that belong to no option ------------------------------------------------------------------------

Client = Annotated[
    str | None, typer.Argument(metavar="CLIENT", show_default=False, autocompletion=completion.clients)
]  # fmt: skip
# All words together name one client.
ClientWords = Annotated[
    list[str] | None, typer.Argument(metavar="CLIENT", show_default=False, autocompletion=completion.clients)
]  # fmt: skip
WhenWords = Annotated[
    list[str] | None, typer.Argument(metavar="[WHEN]...", show_default=False, autocompletion=completion.phrases)
]  # fmt: skip
Directory = Annotated[str, typer.Argument(metavar="[DIR]", show_default=False)]

# Options that take every word up to the next option ------------------------------------------------------


def _next(help: str) -> Any:
    return typer.Option("-n", "--next", metavar="WHEN", help=help, autocompletion=completion.phrases)


def _about(help: str) -> Any:
    return typer.Option("--about", metavar="TEXT", help=help)


Next = Annotated[str | None, _next("The next contact."), Takes.WORDS]
SameAsWhen = Annotated[str | None, _next("The same as WHEN."), Takes.WORDS]
WhereTo = Annotated[str | None, _next("Where to."), Takes.WORDS]
DayOfSlip = Annotated[str | None, _next("The day."), Takes.WORDS]
AboutNext = Annotated[str | None, _about("What the next contact is about."), Takes.WORDS]
AboutContact = Annotated[str | None, _about("What the contact is about."), Takes.WORDS]
AboutFirst = Annotated[str | None, _about("What it is about."), Takes.WORDS]
AboutSlip = Annotated[str | None, _about("More about it."), Takes.WORDS]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DAY", help="When it was: yesterday, fri, 13, 3d ago, 2026-07-03."),
    Takes.WORDS,
]
Owner = Annotated[
    str | None,
    typer.Option(
        "--client", metavar="CLIENT", help="The client to whom it belongs.", autocompletion=completion.clients
    ),
    Takes.WORDS,
]
Every = Annotated[
    str | None,
    typer.Option("--every", metavar="RHYTHM", help=f"It comes again when it is done, such as every {rhythm.EXAMPLE}."),
    Takes.WORDS,
]
DealOfPayment = Annotated[
    str | None, typer.Option("--deal", metavar="NAME", help="The deal whose instalment it is."), Takes.WORDS
]
Answers = Annotated[
    list[str] | None,
    typer.Option("--answer", metavar="KEY=VALUE", help="An answer to the form; that is not asked."),
    Takes.EACH,
]

# Options of one word ------------------------------------------------------------------------------------

Kind = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="KIND", help="call (for a slip: task) if not said, mail, meeting, visit, note ...",
        autocompletion=completion.kinds,
    ),
]  # fmt: skip
KindOfNext = Annotated[
    str | None,
    typer.Option("--for", metavar="KIND", help="The kind of the next contact.", autocompletion=completion.kinds),
]
KindOfContact = Annotated[
    str | None, typer.Option("--for", metavar="KIND", help="The kind of contact.", autocompletion=completion.kinds)
]
Person = Annotated[str | None, typer.Option("--with", metavar="PERSON", help="With whom the next contact is.")]
Form = Annotated[
    str | None,
    typer.Option(
        "--form", metavar="NAME", help="Ask the questions of a form (cf form).", autocompletion=completion.forms
    ),
]

# Flags ---------------------------------------------------------------------------------------------------

Agreed = Annotated[bool, typer.Option("--agreed", help="The date is promised, as with ! behind it.")]
WithoutAsking = Annotated[bool, typer.Option("--yes", help="Without asking. Promised dates stay all the same.")]
