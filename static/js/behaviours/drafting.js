// data-draft="NAME": what is typed into such a form keeps itself on the server, and in this browser while that is away.

import { ask, closed, connected, forLogin, lifeline, whoIsThere } from "../connection.js";
import { all, browser, remove, store } from "../copies.js";
import { announce } from "./announcing.js";

const PAUSE = 800;
// What browsers send after a page is gone has a limit of 64 KiB.
const LAST_WORDS = 60_000;
/** When what was kept last was typed: no two states are of one moment, so a slow request does not undo a later one. */
let clock = 0;

/** Forms whose last change is not on the server yet, and when that was. @type {Map<string, number>} */
const waiting = new Map();
/** Forms on their way to being saved: their draft would come too late. @type {Set<string>} */
const handing = new Set();
/** Forms that neither the server nor this browser could keep. @type {Set<string>} */
const unkept = new Set();
/** The one request under way. @type {{name: string, at: number, abort: AbortController} | null} */
let sending = null;
/** What was handed in last, by form. @type {Map<string, string>} */
const handedIn = new Map();
/** What was brought back into a form, which needs not be kept again. @type {Map<string, string>} */
export const brought = new Map();
let timer = 0;
let leaving = false;
/** Whether the next page has been asked for: it may have been made before what is saved from now on. */
let departing = false;

/** Forms that somebody has typed into since the page came: what they hold is newer than any copy. @type {Set<string>} */
const touched = new Set();

/** @param {string} name */
export const isTouched = (name) => touched.has(name);

/** @param {string} name */
export const isWaiting = (name) => waiting.has(name);

/**
 * @param {string} name
 * @returns {HTMLFormElement | null}
 */
export function formOf(name) {
  return document.querySelector(`form[data-draft="${name}"]`);
}

/**
 * The form's own fields as a browser would send them, without the token of the request.
 *
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
export function typed(form) {
  const entries = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  return /** @type {Record<string, string>} */ (Object.fromEntries(entries));
}

/**
 * Send a draft to the server: its status, or 0 when the server does not answer.
 *
 * @param {string} name
 * @param {import("../copies.js").Copy} copy
 * @param {RequestInit} [how]
 */
export async function send(name, copy, how = {}) {
  const once = () => ask(lifeline().drafts ?? "", { ...how, method: "POST", body: bodyOf(name, copy) });
  const answer = await once();
  if (!answer || !forLogin(answer.status, answer.headers.get("Refused"))) return answer?.status ?? 0;
  const who = await whoIsThere();
  return who === "me" ? ((await once())?.status ?? 0) : who ? 401 : 0;
}

/**
 * What stands in a form now.
 *
 * @param {HTMLFormElement} form
 * @param {number} at when it was typed
 * @returns {import("../copies.js").Copy}
 */
function copyOf(form, at) {
  clock = Math.max(clock + 1, at);
  return { at, browser: browser(), clock, fields: typed(form) };
}

/**
 * @param {string} name
 * @param {import("../copies.js").Copy} copy
 */
function bodyOf(name, { at, browser, clock, fields }) {
  const body = new URLSearchParams(fields);
  body.set("form", name);
  if (browser) body.set("browser", browser);
  if (clock) body.set("clock", String(clock));
  body.set("age", String(Math.max(0, Date.now() - at)));
  const token = document.querySelector("[data-login-again] [name=csrfmiddlewaretoken]");
  body.set("csrfmiddlewaretoken", /** @type {HTMLInputElement | null} */ (token)?.value ?? "");
  return body;
}

/** @param {HTMLFormElement} form */
function changed(form) {
  const name = form.dataset.draft;
  if (!name) return;
  touched.add(name);
  waiting.set(name, Date.now());
  // What it says is true of what stood there before.
  form.querySelector(".draft-state")?.setAttribute("data-behind", "");
  clearTimeout(timer);
  timer = setTimeout(next, PAUSE);
}

/** Keep the next form that waits: one request at a time, and of each form only how it stands now. */
async function next() {
  clearTimeout(timer);
  for (const gone of [...waiting.keys()].filter((each) => !formOf(each))) waiting.delete(gone);
  if (!connected()) for (const [each, since] of waiting) keepHere(each, since);
  const [name] = waiting.keys();
  const form = formOf(name);
  if (!form || sending || !connected()) return;
  const at = waiting.get(name) ?? Date.now();
  waiting.delete(name);
  sending = { name, at, abort: new AbortController() };
  const copy = copyOf(form, at);
  const status = await send(name, copy, { signal: sending.abort.signal });
  const given = sending.abort.signal.aborted;
  sending = null;
  if (!given) taken(name, copy, status);
  if (connected() && waiting.size) next();
}

/**
 * @param {string} name
 * @param {import("../copies.js").Copy} copy
 * @param {number} status
 */
function taken(name, copy, status) {
  if (status === 204) {
    if (departing) store(name, copy);
    else remove(name, copy);
    unkept.delete(name);
    tell(name, lifeline().kept);
  } else if (status === 205) {
    remove(name, copy);
    if (handing.has(name)) return;
    // What was typed after that can be kept nowhere before the form is sent again: it is not left behind unasked.
    const more = handedIn.has(name) && handedIn.get(name) !== JSON.stringify(copy.fields);
    if (more) unkept.add(name);
    tell(name, more ? lifeline().changed : lifeline().done);
  } else {
    keepHere(name, copy, status === 409 ? lifeline().elsewhere : lifeline().here);
    // It waits for the connection or the login to come back. What is refused for itself is not sent again.
    if ([0, 401].includes(status) && !waiting.has(name)) waiting.set(name, copy.at);
  }
}

