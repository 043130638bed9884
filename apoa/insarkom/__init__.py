"""F6: onboarding of lodgings."""
