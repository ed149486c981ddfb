"""One page action a file, named <thing>_<verb>; `inbox.routes` lists them all."""
