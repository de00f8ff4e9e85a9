"""Numbers, dates, money and measures in text, by value."""
