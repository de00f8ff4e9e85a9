"""The report folder as a database: written, read and compared."""
