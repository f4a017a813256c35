"""Reports: what a release says, gathered once, and laid out as HTML, Word, workbook and Markdown.

``_content`` gathers chapters, tables and charts; ``_html``, ``_word``, ``_workbook`` and ``_markdown``
only lay them out, so that a figure says the same everywhere. A release writes itself by the methods
of :class:`Writes`; layouts and charts need ``utfall[report]``.
"""

from utfall.report._writes import Writes

__all__ = ["Writes"]
