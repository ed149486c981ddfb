// Where a page is had again; puts its fresh copy into place, part by part, and leaves alone what is
// in use.

// Not the location: that is a form's own where the page is the answer to a post that was refused.
export const address = new URL(document.body.dataset.address, location.origin);

const arrived = new WeakMap(); // each item as the server sent it, before scripts touched it

function remember(root) {
  for (const item of root.querySelectorAll("[data-region] > li[id]")) arrived.set(item, item.outerHTML);
}

// Where a page marks no option, the browser shows the first: nobody has chosen that one.
function firstChoice(select) {
  return Math.max(0, [...select.options].findLastIndex((option) => option.defaultSelected));
}

function isTouched(control) {
  if (control.matches("select")) return control.selectedIndex !== firstChoice(control);
  return control.checked !== control.defaultChecked || control.value !== control.defaultValue;
}

function isInUse(region) {
  if (region.matches(":active")) return true; // pressed: what goes meanwhile is never clicked
  const active = document.activeElement;
  if (active?.matches("select, input, textarea") && region.contains(active)) return true;
  return [...region.querySelectorAll("select, input, textarea")].some(isTouched);
}

function keepOpen(old, next) {
  const opened = [...old.querySelectorAll("details")];
  next.querySelectorAll("details").forEach((part, at) => { part.open = opened[at]?.open ?? false; });
}

function mergeItems(old, next) {
  const known = new Map([...old.children].map((item) => [item.id, item]));
  const items = [...next.children].map((item) => {
    const before = known.get(item.id);
    if (before && arrived.get(before) === item.outerHTML) return before;
    arrived.set(item, item.outerHTML);
    if (before) keepOpen(before, item);
    return item;
  });
  old.replaceChildren(...items);
}

function replaceWhole(old, next) {
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  keepOpen(old, next);
  old.replaceChildren(...next.childNodes);
  if (focused) old.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

export function swapRegions(fresh) {
  for (const old of document.querySelectorAll("[data-region]")) {
    const next = fresh.querySelector(`[data-region="${old.dataset.region}"]`);
    if (!next || isInUse(old)) continue;
    if (next.firstElementChild?.matches("li[id]")) mergeItems(old, next);
    else if (old.innerHTML !== next.innerHTML) replaceWhole(old, next);
  }
  document.dispatchEvent(new Event("swapped"));
}

export function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

export function isLogin(response) {
  return response.status === 401 || new URL(response.url).pathname === "/login";
}

remember(document);
