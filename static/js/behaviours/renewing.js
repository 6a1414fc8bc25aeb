// name="key": a form that comes back by the Back button is a new form, so it gets a new key; a double click keeps the old one.

import { uuid } from "../uuid.js";

addEventListener("pageshow", (event) => {
  const [visit] = performance.getEntriesByType("navigation");
  const back = event.persisted || (visit instanceof PerformanceNavigationTiming && visit.type === "back_forward");
  if (!back) return;
  for (const field of document.querySelectorAll("input[name=key]")) {
    /** @type {HTMLInputElement} */ (field).value = uuid();
  }
});

// "key:spent": what the form was sent with is saved; sent once more, it is another.
document.addEventListener("key:spent", (event) => {
  const key = /** @type {Element} */ (event.target).querySelector("input[name=key]");
  if (key) /** @type {HTMLInputElement} */ (key).value = uuid();
});
