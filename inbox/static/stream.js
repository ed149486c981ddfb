// A stream that says what there is news of, and nothing of what it is.

const AGAIN = 5000; // ms until one that was refused is asked for again

export class Stream {
  #source = null;
  #again = null;

  // `tell` hears "open", "lost", and the topic of each ring.
  constructor(topics, tell) {
    this.address = `/live?topics=${encodeURIComponent(topics)}`;
    this.tell = tell;
  }

  get isOpen() {
    return this.#source?.readyState === EventSource.OPEN;
  }

  begin() {
    if (this.#source) return;
    this.#source = new EventSource(this.address);
    this.#source.addEventListener("ring", (event) => this.tell(event.data));
    this.#source.addEventListener("open", () => this.tell("open"));
    this.#source.addEventListener("error", () => this.#lose());
  }

  end() {
    clearTimeout(this.#again);
    this.#source?.close();
    this.#source = null;
  }

  // The browser connects anew by itself, but not where it was refused.
  #lose() {
    this.tell("lost");
    if (this.#source.readyState !== EventSource.CLOSED) return;
    this.#again = setTimeout(() => { this.end(); this.begin(); }, AGAIN);
  }
}
