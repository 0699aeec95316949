"""Editors' posts: what a site's editors write, and the articles they pick."""
