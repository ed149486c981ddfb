// The mailbox of one person: looks for new mail now and then, reads, writes and answers.

import { mailboxes, Refused } from "./doors.js";
import { el, find, findAll, icon, toast } from "./dom.js";
import { drawLetter, drawRow } from "./letters.js";
import { feed, Tray } from "./tray.js";
import { say, stage, words } from "./words.js";

const EVERY = 2000;
const READ = "firstline demo: read mails";

export class Mail {
  /** `on` has `counts(unreadByAddress)`. */
  constructor(root, on) {
    this.root = root;
    this.on = on;
    this.boxes = new Map(); // address: its mails, oldest first
    this.read = new Set(JSON.parse(sessionStorage.getItem(READ) ?? "[]"));
    this.folder = "inbox";
    this.article = find(".letter", root);
    this.form = find(".letter-form", root);
    this.tray = new Tray(find(".tray", this.form));
    feed(this.tray, { input: find("input[type=file]", this.form), text: this.form.elements.text, place: this.form });
    this.listen();
  }

  listen() {
    find(".write", this.root).addEventListener("click", () => this.write());
    find(".back", this.root).addEventListener("click", () => this.close());
    find(".cancel", this.form).addEventListener("click", () => this.stopWriting());
    find(".prepared", this.form).addEventListener("click", () => this.prepare());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    for (const choice of findAll("[data-folder]", this.root)) {
      choice.addEventListener("click", () => this.openFolder(choice.dataset.folder));
    }
  }

  become(person) {
    this.person = person;
    find(".mail-address", this.root).textContent = person.email;
    this.stopWriting();
    this.openFolder("inbox");
  }

  openFolder(folder) {
    this.folder = folder;
    for (const choice of findAll("[data-folder]", this.root)) {
      choice.setAttribute("aria-pressed", String(choice.dataset.folder === folder));
    }
    this.close();
  }

  // looking for mail

  async watch() {
    for (;;) {
      if (!document.hidden) await this.look();
      await new Promise((resume) => {
        this.wake = resume;
        setTimeout(resume, EVERY);
      });
    }
  }

  async look() {
    try {
      const { mailboxes: rows } = await mailboxes.counts();
      const wanted = [stage.support, ...stage.people.map((person) => person.email)];
      const counts = new Map(rows.map((row) => [row.address, row.mails]));
      const grown = wanted.filter((address) => counts.get(address.toLowerCase()) !== this.mails(address).length);
      for (const address of grown) await this.fetch(address, counts.get(address.toLowerCase()) ?? 0);
      if (grown.length) this.draw();
    } catch {
      // The chat next to it says when the demo is away.
    }
  }

  async fetch(address, count) {
    const known = this.mails(address);
    if (count < known.length) known.length = 0; // the demo was started anew
    const { mails } = await mailboxes.mails(address, known.at(-1)?.uid ?? 0);
    const isNews = this.boxes.has(address);
    this.boxes.set(address, [...known, ...mails]);
    if (isNews && address === this.person.email && mails.length) {
      toast(say("new_mail", { subject: mails.at(-1).subject || words.no_subject }));
    }
  }

  mails(address) {
    return this.boxes.get(address) ?? [];
  }

  /** What the folder holds, newest first. Sent mail is what the help desk has from this person. */
  shown() {
    if (this.folder === "inbox") return [...this.mails(this.person.email)].reverse();
    return this.mails(stage.support)
      .filter((mail) => mail.from_address.toLowerCase() === this.person.email)
      .map((mail) => ({ ...mail, isSent: true }))
      .reverse();
  }

  isUnread(mail) {
    return !mail.isSent && !this.read.has(mail.message_id);
  }

  unreadOf(address) {
    return this.mails(address).filter((mail) => this.isUnread(mail)).length;
  }

  // reading

