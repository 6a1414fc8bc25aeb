// data-pasting: what was copied on a page and is pasted into an empty field comes with its headings, quotations and lists, which
// the server reads out of it; each gets its mark, and the form says that they are marks. Ctrl-Shift-V pastes the words alone.

import { announce } from "./announcing.js";

// More than words: without one of these, the words alone are as good.
const STRUCTURE = /<(h[1-6]|li|blockquote)[\s>]/i;

/**
 * Whether what is pasted now may bring marks: nothing stands in the field that could be taken for one, or they are there already.
 *
 * @param {HTMLTextAreaElement} field @param {HTMLInputElement} says
 */
function takesMarks(field, says) {
  return Boolean(says.value) || !field.value.trim() || (field.selectionStart === 0 && field.selectionEnd === field.value.length);
}

document.addEventListener("paste", async (event) => {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || field.dataset.pasting === undefined) return;
  const html = event.clipboardData?.getData("text/html") ?? "";
  const plain = event.clipboardData?.getData("text/plain") ?? "";
  const says = /** @type {HTMLInputElement | null | undefined} */ (field.form?.elements.namedItem("marked"));
  if (!says || !STRUCTURE.test(html) || !takesMarks(field, says)) return;
  event.preventDefault();
  const [start, end] = [field.selectionStart, field.selectionEnd];
  const before = field.value;
  const sent = new FormData();
  sent.set("html", html);
  sent.set("csrfmiddlewaretoken", /** @type {HTMLInputElement} */ (field.form?.elements.namedItem("csrfmiddlewaretoken")).value);
  field.setAttribute("aria-busy", "true");
  const answer = await fetch(field.dataset.pasting, { method: "POST", body: sent, headers: { "HX-Request": "true" } }).catch(() => null);
  const read = answer?.ok ? await answer.json() : null;
  field.removeAttribute("aria-busy");
  // Somebody typed on meanwhile: what they typed stays where it is, and the paste goes to the caret.
  if (field.value === before) field.setSelectionRange(start, end);
  put(field, read?.marked ?? plain);
  if (!read) return;
  says.value = "on";
  show(field);
  announce(field.dataset.pasted ?? "");
});

/** @param {HTMLTextAreaElement} field @param {string} words put as if they were typed, so that undo takes them back */
function put(field, words) {
  field.focus();
  if (!document.execCommand("insertText", false, words)) {
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

/** @param {HTMLTextAreaElement} field tell what the marks mean */
function show(field) {
  const hint = field.form?.querySelector("[data-pasting-hint]");
  if (hint instanceof HTMLElement) hint.hidden = false;
}

// Emptied, it is a text without marks again.
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || field.dataset.pasting === undefined || field.value.trim()) return;
  const says = /** @type {HTMLInputElement | null | undefined} */ (field.form?.elements.namedItem("marked"));
  const hint = field.form?.querySelector("[data-pasting-hint]");
  if (says) says.value = "";
  if (hint instanceof HTMLElement) hint.hidden = true;
});
