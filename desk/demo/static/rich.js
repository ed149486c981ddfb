// Text with Telegram's entities (offsets in UTF-16 units, as JavaScript counts) as safe nodes.

import { el } from "./dom.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}»”]/g;

export function drawRich(text, entities) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodesOf(text, 0, text.length, sorted);
}

function nodesOf(text, start, end, entities) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const stop = entity.offset + entity.length;
    if (entity.offset < at || stop > end) continue;
    nodes.push(...drawPlain(text.slice(at, entity.offset)));
    const inner = entities.slice(i + 1).filter((one) => one.offset + one.length <= stop);
    nodes.push(wrap(entity, text, nodesOf(text, entity.offset, stop, inner)));
    at = stop;
  }
  nodes.push(...drawPlain(text.slice(at, end)));
  return nodes;
}

function wrap(entity, text, children) {
  if (TAGS[entity.type]) return el(TAGS[entity.type], {}, ...children);
  if (entity.type === "bot_command") return el("span", { class: "command" }, ...children);
  if (entity.type === "spoiler") {
    const open = (event) => event.currentTarget.classList.add("is-open");
    return el("span", { class: "spoiler", tabindex: 0, onclick: open, onfocus: open }, ...children);
  }
  const url = entity.url ?? (entity.type === "url" ? text.substr(entity.offset, entity.length) : "");
  return link(url, children) ?? el("span", {}, ...children);
}

/** Only addresses that open a page or a program, nothing that runs. */
export function link(address, children, look = "") {
  if (!/^(https?|mailto|tel|tg):/i.test(address)) return null;
  const properties = { href: address, target: "_blank", rel: "noopener noreferrer" };
  if (look) properties.class = look;
  return el("a", properties, ...children);
}

/** Plain text with its web addresses made into links. */
export function drawPlain(text) {
  const nodes = [];
  let at = 0;
  for (const hit of text.matchAll(ADDRESS)) {
    if (hit.index > at) nodes.push(text.slice(at, hit.index));
    nodes.push(link(hit[0], [hit[0]]));
    at = hit.index + hit[0].length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}
