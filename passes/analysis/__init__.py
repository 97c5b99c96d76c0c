"""What is true of an IR function: control flow, forms, ranges, accesses, guards. Nothing here changes IR."""
