"""The checks: one file each, built by ``base``, listed by ``registry``, run by ``run``."""
