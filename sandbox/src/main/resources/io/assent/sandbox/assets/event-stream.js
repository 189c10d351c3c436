// Server-sent events, read with fetch: EventSource can't POST, and the token must not be in a URL.

import { sleep } from "./clock.js";

/** The server says something at least every 15 s: after this long, nobody is there any more. */
const SILENCE = 40_000;
const PAUSES = [1_000, 2_000, 5_000, 10_000];

/**
 * Listens until `signal` is aborted, and connects again by itself.
 *
 * @param onOpen called whenever the server has confirmed the connection: nothing is missed from now on
 * @param onEvent called with an event's name and its parsed JSON
 * @param onLost called whenever the connection is gone, or was refused
 */
export async function listen(path, body, { signal, onOpen, onEvent, onLost }) {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await readOnce(path, body, signal, onEvent, () => {
        failures = 0;
        onOpen?.();
      });
    } catch (error) {
      if (!signal.aborted && !(error instanceof TypeError || error.name === "AbortError")) {
        throw error;
      }
    }
    if (signal.aborted) {
      return;
    }
    onLost?.();
    await sleep(PAUSES[Math.min(failures++, PAUSES.length - 1)], signal).catch(() => {});
  }
}

async function readOnce(path, body, signal, onEvent, onOpen) {
  const connection = new AbortController();
  const close = () => connection.abort();
  signal.addEventListener("abort", close, { once: true });
  let silence = setTimeout(close, SILENCE);
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(body),
      credentials: "omit",
      signal: connection.signal,
    });
    if (!response.ok) {
      return;
    }
    const parser = new Parser(onEvent);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let first = true; ; first = false) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      clearTimeout(silence);
      silence = setTimeout(close, SILENCE);
      if (first) {
        onOpen();
      }
      parser.take(value);
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", close);
  }
}

/** As much of the standard's format as the sandbox sends. */
class Parser {
  #rest = "";
  #name = "message";
  #data = [];
  #onEvent;

  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  take(text) {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop();
    lines.forEach((line) => this.#line(line.replace(/\r$/, "")));
  }

  #line(line) {
    if (line === "") {
      this.#dispatch();
      return;
    }
    const [, field, value] = line.match(/^([^:]*):? ?(.*)$/);
    if (field === "event") {
      this.#name = value;
    } else if (field === "data") {
      this.#data.push(value);
    }
  }

  #dispatch() {
    const [name, data] = [this.#name, this.#data];
    [this.#name, this.#data] = ["message", []];
    if (data.length > 0) {
      this.#onEvent(name, JSON.parse(data.join("\n")));
    }
  }
}
