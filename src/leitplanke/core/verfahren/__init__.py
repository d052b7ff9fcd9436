"""A procedure of an office as data, and what may be done to a case by whom."""
