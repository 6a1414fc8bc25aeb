// data-similar="/where/": while a wording is typed, claims like it are shown beneath; while there is none, those like the
// words of the article. The focus, the typing and all above stay where they are.

import { announce } from "./announcing.js";

const ENOUGH = 8; // characters, before which everything is alike
const LONGEST = 500; // as the server takes them

/** @type {WeakMap<HTMLElement, {asked?: string, asking?: AbortController, timer?: number}>} */
const states = new WeakMap();

/** @param {HTMLTextAreaElement} field */
function listOf(field) {
  const place = /** @type {HTMLElement} */ (field.closest(".field") ?? field.parentElement);
  let list = /** @type {HTMLElement | null} */ (place.querySelector(".similar"));
  if (!list) {
    list = document.createElement("div");
    list.className = "similar";
    place.append(list);
  }
  return list;
}

/** @param {HTMLTextAreaElement} field */
function question(field) {
  const form = /** @type {HTMLFormElement} */ (field.form);
  const words = /** @type {HTMLTextAreaElement | null} */ (form.querySelector('[data-quote="exact"]'));
  const wording = field.value.trim();
  const asked = {
    q: wording.length < ENOUGH ? "" : wording,
    exact: wording ? "" : (words?.value.trim() ?? ""),
    article: form.dataset.article ?? "",
    besides: field.dataset.besides ?? "",
  };
  if (!asked.q && asked.exact.length < ENOUGH) return "";
  return String(
    new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, Array.from(value).slice(0, LONGEST).join("")])),
  );
}

/** @param {HTMLTextAreaElement} field */
async function look(field) {
  const state = states.get(field) ?? {};
  states.set(field, state);
  const asked = question(field);
  if (asked === state.asked) return;
  state.asking?.abort();
  state.asked = asked;
  if (!asked) return show(field, "");
  state.asking = new AbortController();
  try {
    const answer = await fetch(`${field.dataset.similar}?${asked}`, {
      headers: { "HX-Request": "true" },
      signal: state.asking.signal,
    });
    if (answer.ok) show(field, await answer.text());
  } catch {
    // Overtaken by the next letters, or no connection: nothing is offered then.
  }
}

/** @param {HTMLTextAreaElement} field @param {string} html */
function show(field, html) {
  const list = listOf(field);
  // Nobody loses the button that they are about to press.
  if (list.contains(document.activeElement)) return;
  const said = list.querySelector("[data-says]")?.getAttribute("data-says");
  list.style.setProperty("--held", html.trim() && list.firstElementChild ? `${list.offsetHeight}px` : "0px");
  list.innerHTML = html.trim();
  list.scrollTop = 0;
  window.htmx.process(list);
  const says = list.querySelector("[data-says]")?.getAttribute("data-says");
  if (says && says !== said) announce(says);
}

/** @param {EventTarget | null} target */
const wordingAt = (target) =>
  target instanceof Element ? /** @type {HTMLTextAreaElement | null} */ (target.closest("textarea[data-similar]")) : null;

document.addEventListener("input", (event) => {
  const field = wordingAt(event.target);
  if (!field) return;
  const state = states.get(field) ?? {};
  states.set(field, state);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => look(field), 300);
});

document.addEventListener("focusin", (event) => {
  const field = wordingAt(event.target);
  if (field) look(field);
});

// The same claim is sent with the form's words: those that were typed get the text's own spelling first.
document.addEventListener(
  "click",
  (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-marking] .matches button")) document.dispatchEvent(new CustomEvent("words:settle"));
  },
  true,
);

/** @param {ParentNode} root */
function forget(root) {
  for (const field of /** @type {NodeListOf<HTMLTextAreaElement>} */ (root.querySelectorAll("[data-similar]"))) {
    const state = states.get(field);
    clearTimeout(state?.timer);
    state?.asking?.abort();
    states.delete(field);
    field.closest(".field")?.querySelector(".similar")?.replaceChildren();
  }
}

document.addEventListener("reset", (event) => forget(/** @type {HTMLFormElement} */ (event.target)));
document.addEventListener("marked", () => {
  forget(document);
  // Their keys are used up; the next words are looked for anew.
  document.getElementById("choices")?.replaceChildren();
  /** @type {HTMLFormElement | null} */ (document.querySelector("form.same-claim"))?.reset();
  document.querySelector("form.same-claim details")?.removeAttribute("open");
});

// data-choices="/where/": “Same as…” looks for what is typed, and for the words selected as long as nothing is.

/** The one question under way: a new one takes its place. @type {AbortController | null} */
let underWay = null;
let pause = 0;

/** @param {HTMLInputElement} field */
async function choose(field) {
  clearTimeout(pause);
  underWay?.abort();
  const mine = new AbortController();
  underWay = mine;
  const words = field.closest("dialog")?.querySelector("[data-chosen-words]")?.textContent ?? "";
  const asked = new URLSearchParams({ q: field.value, exact: Array.from(words).slice(0, LONGEST).join("") });
  try {
    const answer = await fetch(`${field.dataset.choices}?${asked}`, { headers: { "HX-Request": "true" }, signal: mine.signal });
    const list = document.getElementById("choices");
    if (!answer.ok || !list) return;
    const found = (await answer.text()).trim();
    // Whoever is among them already stays with the same one.
    const held = list.contains(document.activeElement) ? document.activeElement?.getAttribute("hx-post") : null;
    list.innerHTML = found;
    window.htmx.process(list);
    if (held) /** @type {HTMLElement} */ (list.querySelector(`[hx-post="${held}"]`) ?? field).focus();
    const says = list.querySelector("[data-says]")?.getAttribute("data-says");
    if (says) announce(says);
  } catch {
    // Outdated, or not connected, which is told elsewhere.
  }
}

for (const kind of ["input", "search", "opened"]) {
  document.addEventListener(kind, (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (!(field instanceof HTMLInputElement) || !field.dataset.choices) return;
    clearTimeout(pause);
    pause = setTimeout(() => choose(field), kind === "input" ? 200 : 0);
  });
}
