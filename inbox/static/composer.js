// The box to answer in: keeps drafts, sends by Ctrl+Enter, and never loses words to a bad connection.

import { address, isLogin, parse, swapRegions } from "./regions.js";
import { tellLength } from "./ways.js";

const LARGEST = 25 * 1024 * 1024;
const key = `draft ${address.pathname}`;
let busy = false;

const find = () => document.querySelector("[data-composer]");

function say(form, text) {
  const problem = form.querySelector("[data-problem]");
  problem.textContent = text;
  problem.hidden = !text;
}

function pressed(form) {
  return [...form.querySelectorAll("button.main")].find((button) => button.offsetParent !== null);
}

function isTooLarge(form) {
  const files = [...form.elements.files.files];
  return files.reduce((sum, file) => sum + file.size, 0) > LARGEST;
}

async function post(address, body) {
  const response = await fetch(address, { method: "POST", body });
  return { response, page: parse(await response.text()) };
}

// The proof of a session that came after the page's: nothing was done, and the same agent need not
// press twice. Somebody else is to see first whose words they send.
function laterProof(page, body) {
  const proof = page.querySelector("[data-composer]")?.elements.csrf.value;
  const isSameAgent = page.body.dataset.agent === document.body.dataset.agent;
  return isSameAgent && proof !== body.get("csrf") ? proof : undefined;
}

async function postInSession(address, body) {
  const answer = await post(address, body);
  const proof = answer.response.status === 403 ? laterProof(answer.page, body) : undefined;
  if (!proof) return answer;
  body.set("csrf", proof);
  return post(address, body);
}

async function send(form, button) {
  const notes = form.querySelector("[data-problem]").dataset;
  if (isTooLarge(form)) { say(form, notes.large); return; }
  const body = new FormData(form);
  if (button?.name) body.set(button.name, button.value);
  let answer;
  try {
    answer = await postInSession(button?.getAttribute("formaction") ?? form.getAttribute("action"), body);
  } catch {
    say(form, notes.offline);
    return;
  }
  const { response, page } = answer;
  if (isLogin(response)) { say(form, notes.signedOut); return; }
  swapRegions(page);
  if (response.ok) { finish(form, page, body.get("text")); return; }
  const fresh = page.querySelector("[data-composer]");
  if (fresh) form.elements.csrf.value = fresh.elements.csrf.value;
  say(form, (page.querySelector(".problem") ?? page.querySelector("main p:not([class])"))?.textContent ?? notes.offline);
}

function finish(form, page, sent) {
  const { text, mode } = form.elements;
  const more = (text.value.startsWith(sent) ? text.value.slice(sent.length) : text.value).trimStart();
  const fresh = page.querySelector("[data-composer]");
  form.replaceWith(fresh);
  if (more) { // typed meanwhile
    fresh.elements.text.value = more;
    fresh.elements.mode.value = mode.value;
  }
  keepDraft(fresh);
  document.querySelector(".timeline > li:last-child")?.scrollIntoView({ block: "nearest" });
  fresh.elements.text.focus({ preventScroll: true });
  tellLength(fresh);
}

async function submit(event) {
  const form = event.target.closest?.("[data-composer]");
  if (!form) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  const buttons = form.querySelectorAll("button");
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  await send(form, event.submitter);
  buttons.forEach((button) => button.removeAttribute("aria-disabled"));
  busy = false;
}

function hearTyping(event) {
  const form = event.target.closest?.("[data-composer]");
  if (!form) return;
  tellLength(form);
  keepDraft(form);
}

function keepDraft(form) {
  const { text, mode } = form.elements;
  if (text.value) sessionStorage.setItem(key, JSON.stringify([mode.value, text.value]));
  else sessionStorage.removeItem(key);
}

function restoreDraft(form) {
  const kept = sessionStorage.getItem(key);
  if (!kept || form.elements.text.value) return;
  const [mode, text] = JSON.parse(kept);
  form.elements.mode.value = mode;
  form.elements.text.value = text;
}

function sendByKey(event) {
  const form = event.target.closest?.("[data-composer]");
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(pressed(form));
}

// On a phone the box grows once it has the focus: its tabs would slip away from under the finger.
function keepTabsInPlace(event) {
  if (event.target.closest?.("[data-composer] .modes label")) event.preventDefault();
}

function attachPasted(event) {
  const form = event.target.closest?.("[data-composer]");
  const pasted = [...(event.clipboardData?.files ?? [])];
  if (!form || !pasted.length) return;
  event.preventDefault();
  const all = new DataTransfer();
  [...form.elements.files.files, ...pasted].forEach((file) => all.items.add(file));
  form.elements.files.files = all.files;
}

export function takeCareOfComposer() {
  const form = find();
  if (!form) return;
  restoreDraft(form);
  tellLength(form);
  document.addEventListener("submit", submit);
  document.addEventListener("swapped", () => tellLength(find()));
  document.addEventListener("input", hearTyping);
  document.addEventListener("keydown", sendByKey);
  document.addEventListener("mousedown", keepTabsInPlace);
  document.addEventListener("paste", attachPasted);
}
