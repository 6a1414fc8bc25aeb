// data-copy="ID": a button, there only with a script, that copies the words of an element.

import { announce } from "./announcing.js";

/** @param {ParentNode} root */
function show(root) {
  for (const button of root.querySelectorAll("button[data-copy]")) button.removeAttribute("hidden");
}

/** @param {Element} element */
async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent ?? "");
  } catch {
    // Where there is no TLS, browsers copy only what is selected.
    getSelection()?.selectAllChildren(element);
    document.execCommand("copy");
  }
}

document.addEventListener("click", async (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-copy]"));
  const element = document.getElementById(button?.dataset.copy ?? "");
  if (!button || !element) return;
  await copy(element);
  const label = button.firstChild;
  const before = label?.textContent ?? "";
  if (label && before !== button.dataset.copied) {
    label.textContent = button.dataset.copied ?? "";
    setTimeout(() => {
      label.textContent = before;
    }, 2000);
  }
  announce(button.dataset.copied ?? "");
});

show(document);
document.addEventListener("htmx:afterSettle", () => show(document));
