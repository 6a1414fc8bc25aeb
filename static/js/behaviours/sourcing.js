// data-sourcing: a source that is picked from the suggestions stands as a card in place of the fields for a new one, with what
// was quoted from it before. Without script the address alone tells that a source is known.

import { announce } from "./announcing.js";

/** @param {Element} box @param {string} what */
const part = (box, what) => /** @type {HTMLElement} */ (box.querySelector(`[data-${what}]`));
/** @param {Element} box */
const chosen = (box) => /** @type {HTMLInputElement} */ (box.closest("form")?.querySelector("[name=source_chosen]"));

/** @param {Element} box whatever keeps what is typed hears of it */
function changed(box) {
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("suggestion:chosen", async (event) => {
  const option = /** @type {CustomEvent<HTMLElement>} */ (event).detail;
  const box = /** @type {Element} */ (event.target).closest("[data-sourcing]");
  if (!box || !option.dataset.source) return;
  const answer = await fetch(option.dataset.card ?? "", { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const place = part(box, "card-place");
  place.innerHTML = await answer.text();
  chosen(box).value = option.dataset.source;
  place.hidden = false;
  part(box, "particulars").hidden = true;
  changed(box);
  announce(option.dataset.value ?? "");
  // The work goes on with how it is used.
  /** @type {HTMLElement | null | undefined} */ (box.closest("form")?.querySelector("[name=stance]"))?.focus();
});

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const box = target?.closest("[data-sourcing]");
  const again = target?.closest("[data-quote-again]");
  const form = /** @type {HTMLFormElement | null | undefined} */ (box?.closest("form"));
  if (!box || !form) return;
  if (again) {
    const quoted = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("quoted"));
    quoted.value = again.getAttribute("data-quote-again") ?? "";
    quoted.dispatchEvent(new InputEvent("input", { bubbles: true }));
    quoted.focus();
  } else if (target?.closest("[data-another-source]")) {
    chosen(box).value = "";
    const particulars = part(box, "particulars");
    particulars.hidden = false;
    part(box, "card-place").hidden = true;
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (particulars.querySelectorAll("[data-suggest]"))) field.value = "";
    changed(box);
    /** @type {HTMLElement | null} */ (particulars.querySelector("input"))?.focus();
  }
});
