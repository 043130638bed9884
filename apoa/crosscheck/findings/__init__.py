"""Keeps findings: one for each cause, opened, updated, closed and reopened as facts change."""
