"""What the AI Act asks of a system: its class, its duties, and the facts that decide both."""
