"""`syncer`, also `python -P -m syncer`; without `-P` a folder `syncer` of the current one is first.

The code of the command line is read only when a signal can no longer end that with a traceback.
"""

import sys

from syncer.stopping import keep_stops


def main() -> int:
    """Run the command line and return the exit code."""
    keep_stops()
    from syncer.cli import main as run_command_line

    return run_command_line()


if __name__ == "__main__":
    sys.exit(main())
