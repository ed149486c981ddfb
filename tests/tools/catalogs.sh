#!/usr/bin/env bash
# Brings the catalogs up to date with the templates. Translations stay; what no template says any
# more is kept at the end of the file as a comment. The only argument is the pybabel to use.
set -euo pipefail
pybabel=$1
words=$(mktemp)
trap 'rm -f "$words"' EXIT

"$pybabel" --quiet extract --mapping-file=babel.cfg --project=firstline --no-wrap --sort-by-file \
  --add-comments='Translators:' --add-location=file --output-file="$words" \
  --header-comment='# Words of Firstline, from its templates.' --last-translator=Firstline \
  --msgid-bugs-address=Firstline --version=1 templates
for language in uk en sk el it; do
  catalog=templates/locales/$language/LC_MESSAGES/firstline.po
  if [ ! -e "$catalog" ]; then
    "$pybabel" --quiet init --domain=firstline --input-file="$words" --output-dir=templates/locales \
      --locale="$language" --no-wrap
  fi
  "$pybabel" --quiet update --domain=firstline --input-file="$words" --output-dir=templates/locales \
    --locale="$language" --no-wrap --no-fuzzy-matching --ignore-pot-creation-date
done
