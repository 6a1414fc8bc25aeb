// data-unsaved: what was typed in such a form is not left behind unasked, neither by a link nor by another form's button.

/** @type {Set<HTMLFormElement>} */
const changed = new Set();

document.addEventListener("input", (event) => {
  const form = /** @type {Element} */ (event.target).closest("form[data-unsaved]");
  if (form) changed.add(/** @type {HTMLFormElement} */ (form));
});

document.addEventListener("submit", (event) => {
  changed.delete(/** @type {HTMLFormElement} */ (event.target));
});

addEventListener("beforeunload", (event) => {
  if (![...changed].some((form) => form.isConnected)) return;
  event.preventDefault();
  for (const form of document.querySelectorAll("form[data-sent]")) {
    // If they stay, the other form's button works again.
    setTimeout(() => {
      form.removeAttribute("data-sent");
      form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    });
  }
});
