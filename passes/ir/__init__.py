"""Reading LLVM's textual IR: lexer, types, operands, instructions, module. Nothing here changes IR."""
