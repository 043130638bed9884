"""Conformance runs: what an integration has shown with a test key, and the certificate for it."""
