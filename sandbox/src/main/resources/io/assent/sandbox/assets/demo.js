// Plays the story of the demo in the phone and the TPP, as slowly as its words are read. ?pace=0 plays without pauses,
// ?until=token rests after that step, until somebody presses Play.

import { sleep } from "./clock.js";
import { STORY } from "./demo-story.js";
import { language, say, speak } from "./words.js";

const $ = (id) => document.getElementById(id);

const query = new URLSearchParams(location.search);
const PACE = Number(query.get("pace") ?? 1);
const UNTIL = query.get("until");
/** How long a letter is read, and how long anybody looks at least, in milliseconds. */
const A_LETTER = 130;
const A_LOOK = 3_000;
const A_KEY = 90;
const A_POINT = 900;
/** How long a page may take, and how often it is looked at. */
const PATIENCE = 60_000;
const A_GLANCE = 100;

let playing = false;
let resume = () => {};

/** The page in a frame; another one after each navigation. */
const page = (on) => $(on).contentDocument;

/** What a person sees of a page. @param named what it says, where several look alike */
function seen(on, selector, named = "") {
  return [...(page(on)?.querySelectorAll(selector) ?? [])].find((it) => it.checkVisibility() && it.textContent.includes(named));
}

async function awaitSeen(on, selector, named) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = seen(on, selector, named);
    if (found) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(say("demo.stuck", { selector }));
    }
    await sleep(A_GLANCE);
  }
}

/** Shows where the hand goes. */
async function point(at) {
  at.scrollIntoView({ block: "center" });
  const ring = [{ outline: "4px solid transparent" }, { outline: "4px solid #f5a623", outlineOffset: "3px" }, { outline: "4px solid transparent" }];
  at.animate(ring, { duration: A_POINT * PACE });
  await sleep(A_POINT * PACE);
}

const ACTS = {
  await: ({ on, selector }) => awaitSeen(on, selector),

  async press({ on, selector, named }) {
    await point(await awaitSeen(on, selector, named));
    // found anew: a list may have been made anew meanwhile
    (await awaitSeen(on, selector, named)).click();
  },

  async type({ on, selector, text }) {
    const field = await awaitSeen(on, selector);
    await point(field);
    field.value = "";
    for (const key of text) {
      field.value += key;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await sleep(A_KEY * PACE);
    }
  },

  async choose({ on, selector, text }) {
    const list = await awaitSeen(on, selector);
    await point(list);
    list.value = text;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  },

  async unless({ on, selector, steps }) {
    if (!seen(on, selector)) {
      await act(steps);
    }
  },
};

async function act(steps) {
  for (const step of steps) {
    await ACTS[step.do](step);
  }
}

const paused = () => (playing ? Promise.resolve() : new Promise((go) => (resume = go)));

async function play() {
  for (const [number, { say: name, acts }] of STORY.entries()) {
    await paused();
    const words = say(`demo.${name}`);
    $("heading").textContent = say(`demo.${name}.title`);
    $("caption").textContent = words;
    $("progress").value = number + 1;
    document.body.dataset.step = name;
    await act(acts);
    if (name === UNTIL) {
      toggle();
    }
    document.body.dataset.done = [document.body.dataset.done, name].filter(Boolean).join(" ");
    await sleep(Math.max(A_LOOK, words.length * A_LETTER) * PACE);
  }
}

function toggle() {
  playing = !playing;
  $("play").textContent = say(playing ? "demo.pause" : "demo.play");
  if (playing) {
    resume();
  }
}

async function begin() {
  try {
    await play();
  } catch (stuck) {
    $("caption").textContent = stuck.message;
    document.body.dataset.done = [document.body.dataset.done, "stuck"].filter(Boolean).join(" ");
  }
  $("play").hidden = true;
}

speak($("language"));
document.title = say("demo.title");
$("progress").max = STORY.length;
$("heading").textContent = say("demo.title");
$("caption").textContent = say("demo.intro");
// the frames come back from the login without the language of their address
localStorage.setItem("assent.sandbox.language", language);
for (const frame of document.querySelectorAll("iframe")) {
  frame.title = say(frame.dataset.sayTitle);
  frame.src = `${frame.id}?lang=${language}`;
}
$("play").textContent = say("demo.play");
$("play").addEventListener("click", toggle);
begin();
if (query.has("play")) {
  toggle();
}
