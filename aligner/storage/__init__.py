"""Results and vectors kept between runs, by what they were made from."""
