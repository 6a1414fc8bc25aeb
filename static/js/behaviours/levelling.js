// data-workspace: each card stands level with its highlight where there is room; --push is what it moves down.

const wide = matchMedia("(min-width: 60rem)");

function level() {
  const cards = /** @type {HTMLElement | null} */ (document.querySelector("[data-workspace] .cards"));
  if (!cards) return;
  const all = /** @type {HTMLElement[]} */ ([...cards.querySelectorAll(".card")]);
  const floating = float(cards);
  if (!all.length) return;
  if (!wide.matches) {
    cards.classList.remove("level");
    for (const card of all) card.style.removeProperty("--push");
    return;
  }
  // First all that is read, then all that is written: one layout, however many cards. Only heights are read of the cards,
  // since their places may be on the move.
  const gap = parseFloat(getComputedStyle(cards).rowGap) || 0;
  const places = all.map((card) => {
    const mark = document.getElementById(`highlight-${card.dataset.highlight}`);
    return { height: card.offsetHeight, wanted: mark?.getBoundingClientRect().top };
  });
  const origin = cards.getBoundingClientRect().top;
  const above = floating ? floating.previousElementSibling : all[0].previousElementSibling;
  let bottom = (above?.getBoundingClientRect().bottom ?? origin) - origin;
  const pushes = places.map(({ height, wanted }) => {
    const natural = bottom + gap;
    const top = Math.max(natural, wanted === undefined ? natural : wanted - origin);
    bottom = top + height;
    return top - natural;
  });
  all.forEach((card, at) => card.style.setProperty("--push", `${Math.round(pushes[at])}px`));
  cards.classList.add("level");
}

/**
 * The form for a new claim stays before the eyes of whoever selected words far down: fixed, since browsers scroll the page
 * when somebody types into a sticky one. Gives the form while it floats.
 *
 * @param {HTMLElement} cards
 */
function float(cards) {
  const marking = /** @type {HTMLDetailsElement | null} */ (cards.querySelector("details.marking"));
  const head = cards.querySelector(".cards-head");
  if (!marking || !head) return null;
  const away = wide.matches && marking.open && head.getBoundingClientRect().bottom < 0;
  marking.classList.toggle("floating", away);
  marking.style.setProperty("--width", `${cards.clientWidth}px`);
  return away ? marking : null;
}

let frame = 0;
function soon() {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(level);
}

soon();
addEventListener("resize", soon);

// Nothing jumps when the workspace is swapped: the words that were before the eyes stay there.
/** @type {number | undefined} */
let before;
document.addEventListener("htmx:beforeSwap", (event) => {
  before = /** @type {Element} */ (event.target).id === "workspace" ? scrollY : undefined;
});
document.addEventListener("htmx:afterSettle", () => {
  level();
  if (before !== undefined) scrollTo({ top: before, behavior: "instant" });
  before = undefined;
});
document.addEventListener("toggle", soon, true);
