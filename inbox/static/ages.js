// Keeps "5 min. ago" true while the page stays open.

const SPANS = [["day", 86400], ["hour", 3600], ["minute", 60]];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "short" });

function age(moment) {
  const seconds = Math.max((Date.now() - moment) / 1000, 60);
  const [unit, span] = SPANS.find(([, length]) => seconds >= length);
  return words.format(-Math.floor(seconds / span), unit);
}

function renew() {
  for (const time of document.querySelectorAll("time[datetime]")) {
    const text = age(Date.parse(time.dateTime));
    if (time.textContent !== text) time.textContent = text;
  }
}

export function keepAges() {
  setInterval(renew, 30_000);
}
