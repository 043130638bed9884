"""What a permit allows, decided without reading anything: lengths, extensions, last days."""
