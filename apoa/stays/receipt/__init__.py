"""The receipt (surat tanda terima): its number, its signature, its paper. No database, no web."""
