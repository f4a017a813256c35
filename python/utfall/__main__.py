"""``python -m utfall``: the command line."""

from utfall._command_line import main

raise SystemExit(main())
