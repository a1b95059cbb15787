"""`python -P -m syncer`; without `-P` a folder `syncer` of the current folder comes first."""

import sys

from syncer.cli import main

sys.exit(main())
