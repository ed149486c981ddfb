// Files that wait to be sent, with a small picture where there is one, and a way to take them out.

import { el, icon, toast } from "./dom.js";
import { say } from "./words.js";

const PICTURES = ["image/jpeg", "image/png", "image/gif", "image/webp"];
const MEGABYTE = 1024 * 1024;
const PHOTO_LIMIT = 10;
const LIMIT = 20;

export const isPicture = (file) => PICTURES.includes(file.type);

export class Tray {
  constructor(list) {
    this.list = list;
    this.files = [];
  }

  add(files, { asPhotos = false } = {}) {
    for (const file of files) {
      const total = this.files.reduce((sum, one) => sum + one.size, file.size);
      if (total > LIMIT * MEGABYTE) toast(say("too_large", { limit: LIMIT }));
      else if (asPhotos && isPicture(file) && file.size > PHOTO_LIMIT * MEGABYTE) toast(say("photo_too_large", { limit: PHOTO_LIMIT }));
      else this.files.push(file);
    }
    this.draw();
  }

  take() {
    const taken = this.files;
    this.files = [];
    this.draw();
    return taken;
  }

  draw() {
    for (const picture of this.list.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
    this.list.replaceChildren(...this.files.map((file) => this.drawOne(file)));
    this.list.hidden = this.files.length === 0;
  }

  drawOne(file) {
    const remove = () => {
      this.files = this.files.filter((one) => one !== file);
      this.draw();
    };
    return el(
      "li",
      {},
      isPicture(file) ? el("img", { src: URL.createObjectURL(file), alt: "" }) : icon("file"),
      el("span", {}, file.name),
      el("button", { type: "button", class: "icon", "aria-label": say("remove", { name: file.name }), onclick: remove }, icon("close")),
    );
  }
}

/** Lets an input of files, pasting into `text` and dropping onto `place` fill the tray. */
export function feed(tray, { input, text, place, options }) {
  input.addEventListener("change", () => {
    tray.add(input.files, options);
    input.value = "";
    text.focus();
  });
  text.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    tray.add(event.clipboardData.files, options);
  });
  const mark = (event, takes) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    place.classList.toggle("takes-drop", takes);
  };
  place.addEventListener("dragover", (event) => mark(event, true));
  place.addEventListener("dragleave", (event) => mark(event, false));
  place.addEventListener("drop", (event) => {
    mark(event, false);
    tray.add(event.dataTransfer.files, options);
  });
}
