// Runs once in a browser, beside its windows, and holds one stream for all that are looked at: each
// stream takes one of the six connections that HTTP/1.1 has for a site, and agents open many tickets.

import { Stream } from "./stream.js";

const EVERYTHING = "tickets,ticket:*";
const watching = new Set();
const stream = new Stream(EVERYTHING, (what) => watching.forEach((port) => port.postMessage(what)));

function watch(port) {
  watching.add(port);
  stream.begin();
  port.postMessage(stream.isOpen ? "open" : "lost");
}

function rest(port) {
  watching.delete(port);
  if (!watching.size) stream.end();
}

addEventListener("connect", ({ ports: [port] }) => {
  port.addEventListener("message", ({ data }) => (data === "watch" ? watch(port) : rest(port)));
  port.addEventListener("close", () => rest(port)); // of a window that could not say so
  port.start();
});
