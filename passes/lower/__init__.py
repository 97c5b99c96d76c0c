"""How a guard is realised in IR: one file a lowering."""
