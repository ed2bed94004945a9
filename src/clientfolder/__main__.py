"""`python -m clientfolder` is `cf`."""

from clientfolder.cli import run

run()
