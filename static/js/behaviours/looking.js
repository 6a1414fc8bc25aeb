// data-looking: from one that needs a look to the next, and back; with the shortcuts too.

const looks = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".look")]);

document.querySelector("[data-looking]")?.removeAttribute("hidden");

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-look]"));
  if (!button) return;
  const all = looks();
  // The one with the focus, or the last that had it: the button has it now.
  const at = all.findIndex((look) => look.matches("[data-current]"));
  const to = all[(at + Number(button.dataset.look) + all.length + (at < 0 && button.dataset.look === "-1" ? 1 : 0)) % all.length];
  to?.scrollIntoView({ block: "center" });
  to?.focus({ preventScroll: true });
});

document.addEventListener("focusin", (event) => {
  const look = /** @type {Element} */ (event.target).closest(".look");
  if (!look) return;
  for (const each of looks()) each.toggleAttribute("data-current", each === look);
});
