"""The look of a mail: inline styles, since mail programs drop most others.

Nothing sets a background for light mode and no colour is near black or white,
so that programs which turn mails dark by themselves keep them readable; those
that ask the mail get the rules in `DARK`. No part of it comes from a server.
"""

SERIF = "Georgia,'Times New Roman',serif"
SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
INK, SOFT, ACCENT, LINE = "#26241f", "#625d54", "#1a5466", "#d8d3c8"

STYLES = {
    "body": f"margin:0;padding:0;color:{INK};font:17px/1.55 {SERIF};",
    "outer": "padding:24px 16px;",
    "inner": "width:100%;max-width:600px;text-align:left;",
    "name": f"margin:0;color:{ACCENT};font:600 15px/1.4 {SANS};text-decoration:none;",
    "issue": f"margin:2px 0 0;font:600 30px/1.2 {SERIF};",
    "meta": f"margin:4px 0 0;color:{SOFT};font:14px/1.5 {SANS};",
    "banner": (
        f"margin:16px 0 0;padding:10px 14px;border-left:4px solid #b5822b;"
        f"font:15px/1.5 {SANS};"
    ),
    "label": (
        f"margin:36px 0 0;padding-top:14px;border-top:2px solid {ACCENT};"
        f"color:{SOFT};font:600 12px/1.4 {SANS};letter-spacing:1px;"
        "text-transform:uppercase;"
    ),
    "part": f"margin:2px 0 0;font:600 21px/1.3 {SERIF};",
    "piece": "margin:18px 0 0;",
    "next": f"margin:20px 0 0;padding-top:20px;border-top:1px solid {LINE};",
    "lead": f"margin:10px 0 0;font:600 24px/1.25 {SERIF};",
    "title": f"margin:0;font:600 19px/1.3 {SERIF};",
    "link": f"color:{INK};text-decoration:none;",
    "anchor": f"color:{ACCENT};",
    "grave": f"margin:6px 0 0;color:#a3202f;font:600 14px/1.5 {SANS};",
    "digest": "margin:8px 0 0;",
    "role": f"color:{SOFT};font:600 12px/1.4 {SANS};",
    "why": (
        f"margin:10px 0 0;padding-left:12px;border-left:2px solid {ACCENT};"
        f"color:{SOFT};font:15px/1.5 {SANS};"
    ),
    "end": f"margin:40px 0 0;padding-top:18px;border-top:2px solid {ACCENT};"
    f"font:italic 17px/1.5 {SERIF};",
    "foot": f"margin:18px 0 0;color:{SOFT};font:13px/1.5 {SANS};",
}

DARK = (
    "@media (prefers-color-scheme:dark){"
    ".body,.ink,.ink a{color:#e7e4de!important}"
    ".body{background:#151719!important}"
    ".soft{color:#aba79f!important}"
    ".accent{color:#8ec7d9!important}"
    ".rule{border-color:#3d4247!important}"
    ".grave{color:#ffa3a3!important}"
    "}"
)
