"""How every shipped weight was made, for `aligner train`."""
