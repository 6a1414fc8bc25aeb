// data-cards: what a card shows when it is opened comes then, by its link; without script the link leads on.

/** @param {HTMLDetailsElement} details */
function fill(details) {
  details.dataset.filled = "yes";
  window.htmx.ajax("get", String(details.dataset.href), { target: details.querySelector(".more"), swap: "innerHTML" });
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
