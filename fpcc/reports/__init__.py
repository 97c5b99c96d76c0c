"""Reports on a build's decisions: one view made from the saved JSON, one writer per format (formats.py)."""
