// data-same-as: the dialog in which chosen words are marked as a claim that is known already. The form data-same-claim is sent with them.

import { OMISSION, spanOf } from "../article.js";
import { draw, erase } from "../chosen.js";
import { field, fieldsOf, markingForm, passagesIn } from "./marking.js";

/** @typedef {import("../article.js").Passage} Passage */

/** @type {Passage[]} */
let chosen = [];
/** @type {(() => void) | null} */
let giveBack = null;
let fromForm = false;

const dialog = () => /** @type {HTMLDialogElement | null} */ (document.getElementById("same-as"));

/**
 * @param {Passage[]} passages
 * @param {() => void} back  What to do when the dialog is left without a choice.
 */
export function sameAs(passages, back) {
  const place = dialog();
  if (!place || !passages.length) return;
  chosen = passages;
  giveBack = back;
  fromForm = false;
  const words = place.querySelector("[data-chosen-words]");
  if (words) words.textContent = passages.map(({ exact }) => exact).join(OMISSION);
  draw(passages.map(spanOf));
  place.showModal();
  place.querySelector("input[type=search]")?.dispatchEvent(new Event("opened", { bubbles: true }));
}

document.addEventListener(
  "close",
  (event) => {
    if (event.target !== dialog()) return;
    erase();
    giveBack?.();
    giveBack = null;
  },
  true,
);

// From the form: the words it has a place for.
document.addEventListener("click", (event) => {
  const form = /** @type {Element} */ (event.target).closest("[data-marking] [data-same-as]")?.closest("form");
  if (!form) return;
  document.dispatchEvent(new CustomEvent("words:settle"));
  const passages = passagesIn(form);
  if (!passages.length) {
    field(form, "exact")?.focus();
    return;
  }
  sameAs(passages, () => {
    document.dispatchEvent(new CustomEvent("words:chosen", { detail: { passages } }));
    /** @type {HTMLElement | null} */ (markingForm()?.querySelector("[data-same-as]"))?.focus();
  });
  fromForm = true;
});

// The claims offered are forms of their own: each is sent with the words that were chosen.
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters } = /** @type {CustomEvent} */ (event).detail;
  if (!elt.matches("[data-same-claim]") || !chosen.length) return;
  elt.toggleAttribute("data-from-form", fromForm);
  for (const [name, value] of Object.entries(fieldsOf(chosen))) parameters[name] = value;
});

// Before the new card gets the focus, or the dialog would take it back.
document.addEventListener(
  "marked",
  () => {
    giveBack = null;
    dialog()?.close();
    chosen = [];
  },
  true,
);
