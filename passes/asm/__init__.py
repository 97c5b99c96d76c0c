"""Passes over assembly, after code generation."""
