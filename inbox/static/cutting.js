// How many messages a text becomes: the same cuts as bots/cutting.py, told before they are made.

const LONGEST_CLUSTER = 32;
const BREAKS = [/\n\s*\n/gu, /\n|[.!?…;·]+["'»”)]*\s+/gu];
const SPACE = /\s+/gu;
const JOINED = /[\p{Mn}\p{Me}\p{Sk}]/u;
const JOINER = "\u200d";

const bytesOf = (text) => new TextEncoder().encode(text).length;

const MEASURES = {
  utf16: (text) => text.length,
  bytes: bytesOf,
  characters: (text, { longest, mostBytes }) => {
    const weighed = mostBytes ? Math.ceil((bytesOf(text) * longest) / mostBytes) : 0;
    return Math.max([...text].length, weighed);
  },
};

export function lengthOf(text, terms) {
  return MEASURES[terms.unit](text, terms);
}

function within(letters, terms) {
  const excess = (count) => lengthOf(letters.slice(0, count).join(""), terms) - terms.longest;
  let count = Math.min(letters.length, terms.longest);
  for (let over = excess(count); over > 0 && count > 1; over = excess(count)) {
    count = Math.max(1, count - Math.floor((over + 1) / 2));
  }
  return count;
}

function lastEnd(pattern, head) {
  let found = 0;
  for (const match of head.matchAll(pattern)) found = [...head.slice(0, match.index + match[0].length)].length;
  return found;
}

const isJoined = (before, after) => before === JOINER || after === JOINER || JOINED.test(after);

function whole(letters, most) {
  let place = most;
  while (place > Math.max(1, most - LONGEST_CLUSTER) && isJoined(letters[place - 1], letters[place])) place -= 1;
  return isJoined(letters[place - 1], letters[place]) ? most : place;
}

function cut(letters, terms) {
  const most = within(letters, terms);
  if (most === letters.length) return most;
  const head = letters.slice(0, most).join("");
  for (const pattern of BREAKS) {
    const place = lastEnd(pattern, head);
    if (place > Math.floor(most / 2)) return place;
  }
  return lastEnd(SPACE, head) || whole(letters, most);
}

export function countParts(text, terms) {
  const letters = [...text];
  let start = 0;
  let count = 0;
  while (start < letters.length) {
    const part = letters.slice(start, start + terms.longest + 1);
    const end = start + cut(part, terms);
    if (letters.slice(start, end).join("").trim()) count += 1;
    start = end;
  }
  return count;
}
