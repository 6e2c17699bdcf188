#!/bin/sh
# Removes a model that cannot be opened, for example because it is of an older version: remove_outdated.sh GISA MODEL
set -eu

status=0
"$1" tag --quiet --model "$2" < /dev/null > /dev/null 2>&1 || status=$?
[ "$status" -ne 2 ] || rm -f "$2"
