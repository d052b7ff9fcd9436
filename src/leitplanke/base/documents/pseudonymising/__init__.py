"""Pseudonymised copies of documents, with a key that stays in the town: see `service` and `key_file`."""
