// data-looking: from one that needs a look to the next, and back; with the shortcuts too.

const looks = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".look")]);

document.querySelector("[data-looking]")?.removeAttribute("hidden");

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-look]"));
  if (!button) return;
  const all = looks();
  const at = all.findIndex((look) => look.matches("[data-current]"));
  const to = all[(at + Number(button.dataset.look) + all.length + (at < 0 && button.dataset.look === "-1" ? 1 : 0)) % all.length];
  to?.scrollIntoView({ block: "center" });
  to?.focus({ preventScroll: true });
});

/** @param {Element | null} place the one that has the focus, or had it last, is where the way goes on */
function stand(place) {
  const look = place?.closest(".look");
  if (!look) return;
  for (const each of looks()) each.toggleAttribute("data-current", each === look);
}

document.addEventListener("focusin", (event) => stand(/** @type {Element} */ (event.target)));
// The next one has the focus from the beginning.
stand(document.activeElement);
