"""``python -m newsextract``, for where the script is not on the path."""

import sys

from newsextract.cli import main

sys.exit(main())
