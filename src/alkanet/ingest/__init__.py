"""Readers: one module a format; every row of every file is used or set aside with a reason.

``formats.read_file`` tells the format by content and reads it, ``case_file.read_case`` reads the
case. Readers take a row as it stands: what a call means on transcript and protein is told by the
next stage.
"""
