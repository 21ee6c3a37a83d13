"""What a page shows: one kind of page a file, a site file and bytes in, an `Extraction` out."""
