// details.menu: a menu goes when somebody clicks or moves elsewhere, or presses Escape.

/** @param {(menu: HTMLDetailsElement) => boolean} which */
function close(which) {
  for (const menu of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.menu[open]"))) {
    if (which(menu)) menu.open = false;
  }
}

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => close((menu) => !menu.contains(/** @type {Node} */ (event.target))));
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  close((menu) => {
    if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
    return true;
  });
});
