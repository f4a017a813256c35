"""Hashes of what a result is made of: tables and files, plain or keyed with a salt."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from utfall._errors import UtfallError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from utfall._sources import Source
    from utfall._table import Table

_FEWEST_BYTES = 16


def hasher(salt: bytes | None) -> Callable[[bytes], str]:
    """Give SHA-256, or with a salt HMAC-SHA-256, as hexadecimal text."""
    if salt is None:
        return lambda data: hashlib.sha256(data).hexdigest()
    if len(salt) < _FEWEST_BYTES:
        message = (
            f"the salt has {len(salt)} bytes, expected {_FEWEST_BYTES} or more, since a short one can be "
            "guessed; make one by `secrets.token_bytes(32)` and keep it with the registers"
        )
        raise UtfallError(message, "salt_too_short")
    return lambda data: hmac.new(salt, data, hashlib.sha256).hexdigest()


def table_hash(table: Table, digest: Callable[[bytes], str]) -> str:
    """Hash a table: the names of its columns and each row as a line of JSON, days as texts.

    Ends of intervals are rounded to 12 digits, since the logarithms of machines differ in the last.
    """
    names = table.column_names
    rounded = [name in ("low", "high") for name in names]
    lines = [json.dumps(names, ensure_ascii=False, separators=(",", ":"))]
    for row in table:
        cells = [
            _canonical(cell, is_end) for cell, is_end in zip(row.values(), rounded, strict=True)
        ]
        lines.append(json.dumps(cells, ensure_ascii=False, separators=(",", ":")))
    return digest("\n".join(lines).encode())


def _canonical(cell: Any, is_end: bool) -> Any:  # noqa: ANN401, FBT001 - a cell of any column
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return float(f"{cell:.12g}") if is_end and isinstance(cell, float) else cell


def files_of(source: Source | None, digest: Callable[[bytes], str]) -> tuple[str, ...] | None:
    """Hash the files of a register, sorted; ``None`` where it is no file."""
    path = getattr(source, "path", source)
    paths: Iterable[Any] = path if isinstance(path, list | tuple) else [path]
    files: list[Path] = []
    for entry in paths:
        if not isinstance(entry, str | os.PathLike):
            return None
        entry = Path(entry)  # noqa: PLW2901
        if entry.is_dir():
            inside = entry.iterdir()
            files += [file for file in inside if file.suffix.lower() == ".parquet"]
        else:
            files.append(entry)
    return tuple(sorted(digest(bytes_of(file)) for file in files))


def bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"`{path.name}` cannot be read: {error.strerror}"
        raise UtfallError(message, "unreadable_file") from None
