// data-arranging: which cards are shown and in which order; data-next, data-previous: from highlight to highlight;
// data-hide-highlights: the text as readers have it, without highlights.

import { announce } from "./announcing.js";
import { openCard } from "./lighting.js";
import { cardsInOrder } from "./merging.js";

const list = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-cards]"));
const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector("[data-arranging]"));

/** Where a check stands, from what needs work to what is done. */
const STANDINGS = ["sent_back", "none", "draft", "submitted", "approved", "published", "retracted"];

/** @type {Record<string, (one: HTMLElement, other: HTMLElement) => number>} */
const ORDERS = {
  newest: (one, other) => Number(other.dataset.highlight) - Number(one.dataset.highlight),
  stage: (one, other) => STANDINGS.indexOf(one.dataset.stage ?? "") - STANDINGS.indexOf(other.dataset.stage ?? ""),
  claimant: (one, other) => (one.dataset.claimant ?? "").localeCompare(other.dataset.claimant ?? ""),
};

/** What can be chosen is what stands on the cards. */
function offer() {
  for (const name of ["rating", "claimant"]) {
    const select = /** @type {HTMLSelectElement | null} */ (form()?.querySelector(`[name=${name}]`) ?? null);
    if (!select) continue;
    const values = new Set(cardsInOrder().map((card) => card.dataset[name] ?? ""));
    values.delete("");
    const sorted = [...values].sort((one, other) => one.localeCompare(other));
    const standing = [...select.options].slice(1).map((option) => option.value);
    if (sorted.join("\n") === standing.join("\n")) continue;
    const chosen = select.value;
    select.replaceChildren(select.options[0], ...sorted.map((value) => new Option(value, value)));
    select.value = values.has(chosen) ? chosen : "";
  }
}

function arrange() {
  const place = list();
  const chosen = form();
  if (!place || !chosen) return;
  offer();
  const given = new FormData(chosen);
  const wanted = (/** @type {string} */ name) => String(given.get(name) ?? "");
  const cards = cardsInOrder();
  let shown = 0;
  for (const card of cards) {
    card.hidden =
      ["stage", "rating", "claimant"].some((name) => wanted(name) && card.dataset[name] !== wanted(name)) ||
      (wanted("mine") !== "" && card.dataset.by !== chosen.dataset.person);
    if (!card.hidden) shown++;
  }
  const order = ORDERS[wanted("sort")];
  const sorted = order ? [...cards].sort(order) : cards;
  if (sorted.some((card, at) => place.children[at] !== card)) {
    const focused = document.activeElement;
    place.append(...sorted);
    if (focused instanceof HTMLElement && place.contains(focused)) focused.focus({ preventScroll: true });
  }
  place.dataset.sort = order ? wanted("sort") : "";
  const narrowed = shown < cards.length;
  const told = /** @type {HTMLElement | null} */ (chosen.querySelector("[data-shown]"));
  const words = narrowed ? `${chosen.dataset.showing ?? ""}`.replace("{shown}", String(shown)).replace("{all}", String(cards.length)) : "";
  if (told && told.textContent !== words) {
    told.textContent = words;
    announce(words || (chosen.dataset.all ?? ""));
  }
  chosen.closest("details")?.classList.toggle("narrowed", narrowed || Boolean(order));
  document.dispatchEvent(new CustomEvent("cards:arranged"));
}

/** @param {1 | -1} direction */
function go(direction) {
  const cards = cardsInOrder().filter((card) => !card.hidden);
  if (!cards.length) return;
  const here = cards.indexOf(/** @type {HTMLElement} */ (document.activeElement?.closest(".card") ?? document.querySelector(".card.here")));
  const next = cards[here < 0 ? firstBelow(cards, direction) : (here + direction + cards.length) % cards.length];
  for (const card of document.querySelectorAll(".card.here")) card.classList.remove("here");
  next.classList.add("here");
  document.getElementById(`highlight-${next.dataset.highlight}`)?.scrollIntoView({ block: "center" });
  openCard(String(next.dataset.highlight), { unfold: false });
}

/**
 * Without a card to begin from: the first highlight below the top of the window, or the last above it.
 *
 * @param {HTMLElement[]} cards
 * @param {1 | -1} direction
 */
function firstBelow(cards, direction) {
  const below = cards.findIndex(
    (card) => (document.getElementById(`highlight-${card.dataset.highlight}`)?.getBoundingClientRect().top ?? 0) > 0,
  );
  if (direction > 0) return Math.max(below, 0);
  return below < 1 ? cards.length - 1 : below - 1;
}

/** @param {HTMLElement} button */
function hide(button) {
  const hidden = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(hidden));
  silence(hidden);
  announce(button.dataset[hidden ? "hidden" : "shown"] ?? "");
}

/** @param {boolean} hidden */
function silence(hidden) {
  document.querySelector("[data-blocks]")?.classList.toggle("unmarked", hidden);
  for (const mark of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-blocks] mark"))) {
    if (hidden) mark.setAttribute("role", "none");
    else mark.removeAttribute("role");
    // With an attribute of ARIA's own, the role would hold in spite of it (WAI-ARIA 1.2, 4.6 "Presentational roles conflict").
    if (hidden) mark.removeAttribute("aria-details");
    else if (mark.id) mark.setAttribute("aria-details", `card-${mark.dataset.highlight}`);
  }
}

document.addEventListener("change", (event) => {
  if (/** @type {Element} */ (event.target).closest("[data-arranging]")) arrange();
});
document.addEventListener("reset", (event) => {
  if (event.target === form()) setTimeout(arrange);
});
document.addEventListener("cards:merged", () => {
  arrange();
  // What has come meanwhile is hidden like the others.
  if (document.querySelector("[data-blocks].unmarked")) silence(true);
});
document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-next]")) go(1);
  else if (target.closest("[data-previous]")) go(-1);
  const hiding = /** @type {HTMLElement | null} */ (target.closest("[data-hide-highlights]"));
  if (hiding) hide(hiding);
});

document.querySelector("[data-tools]")?.removeAttribute("hidden");
arrange();
