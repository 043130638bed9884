"""How gunicorn serves APOA; every value can be set in the environment."""

import ctypes
import gc
import os
from contextlib import suppress
from typing import Any

bind = f"{os.environ.get('APOA_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "apoa.start.web_worker.WebWorker"
workers = int(os.environ.get("APOA_WEB_WORKERS", "2"))
threads = int(os.environ.get("APOA_WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 15
keepalive = 5
# Workers are renewed now and then; the jitter keeps them from leaving together.
max_requests = 20000
max_requests_jitter = 2000
control_socket_disable = True
accesslog = None  # addresses hold ids only, but who asks for what belongs to the audit
errorlog = "-"
loglevel = os.environ.get("APOA_LOG_LEVEL", "warning").lower()

_M_ARENA_MAX = -8
_LARGE_BODY = 100_000


def post_fork(_server: Any, _worker: Any) -> None:
    """Lets all threads share two arenas of memory: each its own would keep what a batch took."""
    with suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def post_request(_worker: Any, _request: Any, environ: dict[str, Any], _response: Any) -> None:
    """Gives back to the system what a batch or a file took."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) >= _LARGE_BODY:
        with suppress(OSError, AttributeError):  # only glibc has it
            ctypes.CDLL(None).malloc_trim(0)


def post_worker_init(_worker: Any) -> None:
    """Spares the application itself, which stays for ever, from each look for garbage."""
    gc.collect()
    gc.freeze()
