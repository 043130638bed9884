"""The register of residence permits: who holds which, until when, and how that is known."""
