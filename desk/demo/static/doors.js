// The ways to the simulated phones and mailboxes.

const WITHIN = 30000; // longer than the longest wait of the phone's door

export class Refused extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

async function call(path, options = {}) {
  const limits = [AbortSignal.timeout(WITHIN), ...(options.signal ? [options.signal] : [])];
  const answer = await fetch(path, { ...options, signal: AbortSignal.any(limits) });
  if (answer.status === 204) return null;
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, told.error ?? answer.statusText);
  return told;
}

const post = (path, wish) =>
  call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wish),
  });

/** The way to the phones of one messenger; `id` is a person, or a person in a topic of a group. */
class Door {
  constructor(path) {
    this.path = path;
  }

  use(app) {
    this.path = app === "telegram" ? "phones" : app;
  }

  people() {
    return call(`${this.path}/people`);
  }

  places(id, after, signal) {
    return call(`${this.path}/people/${id}/places?after=${after}&wait=20`, { signal });
  }

  chat(id, after, signal) {
    return call(`${this.path}/people/${id}/chat?after=${after}&wait=20`, { signal });
  }

  now(id) {
    return call(`${this.path}/people/${id}/chat`);
  }

  act(id, what, wish = {}) {
    return post(`${this.path}/people/${id}/${what}`, wish);
  }

  send(id, kind, files, caption) {
    const form = new FormData();
    form.append("caption", caption);
    for (const file of files) form.append("files", file, file.name);
    return call(`${this.path}/people/${id}/${kind}`, { method: "POST", body: form });
  }

  file(fileId) {
    return `${this.path}/files/${encodeURIComponent(fileId)}`;
  }
}

export const phones = new Door("phones"); // of the messenger that is on the screen
export const agentPhones = new Door("agents");

const box = (address) => `mail/mailboxes/${encodeURIComponent(address)}`;

export const mailboxes = {
  counts: () => call("mail/mailboxes"),
  mails: (address, after) => call(`${box(address)}/mails?after=${after}`),
  write: (address, letter) => post(`${box(address)}/write`, letter),
  reply: (address, uid, letter) => post(`${box(address)}/mails/${uid}/reply`, letter),
  file: (address, uid, place) => `${box(address)}/mails/${uid}/attachments/${place}`,
};
