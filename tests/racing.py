"""Two people at the same moment: real threads, each with a database connection of its own. For tests that commit."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, connections, transaction

LONGEST = 30
HELD_UP = """
SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
"""


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Begin all acts together; what each gave, or the exception it ended with, in their order."""
    barrier = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        barrier.wait(LONGEST)
        return _apart(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(LONGEST) for future in [pool.submit(begin, act) for act in acts]]


def overtaken(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """Begin the second act after the first has done its work but before it commits; what each gave, or its exception.

    The first commits when the second has ended or waits for it.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            done = first()
            other = pool.submit(_apart, second)
            _until_ended_or_held_up(other)
        return [done, other.result(LONGEST)]


def _apart(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Exception as error:
        return error
    finally:
        connections.close_all()


def _until_ended_or_held_up(other: Future[Any]) -> None:
    deadline = time.monotonic() + LONGEST
    with connection.cursor() as cursor:
        while not other.done():
            cursor.execute(HELD_UP)
            if cursor.fetchone()[0]:
                return
            assert time.monotonic() < deadline, "The second act neither ended nor waits for the first."
            time.sleep(0.01)
