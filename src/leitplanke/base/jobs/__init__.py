"""Background work: tasks inside the business transaction, a small retry, and what happens every few seconds."""
