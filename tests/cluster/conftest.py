"""Tests of a search cluster run where one is: `make test-cluster`."""

import os

collect_ignore_glob = [] if "SEARCH_URL" in os.environ else ["test_*.py"]
