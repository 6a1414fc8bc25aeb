// data-workspace: pointing at a highlight or a card, or focusing one, lights the other; a click on a highlight opens its card.

/** @param {EventTarget | null} target */
function claimsAt(target) {
  const element = target instanceof Element ? target.closest("[data-claims], [data-claim]") : null;
  if (!element?.closest("[data-workspace]")) return [];
  const card = element.getAttribute("data-claim");
  return card ? [card] : (element.getAttribute("data-claims") ?? "").split(" ");
}

/** @param {EventTarget | null} target */
function light(target) {
  const claims = claimsAt(target);
  for (const element of document.querySelectorAll("[data-workspace] .lit")) element.classList.remove("lit");
  for (const claim of claims) {
    document.getElementById(`claim-${claim}`)?.classList.add("lit");
    for (const mark of document.querySelectorAll(`mark[data-claims~="${claim}"]`)) mark.classList.add("lit");
  }
}

document.addEventListener("pointerover", (event) => light(event.target));
document.addEventListener("focusin", (event) => light(event.target));

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const mark = target.closest("[data-workspace] mark[data-claims], [data-workspace] sup[data-claims]");
  if (!mark || !getSelection()?.isCollapsed) return;
  const card = document.getElementById(`claim-${mark.getAttribute("data-claims")?.split(" ")[0]}`);
  const details = card?.querySelector("details");
  if (!card || !details) return;
  document.dispatchEvent(new CustomEvent("sheet:open", { detail: "peek" }));
  details.open = true;
  details.querySelector("summary")?.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
});
