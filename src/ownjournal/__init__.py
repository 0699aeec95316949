"""Ownjournal: a medical journal of one's own."""

import os

__version__ = "0.1.0"

# onnxruntime 1.29 and later report to their maker from the moment they are imported,
# unless this stands in the environment before. Nothing leaves a site but what its
# settings name.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
