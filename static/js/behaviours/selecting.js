// data-selection-bar: words selected in data-blocks (by mouse, touch or caret) bring up a bar: new claim, same as…, cancel.

import { quoteFromRange, rangesFromSpan } from "../anchoring.js";
import { fillQuote } from "./marking.js";

/** @type {import("../anchoring.js").Quote | null} */
let quote = null;

const bar = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-selection-bar]"));
const blocks = () => document.querySelector("[data-blocks]");

/** The part of the selection that lies in the article, or null. */
function selectedRange() {
  const selection = getSelection();
  const root = blocks();
  if (!root || !selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(root) ? range : null;
}

function show() {
  const place = bar();
  const root = blocks();
  const range = selectedRange();
  if (!place || !root) return;
  quote = range && quoteFromRange(root, range);
  place.hidden = !quote;
  if (!quote || !range) return;
  const box = range.getBoundingClientRect();
  const width = place.offsetWidth;
  const x = Math.min(Math.max(8, box.left + box.width / 2 - width / 2), document.documentElement.clientWidth - width - 8);
  place.style.setProperty("--x", `${x + scrollX}px`);
  place.style.setProperty("--y", `${box.bottom + scrollY + 8}px`);
}

function draw() {
  const root = blocks();
  if (!root || !quote || !CSS.highlights) return;
  CSS.highlights.set("chosen", new Highlight(...rangesFromSpan(root, quote.start, quote.end)));
}

function hide() {
  const place = bar();
  if (place) place.hidden = true;
  CSS.highlights?.delete("chosen");
}

function newClaim() {
  const form = document.querySelector("[data-marking]");
  const details = form?.closest("details");
  if (!form || !details || !quote) return;
  document.dispatchEvent(new CustomEvent("sheet:open", { detail: "open" }));
  details.open = true;
  fillQuote(form, quote);
  leaveSelection();
  draw();
  // On a phone the form comes with the sheet, and can be focused when it is there.
  setTimeout(() => /** @type {HTMLElement | null} */ (form.querySelector("[name=wording]"))?.focus({ preventScroll: true }), 60);
}

function sameAs() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("same-as"));
  if (!dialog || !quote) return;
  const words = dialog.querySelector("[data-chosen-words]");
  if (words) words.textContent = quote.exact;
  leaveSelection();
  draw();
  dialog.showModal();
  const search = dialog.querySelector("input[type=search]");
  search?.dispatchEvent(new Event("opened"));
}

/** Take the bar away but keep the quote for the form that is open now. */
function leaveSelection() {
  const place = bar();
  if (place) place.hidden = true;
  getSelection()?.removeAllRanges();
}

let timer = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  // A selection that a form or dialog took over is gone from the page; its words are kept until that is done.
  if (!selectedRange()) {
    const place = bar();
    if (place) place.hidden = true;
    return;
  }
  timer = setTimeout(show, 150);
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-new-claim]")) newClaim();
  else if (target.closest("[data-same-as]")) sameAs();
  else if (target.closest("[data-cancel]")) {
    leaveSelection();
    hide();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !bar()?.hidden) {
    leaveSelection();
    hide();
  }
});

// The claims offered for "Same as…" are forms of their own: each is sent with the words that were selected.
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters } = /** @type {CustomEvent} */ (event).detail;
  if (!elt.matches("[data-same-claim]") || !quote) return;
  for (const name of /** @type {const} */ (["exact", "prefix", "suffix", "start"])) parameters[name] = String(quote[name]);
});

// Before the new card gets the focus, or the dialog would take it back.
document.addEventListener(
  "marked",
  () => {
    /** @type {HTMLDialogElement | null} */ (document.getElementById("same-as"))?.close();
    hide();
  },
  true,
);
