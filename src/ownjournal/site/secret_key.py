"""The secret that signs sessions and links, made once and kept in a file."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret in the file, made there at the first call.

    Two processes that start at once end with the same secret: the file appears
    whole, under its name, once.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # the other process was first
        finally:
            draft.unlink()
    return path.read_text().strip()
