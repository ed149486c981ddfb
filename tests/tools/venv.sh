#!/usr/bin/env bash
# Makes the virtual environment given as the only argument, with the interpreter in $PYTHON.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=tests/tools/apt.sh
. "$here/apt.sh"

python=${PYTHON:-python3.11}
if ! command -v "$python" >/dev/null; then
  echo "$python is not here. Firstline needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2
  exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "$python is $("$python" --version), and Firstline needs 3.11 or newer: make PYTHON=..." >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  install_packages "$python can't make a virtual environment yet." "python$version-venv"
fi
"$python" -m venv "$1"
