"""A bounded load over loopback: so many requests, over so many connections, then it stops."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles

Request = tuple[str, str, bytes, dict[str, str]]


@dataclass(frozen=True)
class Measured:
    """What a load saw: requests a second, and latencies in milliseconds."""

    requests: int
    failed: int
    per_second: float
    p50_ms: float
    p99_ms: float


def run_load(
    port: int, make_request: Callable[[int], Request], *, requests: int, connections: int
) -> Measured:
    """Sends the requests `make_request(0..requests-1)` and waits for all answers."""
    latencies: list[float] = []
    failed: list[int] = []
    numbers = iter(range(requests))
    lock = threading.Lock()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                connection.close()
                return
            method, path, body, headers = make_request(number)
            began = time.perf_counter()
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            latencies.append((time.perf_counter() - began) * 1000)
            if answer.status >= 400:
                failed.append(answer.status)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    cuts = quantiles(latencies, n=100)
    return Measured(requests, len(failed), requests / spent, cuts[49], cuts[98])
