"""Per-pointer bounds (mode `pointer`): a pass before protection; docs/pointer-mode.md says what it finds."""
