"""`python -m apoa.start`: what `make run` calls."""

import sys

from apoa.start.supervisor import run

sys.exit(run())
