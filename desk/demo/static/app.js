// Puts the page together: who one is, which part is seen, what is new elsewhere.

import { Agents } from "./agents.js";
import { Chat } from "./chat.js";
import { Compose } from "./compose.js";
import { phones } from "./doors.js";
import { find, findAll, toast } from "./dom.js";
import { Mail } from "./mail.js";
import { say, stage, timeOf, words } from "./words.js";

const EVERY = 2000;
const WHO = "firstline demo: person";
const APP = "firstline demo: messenger";

const seen = new Map(); // person id: version of the chat that was last looked at
let unread = new Map();
let person = null;
let compose = null;

const chat = new Chat(find(".phone"), phones, {
  change(news) {
    seen.set(person.id, news.version);
    compose.fitTo(news);
  },
  choose(entry) {
    if (document.body.dataset.app === "viber") return; // which knows no quotes
    compose.choose(compose.about?.message_id === entry.message_id ? null : entry);
  },
  away(isAway) {
    const line = find("p.away");
    if (line.hidden === !isAway) return;
    line.textContent = isAway ? words.away : "";
    line.hidden = !isAway;
  },
});
compose = new Compose(find(".phone"), chat);
const agents = new Agents(find(".agents"), {
  isNew(isNew) {
    const isSeen = document.body.dataset.beside === "agents" && document.body.dataset.view !== "phone";
    for (const dot of findAll("[data-show=agents] .dot")) dot.hidden = !isNew || isSeen;
  },
});
const mail = new Mail(find(".mail"), {
  counts(counts) {
    unread = counts;
    find(".tabs [data-show=mail] .dot").hidden = !unread.get(person.id);
  },
});

function become(id) {
  person = stage.people.find((one) => one.id === id) ?? stage.people[0];
  sessionStorage.setItem(WHO, person.id);
  for (const button of findAll(".person")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.person) === person.id));
  }
  compose.become(person);
  mail.become(person);
  chat.follow(person);
  showNews(new Map());
}

/** Take the other messenger of the same person; what is new there is counted from now on. */
function take(app) {
  document.body.dataset.app = app;
  sessionStorage.setItem(APP, app);
  phones.use(app);
  seen.clear();
  chat.names.bot = stage.bots[app];
  find(".chat-title h2").textContent = stage.bots[app];
  for (const button of findAll("[data-messenger]")) {
    button.setAttribute("aria-pressed", String(button.dataset.messenger === app));
  }
  if (person) become(person.id);
}

function showPart(part) {
  document.body.dataset.view = part;
  if (part === "mail" || part === "agents") document.body.dataset.beside = part;
  for (const button of findAll(".tabs button")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === part));
  }
  for (const button of findAll(".beside button")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === document.body.dataset.beside));
  }
  if (part === "agents") agents.see();
  if (part === "phone") chat.toEnd();
}

/** Mark who of the others has something new, in chat or mail. */
function showNews(versions) {
  for (const button of findAll(".person")) {
    const id = Number(button.dataset.person);
    const isOther = id !== person.id;
    const hasNews = isOther && versions.has(id) && versions.get(id) > (seen.get(id) ?? versions.get(id));
    if (isOther && versions.has(id) && !seen.has(id)) seen.set(id, versions.get(id));
    const dot = find(".dot", button);
    if (!versions.size && isOther) continue;
    dot.hidden = !hasNews;
    const name = find(".person-name", button).textContent;
    if (hasNews) button.setAttribute("aria-label", say("unread", { name }));
    else button.removeAttribute("aria-label");
  }
}

async function watchOthers() {
  for (;;) {
    if (!document.hidden) {
      const listed = await phones.people().catch(() => null);
      if (listed) showNews(new Map(listed.people.map((one) => [one.id, one.version])));
    }
    find(".clock").textContent = timeOf(new Date());
    await new Promise((resume) => setTimeout(resume, EVERY));
  }
}

for (const button of findAll(".person")) button.addEventListener("click", () => become(Number(button.dataset.person)));
for (const button of findAll("[data-messenger]")) button.addEventListener("click", () => take(button.dataset.messenger));
for (const button of findAll("[data-show]")) button.addEventListener("click", () => showPart(button.dataset.show));
for (const button of findAll("[data-opens]")) button.addEventListener("click", () => find(`#${button.dataset.opens}`).showModal());

find(".copy").addEventListener("click", async () => {
  const code = find(".snippet code");
  try {
    await navigator.clipboard.writeText(code.textContent);
    toast(words.copied);
  } catch {
    getSelection().selectAllChildren(code); // the next Ctrl+C takes it
  }
});

document.addEventListener("click", (event) => {
  for (const menu of findAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (event.target instanceof HTMLDialogElement) event.target.close();
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && find("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  find("summary", menu).focus();
});

take(sessionStorage.getItem(APP) in stage.bots ? sessionStorage.getItem(APP) : "telegram");
become(Number(sessionStorage.getItem(WHO)));
mail.watch();
agents.watch();
watchOthers();
