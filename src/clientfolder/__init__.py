"""A freelancer's client folder: one TOML dossier per client, each behind the insert of its next contact.

The map of the code, in the order in which to read it; what stands higher knows nothing of what stands lower.

tuples, errors, text
               named tuples that are made quickly; what can go wrong, with exit codes; text made safe for a terminal,
               comparable and counted
dates          what days are called: the calendar, `grammar` and `phrases` (WHEN), ranges, rhythms; knows no client
dossier        what a client is: types, the schema of its file, changes to it, covers (what lists need); no disk
settings       one table of settings, their defaults and explanations
tickler        what is due, and on which day the next contact lies: desk, load, next_date, acts, spreading; pure
review, portfolio, care
               looking back on a period; what clients are worth; complaints, questions and ratings; pure
binder         the folder on disk: `toml` edits files, `journal` writes them safely and undoes, `index` is a cache
doctor         what is wrong in a folder, and the command that mends it
exchange       what leaves a folder and comes into it: `backup`, address books, tables, calendars, paper
manual         what `cf help TOPIC` shows, in Markdown
workspace      which folder, which day, which settings; `Environment` is all that is outside the program
cli            `app` (front door), `session` (one run), `commands`, then `prompts`, `pages` and `output`

The way of one `cf log anna "sends the texts" -n fri`: `cli.app` makes the Environment and imports `cli.commands.log`
alone; `cli.session` reads the covers through `binder.index` and finds Anna; `dates.phrases` reads `fri`; `tickler.acts`
decides on a Change, which is a value; `binder.journal.transactions` takes the lock, has `binder.toml.editor` write the
Change into the bytes of the file, writes the step into the journal, and puts the file in place by `journal.atomic`;
`cli.output` prints what the new cover says. `cf undo` makes the inverse of the step.
"""

__version__ = "0.1.0"
