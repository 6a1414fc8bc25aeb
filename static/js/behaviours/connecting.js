// data-banner="lost|outside": what happened to the connection or the login, and what is kept meanwhile. It goes when that is over.

import { lifeline } from "../connection.js";
import { announce } from "./announcing.js";

/** @param {"lost" | "outside" | ""} which */
function show(which) {
  for (const banner of document.querySelectorAll("[data-banner]")) {
    /** @type {HTMLElement} */ (banner).hidden = banner.getAttribute("data-banner") !== which;
  }
}

document.addEventListener("connection:lost", () => {
  show("lost");
  announce(lifeline().lost ?? "");
});
document.addEventListener("connection:back", () => {
  show("");
  announce(lifeline().back ?? "");
});
document.addEventListener("login:out", () => {
  show("outside");
  announce(document.querySelector('[data-banner="outside"]')?.textContent?.trim() ?? "");
});
document.addEventListener("login:back", () => show(""));
