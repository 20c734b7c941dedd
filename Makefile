# Two commands do it all: `make demo` (build, read the documents, ask, serve) and `make test` (every check).
#
# One profile (dev, with optimised dependencies) serves both, and the target folder lies outside the checkout: RocksDB, which takes ten
# minutes and more to compile, is compiled once per machine, not once per clone or profile.

export PATH := $(PATH):$(HOME)/.cargo/bin
export CARGO_TARGET_DIR ?= $(HOME)/.cache/chancery-target

SERVE ?= 1
OUT ?= out
STORE := $(OUT)/store
CHANCERY := $(CARGO_TARGET_DIR)/debug/chancery

# The two questions of the catalogue that the demo asks (`chancery query --list` names them all).
QUESTIONS ?= visits-between-two-states broken-and-resumed

.PHONY: help demo test build web browser screenshots bench-site bench bench-change bench-link bench-serve clients quality set-up fmt clean

help: ## Say what can be made
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /\t/' | expand -t 10

demo: build ## Build, read data/documents into a store, link it to Wikidata, answer two questions, serve (SERVE=0: stop before serving)
	$(CHANCERY) build data/documents --store $(STORE)
	$(CHANCERY) link --store $(STORE)
	@for question in $(QUESTIONS); do \
	  echo; echo "== chancery query $$question --store $(STORE)"; \
	  $(CHANCERY) query $$question --store $(STORE) --format table || exit 1; \
	done
ifneq ($(SERVE),0)
	@echo; echo "Serving at http://127.0.0.1:7878 until Ctrl-C"
	$(CHANCERY) serve --store $(STORE)
endif

build: set-up web ## Build the program
	cargo build --locked

# What the scripts of the site are made of.
WEB := $(wildcard web/src/* web/*.json web/build.mjs data/site/*.toml)

web: ## Build the scripts of the site into web/dist, which the program carries; without Node, it goes without them
	@if ! scripts/set-up node; then echo "web: no Node; the pages go without scripts" >&2; \
	elif ! $(MAKE) --no-print-directory web/node_modules/.package-lock.json; then echo "web: no libraries; the pages go without scripts" >&2; \
	else $(MAKE) --no-print-directory web/dist/LICENSES.txt; fi

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/LICENSES.txt: web/node_modules/.package-lock.json $(WEB)
	cd web && npm run --silent check && npm run --silent build

browser: build ## Look at the site with a browser: what a reader does, accessibility, nothing asked elsewhere
	scripts/set-up chromium
	cd web && npm run --silent test

bench-site: build ## Measure the site over many invented events (EVENTS=100000; OXIGRAPH=…/oxigraph loads them)
	scripts/set-up chromium
	cd web && node tests/many.mjs $(or $(EVENTS),100000)

screenshots: build ## Take pictures of each page into docs/screenshots
	scripts/set-up chromium
	cd web && npm run --silent screenshots

test: build ## Run every check: form, lints, tests, the examples in the documentation, the site in a browser
	@scripts/set-up rustfmt clippy
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo test --locked --doc
	@if cargo nextest --version >/dev/null 2>&1; then \
	  set -x; cargo nextest run --locked --no-fail-fast; \
	else \
	  set -x; cargo test --locked --lib --bins --tests --no-fail-fast; \
	fi
	@$(MAKE) --no-print-directory browser

# As a release has it, but for RocksDB, which stays as the tests have it: nobody compiles it twice.
BENCH := cargo bench --locked --profile dev --config benches/as-released.toml --bench

bench: set-up ## Measure how fast documents are read, on one core
	$(BENCH) reading

bench-change: set-up ## Measure what building again and exporting cost at 1, 10 and 100 times the documents (GROWTH=1,10 for others)
	$(BENCH) change

bench-link: set-up ## Measure what an index of Wikidata costs and how fast it answers (ITEMS=1000000 for more)
	$(BENCH) link

bench-serve: set-up ## Measure the server beside Oxigraph's own (OXIGRAPH=…/oxigraph; CHANCERY=… for another build of ours)
	$(BENCH) serve

clients: ## Try other people's programs against a server that runs (SERVER=http://127.0.0.1:7878)
	scripts/clients $(or $(SERVER),http://127.0.0.1:7878)

quality: build ## Measure reading against the gold beside the checkout, write docs/QUALITY.md
	scripts/quality $(CHANCERY)

set-up: ## See that the machine has what the build needs; install what is missing, where allowed
	@scripts/set-up

fmt: ## Put the code into its normal form
	cargo fmt

clean: ## Remove the demo's store
	rm -rf $(OUT)
