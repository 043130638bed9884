"""Keeps the persons whom the offices watch for, and finds them among the guests."""
