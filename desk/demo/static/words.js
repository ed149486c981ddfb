// What the page was given: sentences in the visitor's language, people, addresses.

export const words = JSON.parse(document.body.dataset.words);
export const stage = JSON.parse(document.body.dataset.stage);

const language = document.documentElement.lang;
const hours = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const days = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });

/** A sentence with its gaps filled: `%(name)s`. */
export function say(name, values = {}) {
  return words[name].replace(/%\((\w+)\)s/g, (gap, key) => values[key] ?? gap);
}

export const timeOf = (moment) => hours.format(moment);

export function dayOf(moment) {
  return moment.toDateString() === new Date().toDateString() ? words.today : days.format(moment);
}

export function sizeOf(bytes) {
  const units = ["B", "KB", "MB"];
  const step = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: step === 2 ? 1 : 0 }).format(bytes / 1024 ** step)} ${units[step]}`;
}
