"""Evidence: the responses that posts came from, as received."""
