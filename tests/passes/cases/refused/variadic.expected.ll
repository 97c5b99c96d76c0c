; refused: nowhere in sum: a variadic function was left over (no hint)
