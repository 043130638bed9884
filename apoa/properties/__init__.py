"""F3: lodgings, their registration and their people."""
