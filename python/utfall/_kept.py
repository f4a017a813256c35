"""What an evaluation does not do by itself: leave the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, cast

from utfall._errors import UtfallError

if TYPE_CHECKING:
    import os

    from utfall._evaluation import Evaluation
    from utfall._unprotected import Unprotected


class Kept:
    """The methods that would write an evaluation, which is for the evaluator's own eyes: all refuse."""

    def unprotected(self) -> Unprotected:
        """Set the evaluation free as it is, small groups and all: what it gives can be written.

        For who may see every number. Each page and sheet says that nothing in it is protected.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"\\nlanguage = "en"')
        >>> print(project.evaluate({}, as_of="2022-06-30").unprotected())
        ! Unprotected: contains what may reveal individuals. Must not be passed on.
        <BLANKLINE>
        Likes · 2022-06-30
        """
        from utfall._unprotected import Unprotected  # noqa: PLC0415 - who writes nothing pays nothing

        return Unprotected(cast("Evaluation", self))

    def write_html(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> NoReturn:
        """Refuse: an evaluation is not protected.

        Raises
        ------
        UtfallError
            Always (``unprotected``): publish the evaluation, or ask for it as it is by name.

        Examples
        --------
        >>> import utfall as uf
        >>> project = uf.Project.from_toml('schema = 1\\nname = "Likes"')
        >>> try:
        ...     project.evaluate({}, as_of="2022-06-30").write_html("likes.html")
        ... except uf.UtfallError as error:
        ...     print(error.code)
        unprotected
        """
        _refuse(path, language, title)

    def write_docx(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> NoReturn:
        """Refuse, as :meth:`write_html` does."""
        _refuse(path, language, title)

    def write_xlsx(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> NoReturn:
        """Refuse, as :meth:`write_html` does."""
        _refuse(path, language, title)

    def write_markdown(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        title: str | None = None,
    ) -> NoReturn:
        """Refuse, as :meth:`write_html` does."""
        _refuse(path, language, title)


def _refuse(*_: object) -> NoReturn:
    message = (
        "an evaluation is not protected, and is not written; write `evaluation.publish()`, or "
        "`evaluation.unprotected()` for who may see every number"
    )
    raise UtfallError(message, "unprotected")
