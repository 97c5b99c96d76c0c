"""The machine-code verifier: proves a built module safe from its bytes alone, trusting no compiler."""
