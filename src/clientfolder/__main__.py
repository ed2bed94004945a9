"""`python -m clientfolder` is `cf`."""

import sys

try:
    from clientfolder.cli import run
except KeyboardInterrupt:
    sys.stderr.write("cf: Interrupted\n")
    sys.exit(130)

run()
