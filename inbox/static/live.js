// Listens for news and fetches the page anew when there are some. A hidden page rests: an agent has
// many tabs, and fetches none of them before it is looked at.

import { listenFor } from "./news.js";
import { address, isLogin, parse, swapRegions } from "./regions.js";
import { watchWindows } from "./ways.js";

const PAUSE = 600; // ms between two fetches
const PATIENCE = 6000; // ms until a lost connection is worth saying
const AGAIN = 5000;

const topics = document.body.dataset.topics;
const strip = document.querySelector("[data-connection]");
const news = document.querySelector("[data-news]");
let waiting = null;
let lost = null;
let isLost = false;
let isRefused = false;
let busy = false;
let missed = false;

function lastItem() {
  return document.querySelector(".timeline > li:last-child");
}

// Where the box to answer in begins: what is below can't be seen.
function floor() {
  return document.querySelector("[data-composer]")?.getBoundingClientRect().top ?? innerHeight;
}

function isSeen(item) {
  return !item || item.getBoundingClientRect().top < floor();
}

function isWhole(item) {
  return !item || item.getBoundingClientRect().bottom <= floor();
}

// The newest stays in sight, be it another one, or one that has grown by what became of its delivery.
function showNews(before, wasSeen, wasWhole) {
  const last = lastItem();
  if (!news || !last) return;
  const isNew = last.id !== before?.id;
  if (isNew ? wasSeen : wasWhole) last.scrollIntoView({ block: "nearest" });
  if (!isNew) return;
  news.hidden = isSeen(lastItem());
}

function sayWhetherConnected() {
  strip.hidden = !isLost && !isRefused;
}

async function fetchPage() {
  const response = await fetch(address, { cache: "no-store" });
  isRefused = !response.ok || isLogin(response);
  sayWhetherConnected();
  if (isRefused) { missed = true; return; }
  const before = lastItem();
  const page = parse(await response.text());
  const [wasSeen, wasWhole] = [isSeen(before), isWhole(before)];
  swapRegions(page);
  showNews(before, wasSeen, wasWhole);
}

async function refresh() {
  waiting = null;
  if (busy) { missed = true; return; }
  busy = true;
  try {
    await fetchPage();
  } catch {
    missed = true; // offline for a moment; the stream says when it is back
  }
  busy = false;
  if (missed) { missed = false; schedule(AGAIN); }
}

function schedule(pause = PAUSE) {
  if (document.hidden) return;
  waiting ??= setTimeout(refresh, pause);
}

function hear(what) {
  if (what === "lost") {
    lost ??= setTimeout(() => { isLost = true; sayWhetherConnected(); }, PATIENCE);
    return;
  }
  if (what === "open") found();
  schedule(); // what happened before it opened rang for nobody
}

function found() {
  clearTimeout(lost);
  lost = null;
  isLost = false;
  sayWhetherConnected();
}

export function stayLive() {
  if (!topics) return;
  const stream = listenFor(topics, hear);
  const rest = () => { stream.end(); clearTimeout(lost); lost = null; };
  const look = () => { stream.begin(); schedule(0); };
  if (!document.hidden) stream.begin(); // a tab that opens in the background rests until it is looked at
  const watch = () => watchWindows(() => schedule(0));
  watch();
  document.addEventListener("swapped", watch);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => event.persisted && look());
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : look()));
  addEventListener("scroll", () => { if (news && !news.hidden && isSeen(lastItem())) news.hidden = true; }, { passive: true });
}
