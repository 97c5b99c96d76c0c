# Everything from a fresh clone: `make demo` or `make test` does its own set-up.
# All paths are relative: the checkout may lie in a directory whose name has spaces.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
HOST := build/host

.PHONY: all setup host demo test check lint format bench bench-host soak figure clean distclean

all: host

setup:
	@scripts/setup $(SETUP_FOR)

# Ninja decides what is out of date; without changes this takes some milliseconds. Configured anew when DPDK,
# which is optional, has come or gone. Locked, because tests build here too.
host: setup
	@mkdir -p build; exec 9>$(HOST).lock; flock 9; \
	export NINJA="$$PWD/$(BIN)/ninja"; \
	dpdk=$$(pkg-config --modversion libdpdk 2>/dev/null || echo absent); \
	test "$$dpdk" = "$$(cat $(HOST)/configured-with-dpdk 2>/dev/null)" || \
		{ rm -rf $(HOST); $(BIN)/meson setup $(HOST); echo "$$dpdk" >$(HOST)/configured-with-dpdk; }; \
	$(BIN)/ninja -C $(HOST) --quiet

demo: host
	@mkdir -p build/demo
	$(BIN)/fpcc build examples/nfs/firewall.c --mode=wonly -o build/demo/firewall.fpm
	$(BIN)/fpcc run build/demo/firewall.fpm --args examples/nfs/args/firewall.rules \
		--in examples/traffic/demo.pcap --out build/demo/out.pcap

test: SETUP_FOR := tests
test: host
	@$(BIN)/meson test -C $(HOST) --no-rebuild --print-errorlogs
	@$(BIN)/python -m pytest -n 2 --dist worksteal

# What to run before each commit: seconds, not minutes.
check: lint
	@$(BIN)/python -m pytest -q tests/house

lint: setup
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy

format: setup
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/python -m scripts.list_files
	@$(BIN)/python -m scripts.trusted_base

bench-host: host
	@$(BIN)/python -m bench.host

# SOAK_SECONDS=600 of everything at once; SOAK_SEED makes the same choices again.
soak: host
	@$(BIN)/python -m bench.soak

bench: host
	@$(BIN)/python -m bench.protection

figure: host
	@$(BIN)/python -c 'import matplotlib, wasmtime' 2>/dev/null || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --editable '.[bench]'
	@$(BIN)/python -m bench.figure

clean:
	@rm -rf build

distclean: clean
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
