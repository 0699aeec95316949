"""Citations in the styles that journals and theses ask for.

Four are written here, by their manuals: `vancouver`, `nlm`, `ama`, `apa`. Every
other style is one of the Citation Style Language project, found by its name and
carried out by pandoc, a program of its own (docs/decisions/0006).
"""
