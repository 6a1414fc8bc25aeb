// data-live: the one polite region that tells what happened. The server says it with the event "marked" {claim, says} or "told" {says}.

import { forLogin } from "../connection.js";

/** @param {string} words */
export function announce(words) {
  const region = document.querySelector("[data-live]");
  if (region) region.textContent = words;
}

const wide = matchMedia("(min-width: 60rem)");

document.addEventListener("marked", (event) => {
  const { highlight, says } = /** @type {CustomEvent} */ (event).detail;
  const card = document.getElementById(`card-${highlight}`);
  announce(says);
  document.querySelectorAll(`mark[data-highlight="${highlight}"]`).forEach((mark) => mark.classList.add("fresh"));
  // When the cards stand where they belong.
  requestAnimationFrame(() => {
    card?.querySelector("summary")?.focus({ preventScroll: true });
    // The words tell where it belongs; a card that will stand level with them may still be on its way there.
    const words = document.getElementById(`highlight-${highlight}`);
    const { bottom = 0, top = 0 } = words?.getBoundingClientRect() ?? {};
    if (!words || (bottom >= 0 && top <= innerHeight)) return;
    if (wide.matches && !card?.closest("[data-sort]:not([data-sort=''])")) words.scrollIntoView({ block: "center" });
    else card?.scrollIntoView({ block: "nearest" });
  });
});

document.addEventListener("told", (event) => announce(/** @type {CustomEvent} */ (event).detail.says));

/**
 * Something went wrong on the way: said, and shown where the work is.
 *
 * @param {string} words
 */
function complain(words) {
  announce(words);
  const form = document.querySelector("details[open] > [data-marking]");
  const place = form ?? document.querySelector(".messages");
  place?.querySelector("[data-complaint]")?.remove();
  const line = document.createElement("p");
  line.className = form ? "error" : "message error";
  line.dataset.complaint = "";
  line.textContent = words;
  place?.prepend(line);
  line.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () => complain(said("lost")));
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = /** @type {CustomEvent} */ (event).detail;
  if (!forLogin(xhr.status, xhr.getResponseHeader("Refused"))) complain(said("refused"));
});

/** @param {"lost" | "refused"} what */
function said(what) {
  return document.querySelector("[data-live]")?.getAttribute(`data-${what}`) ?? "";
}
