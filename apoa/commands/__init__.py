"""The operators' commands, one file for each subject; `apoa/cli.py` adds them to `flask`."""
