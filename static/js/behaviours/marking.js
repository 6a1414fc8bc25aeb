// data-marking: the form for a new claim. It takes words that were chosen, one passage or several, and is empty again when they are marked.

import { OMISSION, shown, spanOf } from "../article.js";
import { erase } from "../chosen.js";
import { uuid } from "../uuid.js";

/** @typedef {import("../article.js").Passage} Passage */

const FIELDS = /** @type {const} */ (["exact", "prefix", "suffix", "start", "passages"]);
const LONGEST = 200;

export const markingForm = () => /** @type {HTMLFormElement | null} */ (document.querySelector("[data-marking]"));

/**
 * What is sent for some passages: one tells its place itself, several do so in a list.
 *
 * @param {Passage[]} passages in reading order
 * @returns {Record<typeof FIELDS[number], string>}
 */
export function fieldsOf(passages) {
  const [first] = passages;
  if (passages.length === 1) return { ...first, start: String(first.start), passages: "" };
  const exact = passages.map((passage) => passage.exact).join(OMISSION);
  return { exact, prefix: "", suffix: "", start: "", passages: JSON.stringify(passages) };
}

/**
 * @param {ParentNode} form
 * @param {typeof FIELDS[number]} name
 */
export function field(form, name) {
  return /** @type {HTMLInputElement | null} */ (form.querySelector(`[data-quote="${name}"]`));
}

/**
 * The passages that a form tells the place of; none when its words were typed and not found yet, or changed since.
 *
 * @param {ParentNode} form
 * @returns {Passage[]}
 */
export function passagesIn(form) {
  const [exact, prefix, suffix, start, several] = FIELDS.map((name) => field(form, name)?.value ?? "");
  const passages = several ? listed(several) : start ? [{ exact, prefix, suffix, start: Number(start) }] : [];
  const article = shown();
  const stand = passages.every((passage) => article?.words(spanOf(passage)) === passage.exact);
  return stand && passages.length && fieldsOf(passages).exact === exact ? passages : [];
}

/**
 * @param {string} json
 * @returns {Passage[]}
 */
function listed(json) {
  try {
    const passages = JSON.parse(json);
    return Array.isArray(passages) ? passages : [];
  } catch {
    return [];
  }
}

/**
 * Put passages into a form and say so.
 *
 * @param {ParentNode} form
 * @param {Passage[]} passages
 * @param {boolean} [typed]
 */
export function fill(form, passages, typed = false) {
  const given = fieldsOf(passages);
  for (const name of FIELDS) {
    const place = field(form, name);
    if (place && place.value !== given[name]) place.value = given[name];
  }
  document.dispatchEvent(new CustomEvent("words:chosen", { detail: { passages, typed } }));
}

/**
 * The words were changed: what the form knew of their place goes.
 *
 * @param {ParentNode} form
 */
export function forgetPlace(form) {
  for (const name of FIELDS.slice(1)) {
    const place = field(form, name);
    if (place) place.value = "";
  }
  document.dispatchEvent(new CustomEvent("words:dropped"));
}

// The words of the form are drawn as they will be when they are marked; what was drawn as chosen before goes.
document.addEventListener("words:chosen", erase);
document.addEventListener("words:dropped", erase);

/** Whether a claim is being worded: its form is open and has words. */
export function underWay() {
  const form = markingForm();
  const details = form?.closest("details");
  return Boolean(form && details?.open && field(form, "exact")?.value.trim());
}

/**
 * Open the form with these passages, instead of any that it had. What else was typed in it stays.
 *
 * @param {Passage[]} passages
 */
export function newClaim(passages) {
  const form = markingForm();
  const details = form?.closest("details");
  if (!form || !details) return;
  fill(form, passages);
  const open = () => {
    document.dispatchEvent(new CustomEvent("sheet:open", { detail: "open" }));
    details.open = true;
    startable(form);
    focusSoon(/** @type {HTMLElement | null} */ (form.querySelector("[name=wording]")));
  };
  // The words are drawn before the cards make room for the form.
  if (details.open) open();
  else requestAnimationFrame(() => setTimeout(open));
}

/**
 * One more passage for the claim that is being worded. Passages that touch become one.
 *
 * @param {Passage} passage
 */
export function addPassage(passage) {
  const form = markingForm();
  const article = shown();
  if (!form || !article) return;
  const spans = [...passagesIn(form), passage].map(spanOf).sort((a, b) => a.start - b.start);
  /** @type {import("../anchoring.js").Span[]} */
  const apart = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else apart.push(span);
  }
  newClaim(apart.map((span) => article.passage(span)));
}

