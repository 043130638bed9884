"""Decides what an officer should look at: pure rules over facts, and the register they stand in."""
