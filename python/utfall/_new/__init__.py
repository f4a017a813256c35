"""``utfall new``: a project file with remarks, a constructed register and a notebook that runs."""

from utfall._new._begin import begin
from utfall._new._questions import Answers, add_options

__all__ = ["Answers", "add_options", "begin"]
