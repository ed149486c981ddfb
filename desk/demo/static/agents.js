// The agents' Telegram: who one is there, the group's topics, the one that is open.

import { Chat } from "./chat.js";
import { Compose } from "./compose.js";
import { agentPhones } from "./doors.js";
import { el, find, findAll } from "./dom.js";
import { stage, timeOf, words } from "./words.js";

const PAUSE = 2000; // after a failure, before the next try
const WHO = "firstline demo: agent";

export class Agents {
  /** `on` has `isNew(whether something is there that was not looked at)`. */
  constructor(root, on) {
    this.root = root;
    this.on = on;
    this.list = find(".places", root);
    this.seen = null; // place: newest message that was looked at
    this.groups = [];
    this.chat = new Chat(root, agentPhones, {
      change: (news) => this.compose.fitTo(news),
      choose: (entry) => this.compose.choose(this.compose.about?.message_id === entry.message_id ? null : entry),
      away: () => undefined, // which the phone says already
    });
    this.compose = new Compose(root, this.chat);
    for (const button of findAll("[data-agent]", root)) {
      button.addEventListener("click", () => this.become(Number(button.dataset.agent)));
    }
    find(".back", root).addEventListener("click", () => this.showPane("list"));
  }

  async watch() {
    this.become(Number(sessionStorage.getItem(WHO)) || stage.desk.people[0].id);
  }

  become(id) {
    this.me = stage.desk.people.find((one) => one.id === id) ?? stage.desk.people[0];
    sessionStorage.setItem(WHO, this.me.id);
    for (const button of findAll("[data-agent]", this.root)) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.agent) === this.me.id));
    }
    this.place = null;
    this.seen = null;
    this.follow();
  }

  /** Follow what is new in the groups of this agent until another one is followed. */
  async follow() {
    this.leaving?.abort();
    const leaving = (this.leaving = new AbortController());
    let after = -1;
    while (!leaving.signal.aborted) {
      const news = await agentPhones.places(this.me.id, after, leaving.signal).catch(() => undefined);
      if (leaving.signal.aborted) return;
      if (news) this.take(news);
      after = news === undefined ? -1 : (news?.version ?? after);
      if (news === undefined) await new Promise((resume) => setTimeout(resume, PAUSE));
    }
  }

  take(news) {
    this.groups = news.groups;
    const places = this.places();
    this.seen ??= new Map(places.map((place) => [place.key, place.newest]));
    const isThere = places.some((place) => place.key === this.place?.key);
    if (!isThere) this.open(places[1] ?? places[0], { isChosen: false });
    this.draw();
  }

  /** Where one may write: the own chat with the bot, and each topic of each group. */
  places() {
    const own = { key: String(this.me.id), title: stage.desk.bot, about: words.bot, newest: 0, starters: stage.desk.commands };
    const topics = this.groups.flatMap((group) => group.topics.map((topic) => this.topic(group, topic)));
    return [own, ...topics];
  }

  topic(group, topic) {
    return {
      key: `${this.me.id}/groups/${group.id}/topics/${topic.id}`,
      title: topic.id ? topic.name : words.general,
      about: group.title,
      group: group.title,
      newest: topic.newest.message_id,
      last: topic.newest,
      isClosed: topic.is_closed,
      isInGroup: true,
      starters: topic.id ? stage.desk.words : stage.desk.commands,
    };
  }

  open(place, { isChosen = true } = {}) {
    this.place = place;
    find(".chat-title h3", this.root).textContent = place.title;
    this.chat.names = { bot: stage.desk.bot, me: this.me.id, state: place.about, empty: place.isInGroup ? words.no_tickets : undefined };
    const seat = { id: place.key, language: "en", openers: place.starters, answers: place.starters, isInGroup: place.isInGroup };
    this.compose.become(seat);
    find("textarea", this.root).placeholder = words.note_hint;
    this.chat.follow(seat);
    if (isChosen) this.showPane("chat");
    this.draw();
  }

  showPane(pane) {
    this.root.dataset.pane = pane;
    this.draw();
  }

  /** The page shows this part now. */
  see() {
    this.draw();
    this.chat.toEnd();
  }

  get isVisible() {
    return this.root.offsetParent !== null;
  }

  draw() {
    if (!this.seen || !this.place) return;
    const places = this.places();
    const now = places.find((place) => place.key === this.place.key);
    if (now) {
      if (this.isVisible) this.seen.set(now.key, now.newest);
      find(".chat-title h3", this.root).textContent = now.title;
    }
    const isNew = (place) => place.newest > (this.seen.get(place.key) ?? 0);
    const held = this.list.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    const headed = places.map((place, at) => [place.group !== places[at - 1]?.group && this.head(place.group), this.row(place, isNew(place))]);
    this.list.replaceChildren(...headed.flat().filter(Boolean));
    if (held) find(`[data-place="${held}"]`, this.list)?.focus();
    this.on.isNew(places.some(isNew));
  }

  head(group) {
    return group && el("li", { class: "place-group", translate: "no" }, group);
  }

  row(place, isNew) {
    const last = place.last?.message_id ? place.last : null;
    const said = last && (words[last.kind]?.includes("%") ? "" : last.text || words[last.kind] || "");
    const button = el(
      "button",
      { type: "button", class: "place", "data-place": place.key, "aria-current": place.key === this.place.key && "true", onclick: () => this.open(place) },
      el("span", { class: "place-title", translate: "no" }, place.title),
      last && el("time", {}, timeOf(new Date(last.sent_at * 1000))),
      el("span", { class: "place-last" }, said ? `${last.author_name}: ${said.replace(/\s+/g, " ")}` : place.isInGroup ? "" : place.about),
      place.isClosed && el("span", { class: "place-closed" }, words.closed),
      isNew && el("span", { class: "dot" }),
    );
    return el("li", {}, button);
  }
}
