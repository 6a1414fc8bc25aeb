// data-workspace: each card stands level with its highlight where there is room; --push is what it moves down.

const wide = matchMedia("(min-width: 60rem)");

function level() {
  const cards = /** @type {HTMLElement | null} */ (document.querySelector("[data-workspace] .cards"));
  if (!cards) return;
  const all = /** @type {HTMLElement[]} */ ([...cards.querySelectorAll(".card")]);
  const marking = cards.querySelector("details.marking");
  if (!wide.matches || marking?.hasAttribute("open")) {
    cards.classList.remove("level");
    for (const card of all) card.style.removeProperty("--push");
    return;
  }
  // First all that is read, then all that is written: one layout, however many cards.
  const gap = parseFloat(getComputedStyle(cards).rowGap) || 0;
  const places = all.map((card) => {
    const mark = document.querySelector(`mark[data-claims~="${card.dataset.claim}"]`);
    const push = parseFloat(card.style.getPropertyValue("--push")) || 0;
    return { height: card.offsetHeight, top: card.offsetTop - push, wanted: mark?.getBoundingClientRect().top };
  });
  const origin = cards.getBoundingClientRect().top;
  let bottom = places.length ? places[0].top - gap : 0;
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
document.addEventListener("htmx:afterSettle", soon);
document.addEventListener("toggle", soon, true);
