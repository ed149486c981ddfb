// What the person does on the phone: write, answer a message, correct, send files, press keys.

import { briefOf, isOwn, labelOf } from "./bubbles.js";
import { Refused } from "./doors.js";
import { el, find, findAll, toast } from "./dom.js";
import { link } from "./rich.js";
import { feed, isPicture, Tray } from "./tray.js";
import { words } from "./words.js";

export class Compose {
  constructor(root, chat) {
    this.root = root;
    this.chat = chat;
    this.form = find(".compose", root);
    this.text = find("textarea", this.form);
    this.start = find(".start", this.form);
    this.bar = find(".about-message", this.form);
    this.row = find(".compose-row", this.form);
    this.tray = new Tray(find(".tray", this.form));
    this.drafts = new Map();
    feed(this.tray, { input: find("input[type=file]", this.form), text: this.text, place: find(".screen", root), options: { asPhotos: true } });
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.text.addEventListener("input", () => this.fit());
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.choose(null);
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    this.start.addEventListener("click", () => this.act(this.isBlocked ? "unblock" : "start"));
    find(".cancel", this.bar).addEventListener("click", () => this.choose(null));
    find(".correct", this.bar).addEventListener("click", () => this.correct());
    find(".take-back", this.bar).addEventListener("click", () => this.takeBack());
    for (const choice of findAll(".chat-menu [data-does]", this.root)) {
      choice.addEventListener("click", () => this.pick(choice.dataset.does));
    }
  }

  /** Change the person; what was typed stays with the one who typed it. */
  become(person) {
    if (this.person) this.drafts.set(this.person.id, this.text.value);
    this.person = person;
    this.tray.take();
    this.choose(null);
    this.fill(this.drafts.get(person.id) ?? "", { focuses: false });
  }

  /** Fit the bar to the chat: empty, blocked or going on. */
  fitTo(news) {
    const isEmpty = news.entries.length === 0 && !this.person.isInGroup;
    this.isBlocked = news.blocked;
    this.start.hidden = !(isEmpty || news.blocked);
    this.start.textContent = news.blocked ? words.unblock : words.start;
    this.row.hidden = !this.start.hidden;
    const block = find("[data-does=block]", this.root);
    if (block) block.textContent = news.blocked ? words.unblock : words.block;
    this.drawStarters(news);
    this.drawKeyboard(news.keyboard);
  }

  drawStarters(news) {
    const last = news.entries.findLast((entry) => !entry.deleted);
    const isAsked = last?.from_bot && news.entries.some((entry) => !entry.from_bot && !entry.text.startsWith("/"));
    const asksNow = isAsked && last.buttons.length > 0;
    const texts = news.blocked || this.about || news.keyboard.length ? [] : asksNow ? this.person.answers : this.person.openers;
    const chips = texts.map((text) =>
      el("button", { type: "button", class: "starter", lang: this.person.language, onclick: () => this.prepare(text) }, text),
    );
    find(".starters", this.root).replaceChildren(...chips);
  }

  async prepare(text) {
    if (!this.start.hidden) await this.act("start");
    this.row.hidden = false;
    this.start.hidden = true;
    this.fill(text);
  }

  drawKeyboard(rows) {
    const place = find(".under-keys", this.root);
    place.hidden = rows.length === 0;
    const press = (text) => el("button", { type: "button", class: "key", onclick: () => this.act("presses", { label: text }) }, text);
    const key = ({ text, url }) => (url ? link(url, [text], "key") : null) ?? press(text);
    place.replaceChildren(...rows.map((row) => el("div", { class: "keys-row" }, ...row.map(key))));
  }

  pick(what) {
    find(".chat-menu", this.root).open = false;
    if (what === "contact") this.act("contacts");
    else this.act(this.isBlocked ? "unblock" : "block");
  }

  /** Choose a message to answer, or none. */
  choose(entry) {
    this.about = entry;
    this.corrects = false;
    this.chat.mark(entry);
    this.bar.hidden = !entry;
    if (this.chat.now && this.person === this.chat.person) this.drawStarters(this.chat.now);
    if (!entry) return;
    find(".about-whom", this.bar).textContent = labelOf(entry, this.chat.names);
    find(".about-what", this.bar).textContent = briefOf(entry);
    find(".correct", this.bar).hidden = !isOwn(entry, this.chat.names) || !entry.text;
    find(".take-back", this.bar).hidden = !isOwn(entry, this.chat.names);
    this.text.focus();
  }

  correct() {
    this.corrects = true;
    find(".about-whom", this.bar).textContent = words.correcting;
    find(".correct", this.bar).hidden = true;
    find(".take-back", this.bar).hidden = true;
    this.fill(this.about.text);
  }

  takeBack() {
    const { about } = this;
    this.choose(null);
    this.act("deletions", { message_id: about.message_id });
  }

  fill(text, { focuses = true } = {}) {
    this.text.value = text;
    this.fit();
    if (focuses) this.text.focus();
  }

  fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }

  async send() {
    const text = this.text.value.trim();
    const { about, corrects } = this;
    const files = this.tray.take();
    if (!text && files.length === 0) return this.text.focus();
    this.fill("");
    this.choose(null);
    const isOut = corrects
      ? await this.act("edits", { message_id: about.message_id, text })
      : files.length
        ? await this.sendFiles(files, text)
        : await this.act("messages", { text, reply_to: about?.message_id ?? null });
    if (isOut) return undefined;
    this.fill(text);
    return this.tray.add(files);
  }

  async sendFiles(files, text) {
    const photos = files.filter(isPicture);
    const others = files.filter((file) => !isPicture(file));
    const said = await this.attempt(async () => {
      if (photos.length) await this.chat.door.send(this.person.id, "photos", photos, text);
      if (others.length) await this.chat.door.send(this.person.id, "documents", others, photos.length ? "" : text);
    });
    return said;
  }

  act(what, wish = {}) {
    return this.attempt(() => this.chat.door.act(this.person.id, what, wish));
  }

  async attempt(sending) {
    try {
      await sending();
      return true;
    } catch (error) {
      toast(error instanceof Refused ? `${words.not_sent} (${error.message})` : words.not_sent);
      return false;
    }
  }
}
