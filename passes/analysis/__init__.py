"""What is true of an IR function: control flow, linear forms, ranges, accesses, guards. Nothing here changes IR."""
