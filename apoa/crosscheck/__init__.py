"""Holds every stay against the permits: keys, matches, rules, findings."""
