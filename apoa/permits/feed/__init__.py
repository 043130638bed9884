"""Permit feeds: files and calls that fill the register of residence permits."""
