#!/bin/sh
# Trains a model of this project, as `data/README.md` describes it: train.sh GISA DATA MODEL [--without-fold K/N]
#
# Networks that were trained on the way are kept in target/training/networks, and taken from there.
set -eu

gisa=$1 data=$2 model=$3
shift 3
if [ $# -eq 0 ]; then count=3,500; else count=2,800; fi

mkdir -p "$(dirname "$model")"
exec "$gisa" train "$data/ner/klue-ner-open.tsv" "$@" \
	--hints "$data/ner/konec-open.jsonl" --silver "$data/ner/konec-train-silver.jsonl.gz" \
	--work target/training/networks --name fast --licence 'CC BY-SA 4.0' \
	--source "KLUE-NER v1.1 validation, $count of the sentences (CC BY-SA 4.0)" \
	--source 'KLUE-NER training sentences with KoNEC labels rebuilt from published counts, corrected (CC BY-SA 4.0)' \
	--out "$model"