/**
 * @param {string} name
 * @param {import("../copies.js").Copy | number} what a copy, or since when the form has stood as it stands now
 * @param {string} [words] what to tell of it
 */
function keepHere(name, what, words = lifeline().here) {
  const form = formOf(name);
  const copy = typeof what === "number" ? form && copyOf(form, what) : what;
  if (!copy || leaving) return;
  const kept = store(name, copy);
  if (kept) unkept.delete(name);
  else unkept.add(name);
  tell(name, kept ? words : lifeline().unkept);
}

/**
 * Beside the form's buttons: where what was typed is kept.
 *
 * @param {string} name
 * @param {string} [words]
 */
function tell(name, words = "") {
  const actions = formOf(name)?.querySelector(":scope > .actions");
  if (!actions) return;
  let state = actions.querySelector(".draft-state");
  if (!state) {
    state = document.createElement("span");
    state.className = "draft-state";
    actions.append(state);
  }
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  state.textContent = words.replace("{time}", time);
  state.toggleAttribute("data-behind", waiting.has(name) && words === lifeline().kept);
}

/**
 * Nothing of this form waits any more, here or on its way.
 *
 * @param {string} name
 */
export function forget(name) {
  touched.delete(name);
  waiting.delete(name);
  unkept.delete(name);
  handedIn.delete(name);
  if (sending?.name === name) sending.abort.abort();
  remove(name);
  formOf(name)?.querySelector(".draft-state")?.remove();
}

/** @param {Event} event */
function drafted(event) {
  const element = /** @type {Element | null} */ (event.target);
  return /** @type {HTMLFormElement | null | undefined} */ (element?.closest?.("form[data-draft]"));
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = drafted(event);
    if (form) changed(form);
  });
}
document.addEventListener("words:chosen", () => {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-marking][data-draft]"));
  if (form && JSON.stringify(typed(form)) !== brought.get(form.dataset.draft ?? "")) changed(form);
});
document.addEventListener("focusout", (event) => {
  if (waiting.has(drafted(event)?.dataset.draft ?? "")) next();
});
for (const back of ["connection:back", "login:back"]) document.addEventListener(back, next);

// Handing in: what is not kept yet is kept here until it is known to have arrived. First of all listeners, to stop it if need be.
addEventListener(
  "submit",
  (event) => {
    const form = drafted(event);
    const name = form?.dataset.draft;
    if (!form || !name) return;
    const at = waiting.get(name) ?? (sending?.name === name ? sending.at : 0);
    if (at) keepHere(name, copyOf(form, at));
    if (!form.hasAttribute("hx-post") && !navigator.onLine) {
      // The browser would put a page of its own in place of the form.
      event.preventDefault();
      event.stopImmediatePropagation();
      keepHere(name, Date.now());
      waiting.set(name, Date.now());
      announce(lifeline().notSent ?? "");
      return;
    }
    waiting.delete(name);
    if (sending?.name === name) sending.abort.abort();
    handing.add(name);
    handedIn.set(name, JSON.stringify(typed(form)));
  },
  true,
);

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, xhr } = /** @type {CustomEvent} */ (event).detail;
  const name = elt.dataset?.draft;
  if (!name) return;
  handing.delete(name);
  if (xhr.status >= 200 && xhr.status < 300) return forget(name);
  // Refused or lost: it is still being typed.
  const form = formOf(name);
  if (form) changed(form);
});

// The page goes: what is not on the server yet is kept here, and sent too if it is short.
addEventListener("pagehide", () => {
  if (sending && !handing.has(sending.name)) waiting.set(sending.name, waiting.get(sending.name) ?? sending.at);
  for (const [name, at] of waiting) {
    const form = formOf(name);
    if (!form || handing.has(name)) continue;
    const copy = copyOf(form, at);
    if (leaving) continue;
    store(name, copy);
    if (closed() || !connected() || String(bodyOf(name, copy)).length > LAST_WORDS) continue;
    if (sending?.name === name) sending.abort.abort();
    send(name, copy, { keepalive: true });
  }
});
addEventListener("pageshow", (event) => event.persisted && handing.clear());
document.addEventListener("visibilitychange", () => document.hidden && waiting.size && next());

// Only what nobody could keep holds somebody back.
addEventListener("beforeunload", (event) => {
  departing = true;
  if (closed() || ![...unkept].some((name) => formOf(name) && !handing.has(name))) return;
  event.preventDefault();
  // If they stay, the button that they pressed works again.
  setTimeout(() => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      form.removeAttribute("data-sent");
      form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    }
  });
});

// data-log-out: what this browser keeps for the person goes with them; their drafts wait on the server.
document.addEventListener("submit", (event) => {
  if (!(/** @type {Element} */ (event.target).matches("[data-log-out]"))) return;
  leaving = true;
  for (const [name] of all()) remove(name);
});
