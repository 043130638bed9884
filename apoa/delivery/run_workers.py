"""Runs the background work in one process; slow receivers of webhooks hold up nothing else.

The cross-check has workers of its own, and feeds come one after another: a register that is loaded
holds up no mail.
"""

import asyncio
import gc
import signal
from concurrent.futures import ThreadPoolExecutor

import procrastinate

from apoa.crosscheck.defer import QUEUE as CROSSCHECK
from apoa.delivery.give_way import lower_priority
from apoa.permits.feed.start import QUEUE as FEEDS
from apoa.webhooks.announce import QUEUE as WEBHOOKS

# How many jobs of a queue run at once; all other queues share the last number.
AT_ONCE = {WEBHOOKS: 8, CROSSCHECK: 2, FEEDS: 1}
OTHERS_AT_ONCE = 2
# Migration 0014 says why they look themselves and are not told.
LOOK_EVERY_SECONDS = 0.5


def run_workers(worker: procrastinate.App) -> None:
    """Works until the process is told to end; what has begun is finished first.

    It gives way to the web server on a busy machine: a clerk waits, a job does not.
    """
    lower_priority()
    # What is loaded by now stays for ever: no look for garbage goes through it.
    gc.freeze()
    asyncio.run(_run(worker))


async def _run(worker: procrastinate.App) -> None:
    loop = asyncio.get_running_loop()
    most = sum(AT_ONCE.values()) + OTHERS_AT_ONCE
    loop.set_default_executor(ThreadPoolExecutor(max_workers=most, thread_name_prefix="job"))
    others = {task.queue for task in worker.tasks.values()} - set(AT_ONCE)
    shares = [([queue], most_at_once) for queue, most_at_once in AT_ONCE.items()]
    shares.append((sorted(others), OTHERS_AT_ONCE))
    async with worker.open_async():
        running = [
            asyncio.create_task(
                worker.run_worker_async(
                    queues=names,
                    concurrency=at_once,
                    delete_jobs="successful",
                    listen_notify=False,
                    fetch_job_polling_interval=LOOK_EVERY_SECONDS,
                    install_signal_handlers=False,
                )
            )
            for names, at_once in shares
        ]
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, _stop, running)
        ended, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        # One that fails takes the other along: the process is started anew as a whole.
        _stop(running)
        await asyncio.wait(running)
        for one in ended:
            if not one.cancelled():
                one.result()


def _stop(running: list[asyncio.Task[None]]) -> None:
    for one in running:
        # Told twice, a worker would leave what it has begun.
        if not one.cancelling():
            one.cancel()
