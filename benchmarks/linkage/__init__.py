"""Measures who is found and who is mistaken, beside Splink and rapidfuzz on the same files."""

from benchmarks.linkage.measure import run

__all__ = ["run"]
