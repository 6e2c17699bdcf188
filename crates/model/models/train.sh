#!/bin/sh
# Trains a model of this project, as `data/README.md` describes it: train.sh GISA DATA MODEL [--without-fold K/N]
#
# Networks that were trained on the way are kept in target/training/networks, and taken from there.
set -eu

gisa=$1 data=$2 model=$3
shift 3
if [ $# -eq 0 ]; then part=all; else part="all but the fold of $*"; fi

mkdir -p "$(dirname "$model")"
exec "$gisa" train "$data/ner/articles.jsonl.gz" "$data/ner/klue-ner-open.tsv" --split train "$@" \
	--hints "$data/ner/konec-open.jsonl" --silver "$data/ner/konec-train-silver.jsonl.gz" \
	--unlabelled "$data/news/companies-2018-2019.jsonl.gz" --unlabelled "$data/news/dailies-2019-2020.jsonl.gz" \
	--unlabelled "$data/news/portal-2021-2022.jsonl.gz" \
	--work target/training/networks --name fast --licence 'CC BY-SA 4.0' \
	--source "newspaper articles annotated for this project, split train, $part" \
	--source "KLUE-NER v1.1 validation, 3,500 of the sentences, $part (CC BY-SA 4.0)" \
	--source 'KLUE-NER training sentences with KoNEC labels rebuilt from published counts, corrected (CC BY-SA 4.0)' \
	--source 'newspaper articles of 2018 to 2022 without annotation, labelled by networks trained on the others' \
	--out "$model"
