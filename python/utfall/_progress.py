"""How far a long count is, for whoever waits."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

_PATIENCE = 2.0
_EVERY = 0.2
_WIDTH = 30


class Progress:
    """A bar on the standard error of a terminal or notebook, from two seconds on."""

    def __init__(self) -> None:
        self._started = self._told = time.monotonic()
        self._shown = False
        self._is_watched = sys.stderr is not None and (
            sys.stderr.isatty() or "ipykernel" in sys.modules
        )

    def __enter__(self) -> Self:
        """Begin to wait."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        if self._shown:
            sys.stderr.write("\r" + " " * (_WIDTH + 60) + "\r")
            sys.stderr.flush()

    def tell(self, register: str, rows: int, total: int | None) -> None:
        """Show how many rows of a register are counted, if that has taken a while."""
        now = time.monotonic()
        if not self._is_watched or now - self._started < _PATIENCE or now - self._told < _EVERY:
            return
        self._told = now
        self._shown = True
        counted = f"{rows:,}".replace(",", "\N{NO-BREAK SPACE}")
        if total:
            filled = round(_WIDTH * rows / total)
            bar = "█" * filled + "░" * (_WIDTH - filled)
            line = f"{register} {bar} {rows / total:4.0%}"
        else:
            line = f"{register} {counted} rows"
        sys.stderr.write(f"\r{line}")
        sys.stderr.flush()
