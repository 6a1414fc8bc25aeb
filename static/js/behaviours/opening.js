// data-cards: what a card shows when it is opened comes then, by its link; without script the link leads on.

/** @param {HTMLDetailsElement} details */
async function fill(details) {
  details.dataset.filled = "yes";
  try {
    const answer = await fetch(String(details.dataset.href), { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const more = /** @type {HTMLElement} */ (details.querySelector(".more"));
    more.innerHTML = await answer.text();
    window.htmx.process(more);
    document.dispatchEvent(new CustomEvent("cards:arranged"));
  } catch {
    // The link that stands there leads on; the next opening tries again.
    delete details.dataset.filled;
  }
}

document.addEventListener(
  "toggle",
  (event) => {
    const details = /** @type {HTMLDetailsElement} */ (event.target);
    if (details.open && details.dataset.href && !details.dataset.filled) fill(details);
  },
  true,
);

document.addEventListener("card:changed", (event) => {
  const details = /** @type {CustomEvent} */ (event).detail.querySelector("details");
  delete details.dataset.filled;
  if (details.open) fill(details);
});
