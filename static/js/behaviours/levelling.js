// data-workspace: each card stands level with its highlight where there is room; --push is what it moves down.

const wide = matchMedia("(min-width: 60rem)");

function level() {
  const cards = /** @type {HTMLElement | null} */ (document.querySelector("[data-workspace] .cards"));
  if (!cards) return;
  const all = /** @type {HTMLElement[]} */ ([...cards.querySelectorAll(".card")]);
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
  let bottom = (all[0].previousElementSibling?.getBoundingClientRect().bottom ?? origin) - origin;
  const pushes = places.map(({ height, wanted }) => {
    const natural = bottom + gap;
    const top = Math.max(natural, wanted === undefined ? natural : wanted - origin);
    bottom = top + height;
    return top - natural;
  });
  all.forEach((card, at) => card.style.setProperty("--push", `${Math.round(pushes[at])}px`));
  cards.classList.add("level");
}

let frame = 0;
function soon() {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(level);
}

soon();
addEventListener("resize", soon);
document.addEventListener("htmx:afterSettle", level);
document.addEventListener("toggle", soon, true);
