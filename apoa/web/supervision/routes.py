"""Finding stays: the pages, one file for each."""

from apoa.web.supervision import person, regions, results, search

__all__ = ["person", "regions", "results", "search"]
