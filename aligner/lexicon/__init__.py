"""What is known of words: word lists, spelling, names, function words."""
