"""The JSON API: what the pages of the catalogue tell, for programs.

It finds what the search page finds for the same parameters, changes nothing, and
describes itself at /api/v1/openapi.json; /api/v1/ is the same for people.
"""
