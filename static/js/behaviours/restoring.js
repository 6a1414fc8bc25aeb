// data-draft-notice: what was typed before stands in the form again, and can be discarded. What only this browser has is brought in.

import { ask, lifeline } from "../connection.js";
import { all, remove } from "../copies.js";
import { announce } from "./announcing.js";
import { brought, forget, formOf, isTouched, isWaiting, send, typed } from "./drafting.js";
import { fill as choose, passagesIn } from "./marking.js";
import { regain } from "./returning.js";

/** Hidden fields that belong to what was typed; the others say what the page shows now. */
const TYPED = "[name=key], [name=version], [name=marked], [data-quote], [name=passages]";

/** @param {string} name */
function noticeOf(name) {
  return /** @type {HTMLElement | null} */ (document.querySelector(`[data-draft-notice="${name}"]`));
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} values
 * @param {boolean} asDefault whether they are also what the form begins with
 */
function fill(form, values, asDefault) {
  for (const element of form.elements) {
    const field = /** @type {HTMLInputElement} */ (element);
    const value = values[field.name];
    if (value === undefined || field.name === "csrfmiddlewaretoken" || (field.type === "hidden" && !field.matches(TYPED))) continue;
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = field.value === value;
      if (asDefault) field.defaultChecked = field.checked;
    } else {
      field.value = value;
      if (asDefault) field.defaultValue = value;
    }
    if (field.dataset.counter) field.dispatchEvent(new CustomEvent("count", { bubbles: true }));
  }
  form.dispatchEvent(new CustomEvent("draft:filled", { bubbles: true }));
}

/**
 * What was typed is given up or saved: the form begins again with what stands there.
 *
 * @param {string} name
 */
function begin(name) {
  const notice = noticeOf(name);
  const form = formOf(name);
  if (form && notice?.dataset.standing) fill(form, JSON.parse(notice.dataset.standing), true);
  notice?.remove();
  forget(name);
}

/** @param {string} name */
async function discard(name) {
  const token = document.querySelector("[data-login-again] [name=csrfmiddlewaretoken]");
  const body = new URLSearchParams({ form: name, csrfmiddlewaretoken: /** @type {HTMLInputElement} */ (token).value });
  const answer = await ask(lifeline().removal ?? "", { method: "POST", body });
  return answer?.ok ? "done" : answer ? "refused" : "lost";
}

document.addEventListener("submit", async (event) => {
  const notice = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-draft-notice]"));
  if (!notice) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const name = notice.dataset.draftNotice ?? "";
  let outcome = await discard(name);
  if (outcome === "refused" && (await regain())) outcome = await discard(name);
  if (outcome !== "done") return announce(lifeline().unreached ?? "");
  begin(name);
  announce(lifeline().discarded ?? "");
  /** @type {HTMLElement | null | undefined} */ (formOf(name)?.querySelector("input:not([type=hidden]), textarea, select"))?.focus({ preventScroll: true });
}, true);

// A form that is cancelled in its place, or was saved without leaving the page.
document.addEventListener("reset", (event) => {
  const form = /** @type {HTMLElement} */ (event.target);
  const name = form.dataset.draft;
  if (!name) return;
  const any = noticeOf(name) || isWaiting(name) || form.querySelector(".draft-state");
  begin(name);
  if (any) discard(name);
});
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { elt, xhr } = /** @type {CustomEvent} */ (event).detail;
  if (elt.dataset?.draft && xhr.status >= 200 && xhr.status < 300) begin(elt.dataset.draft);
});

/**
 * Show a copy of this browser's in its form, unless it says what stands there.
 *
 * @param {string} name
 * @param {import("../copies.js").Copy} copy
 */
function bringIn(name, { at, fields }) {
  const form = formOf(name);
  if (!form) return;
  const before = typed(form);
  const differs = Object.keys(fields).some((each) => !["key", "version"].includes(each) && each in before && plain(fields[each]) !== plain(before[each]));
  if (!differs) return;
  let notice = noticeOf(name);
  if (!notice) {
    const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector("template[data-notice]"));
    notice = /** @type {HTMLElement} */ (template?.content.firstElementChild?.cloneNode(true));
    notice.dataset.draftNotice = name;
    notice.dataset.standing = JSON.stringify(before);
    /** @type {HTMLInputElement} */ (notice.querySelector("[name=form]")).value = name;
    form.before(notice);
  }
  const time = /** @type {HTMLTimeElement} */ (notice.querySelector("time"));
  time.dateTime = new Date(at).toISOString();
  time.textContent = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short", hourCycle: "h23" });
  fill(form, fields, false);
  const details = form.closest("details");
  if (details) details.open = true;
  drawWords(form);
}

/**
 * The words that the claim is about are drawn in the text again.
 *
 * @param {HTMLFormElement} form
 */
function drawWords(form) {
  brought.set(form.dataset.draft ?? "", JSON.stringify(typed(form)));
  if (!form.matches("[data-marking]")) return;
  const passages = passagesIn(form);
  if (passages.length) choose(form, passages);
}

for (const notice of document.querySelectorAll("[data-draft-notice]")) {
  const form = formOf(/** @type {HTMLElement} */ (notice).dataset.draftNotice ?? "");
  if (form) drawWords(form);
}

/** @param {string} value */
const plain = (value) => value.replaceAll("\r\n", "\n");

// What waits in this browser goes to the server; what was saved meanwhile goes away, and what is older than
// what is kept there waits in case it is the one that is wanted.
async function deliver() {
  for (const [name, copy] of all()) {
    // What is being typed here is newer, and on its way by itself.
    if (isWaiting(name) || isTouched(name)) continue;
    const status = await send(name, copy);
    if ([204, 205].includes(status)) remove(name, copy);
    // Somebody may have begun to type while it was on its way.
    if ([0, 204, 413, 422].includes(status) && !isTouched(name)) bringIn(name, copy);
    if (status === 0) return;
  }
}

deliver();
for (const back of ["connection:back", "login:back"]) document.addEventListener(back, deliver);
