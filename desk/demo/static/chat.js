// A chat on the screen: follows one person's chat, or a topic, and redraws only what has changed.

import { blocksOf, drawBubble, isOwn } from "./bubbles.js";
import { Refused } from "./doors.js";
import { el, find, toast } from "./dom.js";
import { dayOf, stage, words } from "./words.js";

const PAUSE = 2000; // after a failure, before the next try
const TYPES_FOR = 6000; // Telegram shows "typing" this long
const NEAR = 120; // pixels from the end that still count as reading the newest

const pause = (time) => new Promise((resume) => setTimeout(resume, time));

export class Chat {
  /** `on` has `change(chat)`, `choose(entry)`, `away(isAway)`. */
  constructor(root, door, on) {
    this.root = root;
    this.door = door;
    this.list = find(".chat", root);
    this.state = find(".chat-state", root);
    this.on = on;
    this.drawn = new Map();
    this.names = { bot: stage.bots.telegram };
    this.heldAt = -1; // where the list was put to show the beginning of a long message
    this.does = {
      choose: (entry) => this.on.choose(entry),
      tap: (entry, button, key) => this.tap(entry, button, key),
      jump: (id) => this.jump(id),
      show: (address) => showPicture(address),
      file: (id) => this.door.file(id),
    };
  }

  /** Follow this person's chat until another one is followed. */
  async follow(person) {
    this.leaving?.abort();
    const leaving = (this.leaving = new AbortController());
    this.person = person;
    this.now = null;
    this.drawn.clear();
    this.list.setAttribute("aria-busy", "true");
    this.list.replaceChildren();
    let after = -1;
    while (!leaving.signal.aborted) {
      try {
        const news = after < 0 ? await this.door.now(person.id) : await this.door.chat(person.id, after, leaving.signal);
        if (leaving.signal.aborted) return;
        this.on.away(false);
        if (news) {
          after = news.version;
          this.show(news);
        }
      } catch {
        if (leaving.signal.aborted) return;
        this.on.away(true);
        after = -1;
        await pause(PAUSE);
      }
    }
  }

  show(news) {
    const before = this.now;
    const follows = !before || this.isAtEnd() || Math.abs(this.list.scrollTop - this.heldAt) < 4;
    this.now = news;
    this.draw(blocksOf(news.entries), Boolean(before));
    this.showState(news);
    if (before) this.showAnswer(before.last_answer, news.last_answer);
    this.on.change(news);
    this.list.removeAttribute("aria-busy");
    const last = news.entries.at(-1);
    const ownIsNew = before && last && last.message_id !== before.entries.at(-1)?.message_id && isOwn(last, this.names);
    if (follows || ownIsNew) this.toNewest();
  }

  /** To the end; but of a message longer than the screen the beginning is shown. */
  toNewest() {
    const newest = this.list.lastElementChild;
    if (newest.offsetHeight <= this.list.clientHeight) return this.toEnd();
    this.list.scrollTo({ top: newest.offsetTop - this.list.offsetTop - 8 });
    this.heldAt = this.list.scrollTop;
    return undefined;
  }

  draw(blocks, isLater) {
    const byId = new Map(this.now.entries.map((entry) => [entry.message_id, entry]));
    const kept = new Map();
    const nodes = [];
    let day = "";
    for (const block of blocks) {
      const isOn = dayOf(new Date(block.entries[0].sent_at * 1000));
      if (isOn !== day) nodes.push(this.keep(kept, `day ${isOn}`, isOn, () => el("p", { class: "day" }, isOn)));
      day = isOn;
      const quoted = byId.get(block.entries[0].reply_to);
      const looks = JSON.stringify([block, quoted?.text]);
      nodes.push(this.keep(kept, block.key, looks, () => this.bubble(block, quoted, isLater)));
    }
    if (nodes.length === 0) nodes.push(this.keep(kept, "empty", "", () => drawEmpty(this.names.empty ?? words.empty)));
    this.drawn = kept;
    put(this.list, nodes);
  }

  /** The node of before when it would look the same, so that focus and reading stay where they are. */
  keep(kept, key, looks, draw) {
    const known = this.drawn.get(key);
    const held = known?.looks === looks ? known : { looks, node: draw() };
    kept.set(key, held);
    return held.node;
  }

  bubble(block, quoted, isLater) {
    const node = drawBubble(block, quoted, this.names, this.does);
    if (isLater && !this.drawn.has(block.key)) node.classList.add("is-fresh");
    for (const picture of node.querySelectorAll("img")) {
      picture.addEventListener("load", () => this.isAtEnd(320) && this.toEnd());
    }
    return node;
  }

  showState(news) {
    clearTimeout(this.typing);
    const isWriting = news.action !== "" && !news.blocked;
    this.state.classList.toggle("is-live", isWriting);
    this.state.textContent = isWriting ? words.typing : (this.names.state ?? words.bot);
    if (isWriting) this.typing = setTimeout(() => this.showState({ ...news, action: "" }), TYPES_FOR);
  }

  showAnswer(before, answer) {
    if (!answer || answer.id === before?.id || !answer.text) return;
    if (!answer.show_alert) toast(answer.text);
    else {
      find("#alert-text").textContent = answer.text;
      find("#alert").showModal();
    }
  }

  async tap(entry, button, key) {
    key.setAttribute("aria-busy", "true");
    try {
      await this.door.act(this.person.id, "taps", { message_id: entry.message_id, wanted: button.callback });
    } catch (error) {
      toast(error instanceof Refused ? words.not_tapped : words.not_sent);
    }
    setTimeout(() => key.removeAttribute("aria-busy"), 1500);
  }

  mark(entry) {
    for (const marked of this.list.querySelectorAll(".is-chosen")) marked.classList.remove("is-chosen");
    if (entry) find(`[data-message="${entry.message_id}"]`, this.list)?.classList.add("is-chosen");
  }

  jump(id) {
    const node = find(`[data-message="${id}"]`, this.list);
    node?.scrollIntoView({ block: "center" });
    node?.classList.add("is-chosen");
    setTimeout(() => node?.classList.remove("is-chosen"), 1200);
  }

  isAtEnd(near = NEAR) {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < near;
  }

  toEnd() {
    this.list.scrollTo({ top: this.list.scrollHeight }); // at once: news amid a slow one would not be followed
  }
}

function drawEmpty(text) {
  return el("div", { class: "chat-empty" }, el("img", { src: "static/icon.svg", alt: "", width: 52, height: 52 }), text);
}

/** Make `nodes` the children of `list`, touching only those that moved. */
function put(list, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, place) => {
    if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null);
  });
}

function showPicture(address) {
  const dialog = find("#picture");
  find("img", dialog).src = address;
  dialog.showModal();
}
