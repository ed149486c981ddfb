// Every page works without this. It adds: news by themselves, keys, and sending without losing words.

import { keepAges } from "./ages.js";
import { takeCareOfComposer } from "./composer.js";
import { listenToKeys } from "./keys.js";
import { showLatest } from "./latest.js";
import { stayLive } from "./live.js";

showLatest();
stayLive();
keepAges();
takeCareOfComposer();
listenToKeys();

document.querySelector("[data-forgets]")?.addEventListener("submit", () => sessionStorage.clear());

const menu = document.querySelector(".me");
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
