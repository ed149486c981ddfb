// How much of a message is left, and as how many it goes, while it is being written.

import { countParts, lengthOf } from "./cutting.js";

const numbers = new Intl.NumberFormat(document.documentElement.lang);
const LONGEST_WAIT = 2 ** 31 - 1; // ms that a timer takes
let timer = null;

function termsOf(way) {
  const { longest, unit, mostBytes, mostParts } = way.dataset;
  return { longest: Number(longest), unit, mostBytes: Number(mostBytes), mostParts: Number(mostParts) };
}

function said(text, terms, words) {
  const left = terms.longest - lengthOf(text, terms);
  if (left >= 0) {
    const unit = terms.unit === "bytes" ? words.bytes : words.characters;
    return unit.replace("{}", numbers.format(left));
  }
  const parts = countParts(text, terms);
  return parts > terms.mostParts ? words.as0 : words[`as${parts}`];
}

export function tellLength(form) {
  const output = form.querySelector("[data-left]");
  const way = form.querySelector("[name=to]:checked");
  if (!output || !way) return;
  const text = form.elements.text.value.trim();
  output.textContent = way.dataset.longest
    ? said(text && `${text}${output.dataset.signature}`, termsOf(way), output.dataset)
    : "";
}

// A window that shuts while the page is open: then the page is looked at anew.
export function watchWindows(refresh) {
  clearTimeout(timer);
  const shuts = [...document.querySelectorAll("[data-until]")].map((way) => Date.parse(way.dataset.until));
  const next = Math.min(...shuts.filter((moment) => moment > Date.now())) - Date.now();
  if (Number.isFinite(next)) timer = setTimeout(refresh, Math.min(next + 1000, LONGEST_WAIT));
}
