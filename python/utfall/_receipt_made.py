"""How a receipt is made of an evaluation."""

from __future__ import annotations

import datetime as dt
import hmac
from typing import TYPE_CHECKING, Any

from utfall import _native
from utfall._errors import UtfallError
from utfall._hashes import files_of, hasher, table_hash
from utfall._receipt import Receipt, ReceiptRegister

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utfall._evaluation import Evaluation
    from utfall._sources import Source
    from utfall._table import Table

_SALT_CHECK = b"utfall receipt"


def receipt_of(
    evaluation: Evaluation,
    *,
    registers: Mapping[str, Source] | None = None,
    salt: bytes | None = None,
    protection: Mapping[str, Any] | None = None,
    made_on: str | dt.date | None = None,
    tables: Mapping[str, Table] | None = None,
) -> Receipt:
    """Make the receipt of an evaluation; of a publication, with its own tables.

    Tables that are handed over are published: their hashes need no salt.
    """
    digest = hasher(salt)
    # Without a salt a hash of few counts is as good as the counts.
    is_open = protection is None or salt is not None
    project = evaluation.project
    results = {"figures": evaluation.figures, "verdicts": evaluation.verdicts}
    hashes = {
        name: table_hash(table, digest) if is_open else None for name, table in results.items()
    }
    plain_digest = hasher(None)
    hashes |= {name: table_hash(table, plain_digest) for name, table in (tables or {}).items()}
    return Receipt(
        project=project.name,
        project_hash=plain_digest(project.to_toml().encode()),
        project_file=None if project._file is None else plain_digest(project._file),  # noqa: SLF001
        as_of=evaluation.as_of,
        level=evaluation.level,
        by=evaluation.by,
        registers=tuple(
            ReceiptRegister(
                name,
                None if _is_small(units, protection) else units,
                digest(evaluation._native.canonical_bytes(name) or b"") if is_open else None,  # noqa: SLF001
                files_of((registers or {}).get(name), digest) if is_open else None,
            )
            for name, units in evaluation._native.units()  # noqa: SLF001
        ),
        tables=hashes,
        protection=protection,
        salt_check=None if salt is None else digest(_SALT_CHECK),
        made_on=None if made_on is None else _day(made_on),
        language=project.language,
        utfall=_version(),
        form=_native.tally_form(),
    )


def is_salt_of(receipt: Receipt, salt: bytes) -> bool:
    """Whether a receipt was made with this salt."""
    found = hasher(salt)(_SALT_CHECK)
    return receipt.salt_check is not None and hmac.compare_digest(found, receipt.salt_check)


def _is_small(units: int, protection: Mapping[str, Any] | None) -> bool:
    threshold = (protection or {}).get("threshold")
    return isinstance(threshold, int) and 0 < units < threshold


def _day(day: str | dt.date) -> str:
    try:
        return dt.date.fromisoformat(str(day)[:10]).isoformat()
    except ValueError:
        message = f"`{day}` is not a day; write `made_on` like 2022-06-30"
        raise UtfallError(message, "not_a_day") from None


def _version() -> str:
    from utfall import __version__  # noqa: PLC0415 - the package imports this

    return __version__
