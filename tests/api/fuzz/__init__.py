"""Asks the running API everything that its published description allows, and what it forbids."""
