# Sourced: how the other tools here get Debian packages. Asks for nothing, explains when it can't.

# install_packages WHY PACKAGE...
install_packages() {
  local why=$1
  shift
  local line="apt-get install --yes --no-install-recommends $*"
  local as=()
  if [ "$(id -u)" != 0 ]; then
    if ! { command -v sudo && sudo -n true; } >/dev/null 2>&1; then
      as=(none)
    else
      as=(sudo -n)
    fi
  fi
  if [ "${as[0]:-}" = none ] || ! command -v apt-get >/dev/null; then
    printf '%s\nPlease run this as root and try again:\n  %s\n' "$why" "$line" >&2
    return 1
  fi
  echo "$why Installing: $*"
  export DEBIAN_FRONTEND=noninteractive
  local log
  log=$(mktemp)
  if ! { "${as[@]}" apt-get update && "${as[@]}" $line; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    printf 'That did not work. Please run this as root and try again:\n  %s\n' "$line" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}
