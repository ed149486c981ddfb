// Keys for people who live here: "/" searches, j and k walk the list, r answers.

function isTyping(event) {
  return event.target.closest?.("input, textarea, select, [contenteditable]");
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[next].focus();
}

const KEYS = {
  "/": () => document.querySelector("#q")?.select(),
  j: () => step(1),
  k: () => step(-1),
  r: () => document.querySelector("[data-composer] textarea")?.focus({ preventScroll: true }),
};

export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector(".me[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
      return;
    }
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });
}
