"""Lines of libraries in the log: JSON, and of an error nothing that it quotes."""

import json
import subprocess
import sys

SECRET = "ERIKSSON-L898902C3"
SCRIPT = f"""
import logging
from apoa.app import configure_logging
configure_logging("INFO")
log = logging.getLogger("procrastinate.worker")
log.warning("Job %s ended", "send_mail[7]")
try:
    try:
        raise ValueError("{SECRET}")
    except ValueError as cause:
        raise RuntimeError("{SECRET}") from cause
except RuntimeError:
    log.exception("Job failed")
"""


def test_an_error_is_told_by_kind_and_place() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60
    )
    assert SECRET not in done.stderr + done.stdout
    ended, failed = (json.loads(line) for line in done.stderr.splitlines())
    assert ended["event"] == "Job send_mail[7] ended"
    assert (ended["logger"], ended["level"]) == ("procrastinate.worker", "warning")
    assert failed["event"] == "Job failed"
    assert failed["kind"] == "RuntimeError < ValueError"
    assert failed["where"]
