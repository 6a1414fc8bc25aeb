// data-marking: the form for a new claim. Words typed or pasted are found in the text; words changed lose their old place.

import { occurrences, snapshotText, toUnits } from "../anchoring.js";

const CONTEXT = 32;

/**
 * Puts a quote into the fields data-quote="exact|prefix|suffix|start" of a form.
 *
 * @param {ParentNode} form
 * @param {{exact: string, prefix?: string, suffix?: string, start?: number | string}} quote
 */
export function fillQuote(form, quote) {
  for (const name of /** @type {const} */ (["exact", "prefix", "suffix", "start"])) {
    const field = /** @type {HTMLInputElement | null} */ (form.querySelector(`[data-quote="${name}"]`));
    if (field) field.value = String(quote[name] ?? "");
  }
}

document.addEventListener("input", (event) => {
  const field = /** @type {HTMLTextAreaElement} */ (event.target);
  const form = field.closest("[data-marking]");
  if (form && field.dataset.quote === "exact") fillQuote(form, { exact: field.value });
});

document.addEventListener("change", (event) => {
  const field = /** @type {HTMLTextAreaElement} */ (event.target);
  const form = field.closest("[data-marking]");
  const blocks = document.querySelector("[data-blocks]");
  if (!form || !blocks || field.dataset.quote !== "exact") return;
  const text = snapshotText(blocks);
  const found = occurrences(text, field.value);
  if (found.length !== 1) return;
  const [{ start, end }] = found;
  const [from, to] = [toUnits(text, start), toUnits(text, end)];
  fillQuote(form, {
    exact: text.slice(from, to),
    prefix: Array.from(text.slice(Math.max(0, from - 2 * CONTEXT), from)).slice(-CONTEXT).join(""),
    suffix: Array.from(text.slice(to, to + 2 * CONTEXT)).slice(0, CONTEXT).join(""),
    start,
  });
});

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-unmark]");
  const details = /** @type {HTMLDetailsElement | null} */ (button?.closest("details") ?? null);
  if (!details) return;
  details.open = false;
  fillQuote(details, { exact: "" });
  CSS.highlights?.delete("chosen");
  details.querySelector("summary")?.focus();
});
