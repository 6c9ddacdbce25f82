"""Loops as machine code, and threads to run them on.

The kernels release Python's lock and are spread over plain threads: numba's own parallel loops may
not be entered from two threads at once on every platform, and an app has several users.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from threading import Event
from typing import Any, TypeVar, cast

from numba import njit

Kernel = TypeVar("Kernel", bound=Callable[..., Any])
Item = TypeVar("Item")
Result = TypeVar("Result")

IDLE_SECONDS = 0.3
REORDERED = frozenset({"reassoc", "nsz", "contract", "arcp"})
"""Sums may be reordered and fused; NaN and infinities keep their meaning."""


def compiled(function: Kernel) -> Kernel:
    """The function as machine code that gives the same bits on every machine; kept on disk."""
    return cast(Kernel, njit(cache=True, nogil=True, error_model="numpy")(function))


def compiled_fast(function: Kernel) -> Kernel:
    """The function as machine code whose float sums may be reordered; kept on disk."""
    return cast(Kernel, njit(cache=True, nogil=True, error_model="numpy", fastmath=set(REORDERED))(function))


def cores() -> int:
    """How many processors this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def spread(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    idle: Callable[[], None] | None = None,
    stop: Event | None = None,
) -> Iterator[tuple[Item, Result]]:
    """Each item with its result, in the order they finish, worked on by one thread per processor.

    Items are started only shortly before they are needed, so that leaving the loop early (an error,
    a cancelled run) costs at most the few that are under way. `idle` is called several times a second
    while nothing finishes, and may raise; `stop` is set when the loop is left, for work that looks at it.
    """
    queue = iter(items)
    running: dict[Future[Result], Item] = {}
    with ThreadPoolExecutor(cores()) as pool:
        for item in islice(queue, cores() + 1):
            running[pool.submit(work, item)] = item
        try:
            while running:
                done, _ = wait(running, timeout=IDLE_SECONDS, return_when=FIRST_COMPLETED)
                if not done and idle:
                    idle()
                for future in done:
                    item = running.pop(future)
                    result = future.result()
                    for following in islice(queue, 1):
                        running[pool.submit(work, following)] = following
                    yield item, result
        finally:
            if stop:
                stop.set()
            for future in running:
                future.cancel()
