// Draws mails: a row of the list, and the whole mail with what came before folded away.

import { mailboxes } from "./doors.js";
import { el, icon } from "./dom.js";
import { drawPlain } from "./rich.js";
import { dayOf, say, sizeOf, stage, timeOf, words } from "./words.js";

/** Sent mail goes to the support address, whatever mark of the ticket its own one carries. */
export const whoOf = (mail) => (mail.isSent ? stage.support : mail.from_name || mail.from_address);

/** The words of a mail; of one that has only HTML, its text. Parsing runs and loads nothing. */
export function textOf(mail) {
  if (mail.text.trim() || !mail.html) return mail.text;
  const read = new DOMParser().parseFromString(mail.html, "text/html");
  for (const silent of read.querySelectorAll("style, script, head")) silent.remove();
  return read.body.textContent.trim();
}

/** `[new words, quoted words]`: quoted is everything from the first block of `>` lines on. */
export function partsOf(text) {
  const lines = text.split("\n");
  let cut = lines.findIndex((line) => line.startsWith(">"));
  if (cut < 1) return [text.trim(), ""];
  while (cut > 0 && lines[cut - 1].trim() === "") cut -= 1;
  if (cut > 0 && /[:：]\s*$/.test(lines[cut - 1])) cut -= 1;
  const fresh = lines.slice(0, cut).join("\n").trim();
  return fresh ? [fresh, lines.slice(cut).join("\n").trim()] : [text.trim(), ""];
}

export function drawRow(mail, { isUnread, isOpen, open }) {
  const moment = new Date(mail.received_at);
  const day = dayOf(moment);
  const time = el("time", { class: "row-time", datetime: mail.received_at }, day === words.today ? timeOf(moment) : day);
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: `letter-row${isUnread ? " is-unread" : ""}`, "aria-current": isOpen ? "true" : null, onclick: open },
      el("span", { class: "row-who" }, whoOf(mail)),
      time,
      el("span", { class: "row-subject" }, mail.subject || words.no_subject),
      el("span", { class: "row-text" }, partsOf(textOf(mail))[0].replace(/\s+/g, " ").slice(0, 90)),
    ),
  );
}

/** The children of the reading pane's article. */
export function drawLetter(mail, address) {
  const moment = new Date(mail.received_at);
  const who = whoOf(mail);
  const [fresh, earlier] = partsOf(textOf(mail));
  const shown = [
    el("h3", {}, mail.subject || words.no_subject),
    el(
      "div",
      { class: "letter-from" },
      el("span", { class: "avatar", "aria-hidden": "true" }, mail.isSent ? icon("sent") : who.slice(0, 1).toUpperCase()),
      el(
        "div",
        {},
        el("b", {}, say(mail.isSent ? "to" : "from", { name: who })),
        el("small", {}, mail.isSent ? mail.to.filter((to) => to !== stage.support).join(", ") : mail.from_address),
      ),
      el("time", { datetime: mail.received_at }, `${dayOf(moment)}, ${timeOf(moment)}`),
    ),
    el("div", { class: "letter-body" }, ...drawPlain(fresh)),
  ];
  if (mail.attachments.length) shown.push(drawFiles(mail, address));
  if (earlier) {
    shown.push(el("details", {}, el("summary", {}, words.earlier), el("div", { class: "letter-body" }, ...drawPlain(earlier))));
  }
  return shown;
}

function drawFiles(mail, address) {
  const rows = mail.attachments.map((file, place) =>
    el(
      "li",
      {},
      el("a", { href: mailboxes.file(address, mail.uid, place), download: file.name || true }, icon("file"), `${file.name || words.file} · ${sizeOf(file.bytes)}`),
    ),
  );
  return el("ul", { class: "letter-files" }, ...rows);
}