/**
 * When the form has come to where it stays: far down it floats, on a phone it comes with the sheet. Typing into it before would
 * scroll the page.
 *
 * @param {HTMLElement | null} place
 * @param {number} [frames]
 */
function focusSoon(place, frames = 0) {
  if (frames > 2) {
    place?.focus({ preventScroll: true });
    // In the sheet of a small window; elsewhere the form floats, and the page stays where it is.
    if (matchMedia("(max-width: 60rem)").matches) place?.scrollIntoView({ block: "nearest" });
  }
  if (place && document.activeElement !== place && frames < 30) requestAnimationFrame(() => focusSoon(place, frames + 1));
}

/** @param {HTMLFormElement} form */
function empty(form) {
  // What was refused goes too: a reset alone would bring it back.
  for (const wrong of form.querySelectorAll(".error-summary, .error, [data-complaint]")) wrong.remove();
  for (const wrong of form.querySelectorAll("[aria-invalid]")) wrong.removeAttribute("aria-invalid");
  form.reset();
  for (const place of form.querySelectorAll("input:not([type=hidden]), textarea, [data-quote]")) {
    const { type } = /** @type {HTMLInputElement} */ (place);
    if (type !== "radio" && type !== "checkbox") /** @type {HTMLInputElement} */ (place).value = "";
  }
  form.querySelector(".counter")?.remove();
  const key = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=key]"));
  if (key) key.value = uuid();
  document.dispatchEvent(new CustomEvent("words:dropped"));
}

// The words as a beginning for the wording, while that is empty.

/** @param {HTMLFormElement} form */
function startable(form) {
  const button = /** @type {HTMLElement | null} */ (form.querySelector("[data-start-wording]"));
  const wording = /** @type {HTMLTextAreaElement | null} */ (form.querySelector("[name=wording]"));
  if (!button || !wording) return;
  // Beside the wording, and after it for the keyboard.
  if (!wording.parentElement?.contains(button)) wording.parentElement?.append(button);
  button.hidden = Boolean(wording.value.trim()) || !field(form, "exact")?.value.trim();
}

/**
 * @param {string} words
 * @param {string} language
 */
function asWording(words, language) {
  const line = words.replaceAll(OMISSION, " … ").replace(/\s+/gu, " ").replace(/^["“”„«»‘’'\s]+|["“”«»‘’'\s,;:–—-]+$/gu, "");
  const capital = line.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(language || undefined));
  const letters = Array.from(capital);
  if (letters.length <= LONGEST) return capital;
  const cut = letters.slice(0, LONGEST).join("");
  return `${cut.slice(0, cut.lastIndexOf(" ") > 0 ? cut.lastIndexOf(" ") : cut.length)}…`;
}

document.addEventListener("input", (event) => {
  const form = /** @type {HTMLFormElement | null} */ (/** @type {Element} */ (event.target).closest("[data-marking]"));
  if (form) startable(form);
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const form = /** @type {HTMLFormElement | null} */ (target.closest("[data-marking]"));
  const wording = /** @type {HTMLTextAreaElement | null} */ (form?.querySelector("[name=wording]") ?? null);
  if (form && wording && target.closest("[data-start-wording]")) {
    wording.value = asWording(field(form, "exact")?.value ?? "", shown()?.language ?? "");
    wording.dispatchEvent(new Event("input", { bubbles: true }));
    wording.focus({ preventScroll: true });
  }
  if (form && target.closest("[data-unmark]")) {
    event.preventDefault();
    const details = form.closest("details");
    if (details) details.open = false;
    empty(form);
    details?.querySelector("summary")?.focus({ preventScroll: true });
  }
});

// Marked: the form goes, whether it was sent itself or its words were marked as a claim that is known already.
/** @type {Element | null} */
let sent = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = /** @type {CustomEvent} */ (event).detail;
  if (elt.matches("form, .matches button")) sent = elt;
});
document.addEventListener(
  "marked",
  () => {
    const form = markingForm();
    if (!form || !(sent?.closest("[data-marking]") || sent?.matches("[data-same-claim][data-from-form]"))) return;
    sent = null;
    empty(form);
    startable(form);
    const details = form.closest("details");
    if (details) details.open = false;
  },
  true,
);

// A form that came back refused has kept its words: they are drawn again.
document.addEventListener("htmx:afterSettle", (event) => {
  const form = markingForm();
  if (!form || /** @type {CustomEvent} */ (event).detail.target?.id !== "marking") return;
  startable(form);
  const passages = passagesIn(form);
  if (passages.length) fill(form, passages);
});
