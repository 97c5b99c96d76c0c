"""The paper's figure 2 with our modules and today's alternatives: `make figure`, or `python -m bench.figure`.

Throughput with and without protection of the paper's three NFs (policer, macswap, longest-prefix match),
then of the other five: our builds and all peers as bench/peers measures them, and the instructions a packet
of our builds as callgrind counts them. The rows go to bench/results/figure.json; from nothing but these,
docs/figures/ and the generated part of docs/evaluation.md are made. The paper's own numbers are in paper.py.
"""
