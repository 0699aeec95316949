"""A QR code as one SVG path, which a page may hold without any style or image."""

from qrcode.main import QRCode

BORDER = 4  # squares of quiet, as the standard wants


def squares(text: str) -> tuple[str, int]:
    """The `d` of a path of dark squares, and the side of the whole, in squares."""
    code = QRCode(border=BORDER)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()  # with its border
    dark = (
        f"M{across} {down}h1v1h-1z"
        for down, row in enumerate(matrix)
        for across, is_dark in enumerate(row)
        if is_dark
    )
    return "".join(dark), len(matrix)
