"""``utfall new``: a project file with remarks, a constructed register and a notebook that runs."""
