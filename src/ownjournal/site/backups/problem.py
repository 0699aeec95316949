"""What keeps a backup from being made or put back, said to the operator."""

import errno


class BackupProblem(Exception):
    """A sentence or two: what is wrong, what was left as it was, what to do."""


def said(fault: OSError) -> str:
    """A fault of the system in the operator's words."""
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full: {fault.filename or 'no room to write'}."
    return str(fault)
