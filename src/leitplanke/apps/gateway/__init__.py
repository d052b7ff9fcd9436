"""The gateway: keys, models and what goes through the door, for the people who answer for it."""
