"""Errors: what stops, with a stable code."""


class UtfallError(ValueError):
    """Something that stops. What goes on instead is a finding of the evaluation.

    No text of an error holds a value from a person's row: columns, row numbers and counts only.

    Parameters
    ----------
    message : str
        What is wrong and where, what was expected, and what to do.
    code : str
        The stable code of the error, such as ``missing_header``.

    Attributes
    ----------
    code : str
        The stable code.

    Examples
    --------
    >>> import utfall as uf
    >>> try:
    ...     uf.Project.from_toml("schema = 1")
    ... except uf.UtfallError as error:
    ...     print(error.code)
    missing_key
    """

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class ProjectError(UtfallError):
    """A project file has faults: one line of the text for each, with its place in the file.

    ``code`` is that of the first fault.

    Examples
    --------
    >>> import utfall as uf
    >>> try:
    ...     uf.Project.from_toml('schema = 1\\nname = "Likes"\\nownr = "RAR"')
    ... except uf.ProjectError as error:
    ...     print(error)
    project file, line 3, column 1: unknown key `ownr`; did you mean `owner`?
    """


class RegisterError(UtfallError):
    """A register cannot be read: a header is absent, a type is wrong, a weight is negative.

    Examples
    --------
    >>> import utfall as uf
    >>> project = uf.Project.from_toml('schema = 1\\nname = "Empty"')
    >>> try:
    ...     project.evaluate({"staff": "personal.csv"}, as_of="2022-06-30")
    ... except uf.RegisterError as error:
    ...     print(error.code)
    register_not_declared
    """
