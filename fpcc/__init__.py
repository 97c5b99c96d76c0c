"""fpcc: compiles C network functions into protected modules, runs and explains them."""
