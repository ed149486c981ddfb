#!/usr/bin/env bash
# What the tests need beside Python packages: PostgreSQL, Chromium, Dovecot and slapd from Debian.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=tests/tools/apt.sh
. "$here/apt.sh"

missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null || missing+=(libatomic1)  # for Playwright
[ -x /usr/lib/dovecot/imap ] || missing+=(dovecot-imapd)
[ -x /usr/lib/dovecot/lmtp ] || missing+=(dovecot-lmtpd)
[ -x /usr/sbin/slapd ] || missing+=(slapd)
if [ ${#missing[@]} -gt 0 ]; then
  install_packages "The tests start real servers and a real browser." "${missing[@]}"
fi
