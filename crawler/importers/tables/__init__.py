"""Tables: one container a file, from bytes to rows as they stand, streamed; what they mean is for the formats."""
