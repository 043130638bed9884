"""The callers of the API's own tests."""

from tests.api.conftest import anonymous, api, new_key, test_api

__all__ = ["anonymous", "api", "new_key", "test_api"]
