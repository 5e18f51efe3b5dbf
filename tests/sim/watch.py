"""The nodes' own log: a bug that the product survives leaves a trace there, and is one here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class _Ear(logging.Handler):
    def __init__(self, say: Callable[[str, str], None]) -> None:
        super().__init__(logging.ERROR)
        self.bugs: list[str] = []
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say("LOG", record.getMessage())
        if record.exc_info:
            self.bugs.append(f"{record.getMessage()}: {record.exc_info[1]!r}")


@contextmanager
def bugs_in_the_log(say: Callable[[str, str], None]) -> Iterator[list[str]]:
    """What is logged with an exception while this lasts."""
    log, ear = logging.getLogger("common"), _Ear(say)
    level, propagate = log.level, log.propagate
    log.addHandler(ear)
    log.setLevel(logging.ERROR)
    log.propagate = False
    try:
        yield ear.bugs
    finally:
        log.removeHandler(ear)
        log.setLevel(level)
        log.propagate = propagate
