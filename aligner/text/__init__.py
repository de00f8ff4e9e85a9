"""Reading articles: bytes to text, text to paragraphs, roles, sentences and languages."""
