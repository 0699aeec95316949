"""Why a whole file is not taken.

A refusal leaves the database as it was: the file is marked as failed with the
code and the sentence given here, and the other files go on.
"""


class FileRefused(Exception):
    """A file that cannot be trusted or read as a whole.

    `code` is for programs and reports, in capitals: "EMPTY", "GZ_TRUNCATED",
    "MD5", "XML" … `message` is a sentence for the person who gave the file.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message
