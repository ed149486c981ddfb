// A ticket opens at its newest entry, also by a link that names no place. Who comes back to a page,
// or is told there what is wrong, stays where they were.

export function showLatest() {
  const [way] = performance.getEntriesByType("navigation");
  if (location.hash || way?.type !== "navigate" || document.querySelector(".talk > .problem")) return;
  document.getElementById("latest")?.scrollIntoView({ behavior: "instant" });
}
