"""Reports: what a release says, gathered once, and laid out as HTML, Word, workbook and Markdown.

``_content`` gathers chapters, tables and charts; ``_html``, ``_word``, ``_workbook`` and ``_markdown``
only lay them out, so that a figure says the same everywhere. Reports are written by the methods of a
release (:class:`utfall.Unprotected`), which ``_writes`` gives; they need ``utfall[report]``.
"""
