// data-marking: the form for a new claim. Words typed or pasted are found in the text; words changed lose their old place.

import { CONTEXT, occurrences, snapshotText, toUnits } from "../anchoring.js";

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
  // What was refused goes too: a reset alone would bring it back.
  for (const wrong of details.querySelectorAll(".error-summary, .error, [data-complaint]")) wrong.remove();
  setTimeout(() => {
    for (const field of details.querySelectorAll("input:not([type=hidden]), textarea, [data-quote]")) {
      /** @type {HTMLInputElement} */ (field).value = "";
    }
  });
  CSS.highlights?.delete("chosen");
  details.querySelector("summary")?.focus();
});
