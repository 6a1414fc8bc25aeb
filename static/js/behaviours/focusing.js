// data-focus: what went wrong gets the focus, on a new page and in what was swapped in.

/** @param {ParentNode} root */
function focusIn(root) {
  /** @type {HTMLElement | null} */ (root.querySelector("[data-focus]"))?.focus();
}

focusIn(document);
document.addEventListener("htmx:afterSettle", (event) => {
  const target = /** @type {CustomEvent} */ (event).detail.target ?? event.target;
  focusIn(target.parentElement ?? document);
});
