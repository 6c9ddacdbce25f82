"""The engine: tables in, segments and their profiles out. No room here knows a web page or a language model.

Nouns are in model.py, errors in errors.py. Verbs, one room each: intake (a file becomes a dataset),
features, diagnose, segment, profile, projection, export. workspace.py keeps what they make. This file
imports nothing, so that a caller of one room does not wait for the others.
"""
