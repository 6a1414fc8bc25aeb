// data-take: a list from which work is taken; the next thing to take gets the focus. data-assignment: one that says who has it.

import { announce } from "./announcing.js";

const TAKE = "[data-take] button";
let taken = -1;

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = /** @type {Element} */ (event.target).closest("[data-take]");
  const buttons = [...document.querySelectorAll(TAKE)];
  taken = form ? buttons.findIndex((button) => form.contains(button)) : -1;
});

document.addEventListener("htmx:afterSettle", () => {
  if (taken < 0) return;
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(TAKE));
  const next = buttons[Math.min(taken, buttons.length - 1)] ?? document.querySelector("#main a");
  taken = -1;
  // What was refused asks for the focus itself.
  if (!document.querySelector("[data-focus]")) next?.focus({ preventScroll: true });
});

document.addEventListener("assigned", (event) => {
  announce(/** @type {CustomEvent} */ (event).detail.says);
  // The event comes from what was swapped in, or from the body when the button that asked is gone.
  /** @type {HTMLElement | null} */ (document.querySelector("[data-assignment] a"))?.focus({ preventScroll: true });
});
