#!/bin/sh
# Ends the servers of one run of the tests and removes their folder, which is the first argument,
# as soon as nobody holds our standard input any more.
cat >/dev/null
end() { # the process that the first line of a file names, if there is such a file
  [ ! -e "$2" ] || kill "-$1" "$(head -n 1 "$2")"
}
for told in "$1"/*/cluster/postmaster.pid; do end QUIT "$told"; done
for told in "$1"/*.pid "$1"/*/run/master.pid "$1"/*/pid; do end TERM "$told"; done
rm -rf "$1" 2>/dev/null || { sleep 1; rm -rf "$1"; }
