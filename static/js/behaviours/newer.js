// data-newer: somebody took the article in again while its older text stands in this page; it says so, and leads to the new one.

import { announce } from "./announcing.js";

document.addEventListener("text:newer", () => {
  const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-newer]"));
  if (!place?.hidden) return;
  place.hidden = false;
  announce(place.firstChild?.textContent?.trim() ?? "");
});
