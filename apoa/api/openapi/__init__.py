"""The published description of the API (OpenAPI 3.1), made of the schemas that validate."""
