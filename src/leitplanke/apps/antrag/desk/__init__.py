"""What the desk of one case shows: made of rows and results, without a query of its own."""
