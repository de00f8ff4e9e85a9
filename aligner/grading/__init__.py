"""Grades text that is aligned already, or one text alone: is a row fit to keep, and which words are wrong?"""

from aligner.grading.grade import Grade, grade_rows
from aligner.grading.rows import Row, read_rows

__all__ = ["Grade", "Row", "grade_rows", "read_rows"]
