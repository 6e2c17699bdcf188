#!/bin/sh
# Makes what the analysers of the bench read, from the dictionary's package: prepare.sh GISA PACKAGE FOLDER [PYTHON]
#
# The dictionary as lindera builds it, its source for vibrato, and MeCab's files for MeCab-ko.
set -eu

gisa=$1 package=$2 folder=$3 python=${4:-python3}

rm -rf "$folder"
mkdir -p "$folder"
"$gisa" dictionary build --unmerged --from "$package" --out "$folder/lindera"
"$gisa" dictionary export --from "$package" --out "$folder/source"
"$python" -m zipfile -e "$package" "$folder/mecab"
touch "$folder/ready"
