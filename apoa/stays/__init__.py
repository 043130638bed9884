"""F4: the main job: report, amend, check out, cancel, receipt, deadline."""
