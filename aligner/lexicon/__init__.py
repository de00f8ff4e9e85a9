"""Knowledge of words: word lists, spelling, names, function words."""
