"""What every test of findings needs: name counts that are read anew."""

import pytest

from apoa.crosscheck.frequencies import forget_name_frequencies


@pytest.fixture(autouse=True)
def _fresh_frequencies() -> None:
    forget_name_frequencies()
