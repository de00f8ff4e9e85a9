"""Tests of the commands that train what ships."""
