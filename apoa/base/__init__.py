"""F0: settings, clock, ids, errors, crypto, text folding; knows neither Flask nor SQL."""
