// Where a page hears of news: from the one stream of all its browser's windows, else from its own.

import { Stream } from "./stream.js";

const PATIENCE = 3000; // ms
const VERSION = new URL(import.meta.url).search;

// `tell` hears what `Stream` tells. Where windows share no worker (Chrome on Android), or it can't
// be loaded, each has a stream of its own.
export function listenFor(topics, tell) {
  const own = new Stream(topics, tell);
  if (!globalThis.SharedWorker) return own;
  const wanted = new Set(["open", "lost", ...topics.split(",")]);
  const worker = new SharedWorker(new URL(`./windows.js${VERSION}`, import.meta.url), { type: "module" });
  worker.port.addEventListener("message", ({ data }) => wanted.has(data) && tell(data));
  worker.port.start();
  return shared(worker, own);
}

// A worker answers at once whoever watches: one that says nothing did not load, whether it tells or not.
function shared(worker, own) {
  let isWatching = false;
  let isBroken = false;
  let silent = null;
  const leave = () => {
    clearTimeout(silent);
    worker.port.postMessage("rest");
    isBroken = true;
    if (isWatching) own.begin();
  };
  worker.addEventListener("error", leave);
  worker.port.addEventListener("message", () => clearTimeout(silent));
  const turn = (watches) => {
    isWatching = watches;
    clearTimeout(silent);
    if (isBroken) (watches ? own.begin() : own.end());
    else worker.port.postMessage(watches ? "watch" : "rest");
    if (watches && !isBroken) silent = setTimeout(leave, PATIENCE);
  };
  return { begin: () => turn(true), end: () => turn(false) };
}
