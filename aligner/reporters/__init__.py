"""What is made of results: the report folder, its pages, and every format that others read."""
