"""Arguments and options of the commands as annotated types: how each is spelt, explained, completed, and what it takes.

A command names them in its signature, `next: options.Next = None`; what one command alone has, it declares itself.
Among the metadata of an option stands a `Takes` where its value may have several words without quotes.
"""

from __future__ import annotations

from typing import Annotated, Any

from clientfolder.cli.arguments import Takes
from clientfolder.cli.parameters import Argument, Option
from clientfolder.dates import rhythm

# Words that belong to no option ------------------------------------------------------------------------

Client = Annotated[
    str | None, Argument(metavar="CLIENT", show_default=False, completes="clients")
]  # fmt: skip
# One that is no slip.
Contact = Annotated[
    str | None, Argument(metavar="CLIENT", show_default=False, completes="contacts")
]  # fmt: skip
# All words together name one client.
ClientWords = Annotated[
    list[str] | None, Argument(metavar="CLIENT", show_default=False, completes="clients")
]  # fmt: skip
# The same, and behind it a key.
ClientAndKey = Annotated[
    list[str] | None, Argument(metavar="CLIENT [KEY]", show_default=False, completes="client_and_key")
]  # fmt: skip
WhenWords = Annotated[
    list[str] | None, Argument(metavar="[WHEN]...", show_default=False, completes="phrases")
]  # fmt: skip
Directory = Annotated[str, Argument(metavar="[DIR]", show_default=False)]

# Options that take every word up to the next option ------------------------------------------------------


def _next(help: str) -> Any:
    return Option("-n", "--next", metavar="WHEN", help=help, completes="phrases")


def _about(help: str) -> Any:
    return Option("--about", metavar="TEXT", help=help)


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
    Option("--on", metavar="DAY", help="When it was: yesterday, fri, 13, 3d ago, 2026-07-03."),
    Takes.WORDS,
]
AskedByClient = Annotated[
    str | None,
    Option("--question", metavar="TEXT", help="What they asked; it waits for the next contact."),
    Takes.WORDS,
]
Complained = Annotated[
    str | None, Option("--complaint", metavar="TEXT", help="What they complained of (cf help care)."), Takes.WORDS
]
Cause = Annotated[str | None, Option("--cause", metavar="TEXT", help="Where it came from."), Takes.WORDS]
Remedy = Annotated[str | None, Option("--remedy", metavar="TEXT", help="How it was put right."), Takes.WORDS]
Mended = Annotated[
    str | None, Option("--mended", metavar="TEXT", help="What was changed so that it does not come again."), Takes.WORDS
]
Owner = Annotated[
    str | None,
    Option("--client", metavar="CLIENT", help="The client to whom it belongs.", completes="contacts"),
    Takes.WORDS,
]
Every = Annotated[
    str | None,
    Option("--every", metavar="RHYTHM", help=f"It comes again when it is done, such as every {rhythm.EXAMPLE}."),
    Takes.WORDS,
]
ProductOfDeal = Annotated[
    str | None,
    Option("--product", metavar="NAME", help="What it sells, if not what it is named.", completes="products"),
    Takes.WORDS,
]
DealOfPayment = Annotated[
    str | None,
    Option("--deal", metavar="NAME", help="The deal whose instalment it is.", completes="open_deals"),
    Takes.WORDS,
]
StepOfDeal = Annotated[
    list[str] | None,
    Option("--deal", metavar="STEP", help="What came of a deal, as in cf deal: offer 2500.", completes="deal_words"),
    Takes.EACH,
]
Answers = Annotated[
    list[str] | None,
    Option("--answer", metavar="KEY=VALUE", help="An answer to the form; that is not asked."),
    Takes.EACH,
]

ColumnKeys = Annotated[
    list[str] | None,
    Option("--map", metavar="COLUMN=KEY", help="What a column of a table means; - leaves it out."),
    Takes.EACH,
]

# Words that choose some of the dossiers --------------------------------------------------------------------

Tag = Annotated[str | None, Option(metavar="TAG", help="Only those with this tag.", completes="tags")]
OnlyAgreed = Annotated[bool, Option("--agreed", help="Only promised dates.")]
SilentSince = Annotated[str | None, Option(metavar="AGO", help="Only those not reached for so long, such as 90d.")]
Drifting = Annotated[bool, Option("--drifting", help="Only those silent for longer than is usual with them.")]
Dodged = Annotated[bool, Option("--dodged", help="Only those put off three times or more.")]
Is = Annotated[
    list[str] | None,
    Option("--is", metavar="WORD", help="Only such as vip, unpaid or offer; alone, all words.", completes="is_words"),
    Takes.A_WORD_AGAIN,
]
Lacks = Annotated[
    str | None,
    Option("--lacks", metavar="PRODUCT", help="Only those it is meant for and who lack it.", completes="products"),
    Takes.WORDS,
]
FirstCalls = Annotated[bool, Option("--first", help="Only first calls: those that were never reached.")]

# Options of one word ------------------------------------------------------------------------------------

Kind = Annotated[
    str | None,
    Option(
        "--as", metavar="KIND", help="call (for a slip: task) if not said, mail, meeting, visit, note ...",
        completes="kinds",
    ),
]  # fmt: skip
KindOfNext = Annotated[
    str | None,
    Option("--for", metavar="KIND", help="The kind of the next contact.", completes="kinds"),
]
KindOfContact = Annotated[str | None, Option("--for", metavar="KIND", help="The kind of contact.", completes="kinds")]
Person = Annotated[
    str | None, Option("--with", metavar="PERSON", help="With whom the next contact is.", completes="people")
]
RatedBy = Annotated[
    str | None, Option("--rating", metavar="1-5", help="How content they are, 5 is best.", completes="ratings")
]
Form = Annotated[
    str | None,
    Option("--form", metavar="NAME", help="Ask the questions of a form (cf form).", completes="forms"),
]
Encoding = Annotated[str | None, Option("--encoding", metavar="NAME", help="The encoding, where nothing tells it.")]

# Flags ---------------------------------------------------------------------------------------------------

Agreed = Annotated[bool, Option("--agreed", help="The date is promised, as with ! behind it.")]
WithoutAsking = Annotated[bool, Option("--yes", help="Without asking. Promised dates stay all the same.")]
Remember = Annotated[bool, Option("--remember", help="Keep what the columns mean, for the next time.")]
RememberAll = Annotated[bool, Option("--remember", help="Keep what columns and names mean, for the next time.")]