  draw() {
    const mails = this.shown();
    const rows = mails.map((mail) =>
      drawRow(mail, { isUnread: this.isUnread(mail), isOpen: mail.message_id === this.opened?.message_id, open: () => this.open(mail) }),
    );
    const list = find(".letters", this.root);
    const held = list.contains(document.activeElement) ? [...list.children].findIndex((row) => row.contains(document.activeElement)) : -1;
    list.replaceChildren(...(rows.length ? rows : [el("li", { class: "none" }, this.folder === "inbox" ? words.no_mails : words.no_sent)]));
    if (held >= 0) find("button", list.children[Math.min(held, rows.length - 1)] ?? list)?.focus();
    const unread = this.unreadOf(this.person.email);
    const count = find(".count", this.root);
    count.hidden = unread === 0;
    count.textContent = unread;
    this.on.counts(new Map(stage.people.map((person) => [person.id, this.unreadOf(person.email)])));
  }

  open(mail) {
    this.stopWriting();
    this.opened = mail;
    this.read.add(mail.message_id);
    sessionStorage.setItem(READ, JSON.stringify([...this.read]));
    const address = mail.isSent ? stage.support : this.person.email;
    this.article.replaceChildren(...drawLetter(mail, address));
    if (!mail.isSent) {
      const answer = el("button", { type: "button", class: "button", onclick: () => this.answer(mail) }, icon("reply"), words.reply);
      this.article.append(answer);
    }
    this.show("letter");
    this.draw();
    this.article.focus({ preventScroll: true });
    find(".mail-pane", this.root).scrollTop = 0;
  }

  close() {
    this.opened = null;
    this.show("list");
    this.draw();
  }

  /** Decide which of list, mail, form and hint is seen. */
  show(pane) {
    this.root.dataset.pane = pane;
    this.article.hidden = !this.opened;
    find(".nothing", this.root).hidden = Boolean(this.opened) || !this.form.hidden;
  }

  // writing

  write() {
    this.opened = null;
    this.startWriting(null);
    this.form.elements.subject.focus();
    this.draw();
  }

  answer(mail) {
    this.startWriting(mail);
    find(".button:last-child", this.article).hidden = true;
    this.form.elements.text.focus();
    this.form.scrollIntoView({ block: "nearest" });
  }

  startWriting(mail) {
    this.answers = mail;
    for (const part of [".letter-form-title", ".letter-to", ".letter-subject", ".prepared"]) {
      find(part, this.form).hidden = mail !== null;
    }
    find(".prepared", this.form).hidden = mail !== null || !this.person.mail;
    this.form.hidden = false;
    this.show("letter");
  }

  stopWriting() {
    this.form.reset();
    this.form.hidden = true;
    this.tray.take();
    for (const hidden of findAll(".letter > .button[hidden]", this.root)) hidden.hidden = false;
    this.show(this.opened ? "letter" : "list");
  }

  prepare() {
    this.form.elements.subject.value = this.person.mail.subject;
    this.form.elements.text.value = this.person.mail.text;
    this.form.elements.text.focus();
    this.form.elements.text.setSelectionRange(0, 0);
  }

  async send() {
    const subject = this.form.elements.subject.value.trim();
    const text = this.form.elements.text.value.trim();
    if (!text && this.tray.files.length === 0) {
      toast(words.missing_text);
      return this.form.elements.text.focus();
    }
    const button = find("[type=submit]", this.form);
    button.disabled = true;
    try {
      const attachments = await Promise.all(this.tray.files.map(enclose));
      const { email, name } = this.person;
      if (this.answers) await mailboxes.reply(email, this.answers.uid, { name, text, attachments });
      else await mailboxes.write(email, { name, subject, text: `${text}\n`, attachments });
      this.stopWriting();
      toast(words.sent_mail);
      this.wake?.();
    } catch (error) {
      toast(error instanceof Refused ? `${words.not_sent} (${error.message})` : words.not_sent);
    } finally {
      button.disabled = false;
    }
    return undefined;
  }
}

async function enclose(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return { name: file.name, media_type: file.type || "application/octet-stream", base64: btoa(binary) };
}
