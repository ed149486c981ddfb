// Where a page hears of news: from the one stream of all its browser's windows, else from its own.

import { Stream } from "./stream.js";

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

function shared(worker, own) {
  let isWatching = false;
  let isBroken = false;
  worker.addEventListener("error", () => {
    isBroken = true;
    if (isWatching) own.begin();
  });
  const turn = (watches) => {
    isWatching = watches;
    if (isBroken) (watches ? own.begin() : own.end());
    else worker.port.postMessage(watches ? "watch" : "rest");
  };
  return { begin: () => turn(true), end: () => turn(false) };
}
