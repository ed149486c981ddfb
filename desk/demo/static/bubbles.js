// Draws one message, or the photos of one album as one message. What a tap does is left to chat.js.

import { el, icon } from "./dom.js";
import { drawRich, link } from "./rich.js";
import { say, sizeOf, timeOf, words } from "./words.js";

const SERVICE = new Set(["forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"]);
const SHOWN = { voice: "voice", audio: "voice", video: "file", document: "file" };

/** Messages in the order of the chat, albums together: `{ key, entries }`. */
export function blocksOf(entries) {
  const blocks = [];
  for (const entry of entries) {
    if (entry.deleted) continue;
    const last = blocks.at(-1);
    if (last && entry.media_group_id && last.album === entry.media_group_id) last.entries.push(entry);
    else blocks.push({ key: entry.message_id, album: entry.media_group_id, entries: [entry] });
  }
  return blocks;
}

/** Whether the one who looks has written it; in a group others do, too. */
export const isOwn = (entry, names) => (names.me ? entry.author === names.me : !entry.from_bot);

const authorOf = (entry, names) => (isOwn(entry, names) ? words.you : entry.from_bot ? names.bot : entry.author_name);

/** `does` has `choose(entry)`, `tap(entry, button, key)`, `jump(id)`, `show(address)`, `file(id)`. */
export function drawBubble(block, quoted, names, does) {
  const [entry] = block.entries;
  if (SERVICE.has(entry.kind)) return el("p", { class: "day" }, say(entry.kind, { name: entry.author_name }));
  const name = authorOf(entry, names);
  const isOthers = names.me && !isOwn(entry, names);
  const has = entry.buttons.length ? " has-keys" : "";
  const choose = (event) => {
    if (!event.target.closest("a, button, .spoiler") && getSelection().isCollapsed) does.choose(entry);
  };
  return el(
    "div",
    { class: `said${isOwn(entry, names) ? " is-own" : ""}${has}`, "data-message": entry.message_id },
    el(
      "div",
      { class: "bubble", onclick: choose },
      isOthers ? el("strong", { class: "author", translate: "no" }, name) : el("span", { class: "unseen" }, `${name}: `),
      quoted && drawQuoted(quoted, names, does),
      ...drawFiles(block, does),
      ...drawWords(block),
      drawFoot(block),
    ),
    el(
      "button",
      { type: "button", class: "answer-this", title: words.reply, "aria-label": words.reply, onclick: () => does.choose(entry) },
      icon("reply"),
    ),
    entry.buttons.length > 0 && drawKeys(entry, does),
  );
}

/** One line that stands for a message: in quotes and above the compose bar. */
export function briefOf(entry) {
  return entry.text.replace(/\s+/g, " ").slice(0, 120) || entry.files[0]?.name || words[entry.kind] || words.other;
}

function drawQuoted(entry, names, does) {
  return el(
    "button",
    { type: "button", class: "quoted", onclick: () => does.jump(entry.message_id) },
    el("strong", {}, authorOf(entry, names)),
    el("span", {}, briefOf(entry)),
  );
}

function drawWords(block) {
  const spoken = block.entries.find((entry) => entry.text);
  if (spoken) return [el("p", { class: "bubble-text" }, ...drawRich(spoken.text, spoken.entities))];
  const [entry] = block.entries;
  return entry.files.length || entry.kind === "text" ? [] : [el("p", { class: "bubble-text" }, words[entry.kind] ?? words.other)];
}

function drawFiles(block, does) {
  const files = block.entries.flatMap((entry) => entry.files);
  const photos = files.filter((file) => file.kind === "photo");
  const others = files.filter((file) => file.kind !== "photo");
  const drawn = others.map((file) => drawFile(file, does));
  if (photos.length) drawn.unshift(el("div", { class: "photos" }, ...photos.map((photo) => drawPhoto(photo, does))));
  return drawn;
}

function drawPhoto(photo, does) {
  const address = does.file(photo.file_id);
  const picture = el("img", { src: address, alt: words.photo });
  return el("button", { type: "button", "aria-label": words.opened_photo, onclick: () => does.show(address) }, picture);
}

function drawFile(file, does) {
  const name = file.name || words[file.kind] || words.file;
  return el(
    "a",
    { class: "attached", href: does.file(file.file_id), download: file.name || true },
    icon(SHOWN[file.kind] ?? "file"),
    el("span", {}, el("b", {}, name), el("small", {}, sizeOf(file.size))),
  );
}

function drawFoot(block) {
  const moment = new Date(block.entries.at(-1).sent_at * 1000);
  const foot = el("p", { class: "bubble-foot" });
  const reactions = block.entries.flatMap((entry) => entry.reactions);
  if (reactions.length) foot.append(el("span", {}, reactions.join(" ")));
  if (block.entries.some((entry) => entry.edited)) foot.append(el("span", {}, words.edited));
  foot.append(el("time", { datetime: moment.toISOString() }, timeOf(moment)));
  return foot;
}

function drawKeys(entry, does) {
  const rows = entry.buttons.map((row) =>
    el("div", { class: "keys-row" }, ...row.map((button) => drawKey(entry, button, does))),
  );
  return el("div", { class: "keys" }, ...rows);
}

function drawKey(entry, button, does) {
  if (button.url) return link(button.url, [button.label], "key") ?? el("span", { class: "key" }, button.label);
  const tap = (event) => does.tap(entry, button, event.currentTarget);
  return el("button", { type: "button", class: "key", onclick: tap }, button.label);
}

export const labelOf = (entry, names) =>
  isOwn(entry, names) ? words.replying_own : say("replying", { name: authorOf(entry, names) });
