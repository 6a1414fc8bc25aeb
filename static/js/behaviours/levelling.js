// data-workspace: each card stands level with its highlight where there is room; --push is what it moves down.

const wide = matchMedia("(min-width: 60rem)");

function level() {
  const cards = /** @type {HTMLElement | null} */ (document.querySelector("[data-workspace] .cards"));
  const list = /** @type {HTMLElement | null} */ (cards?.querySelector("[data-cards]") ?? null);
  if (!cards || !list) return;
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".card:not([hidden])")]);
  float(cards);
  if (!all.length) return;
  if (!wide.matches || list.dataset.sort) {
    for (const card of all) if (card.style.length) card.style.removeProperty("--push");
    return;
  }
  // First all that is read, then all that is written: one layout, however many cards. Only heights are read of the cards,
  // since their places may be on the move.
  const gap = parseFloat(getComputedStyle(list).rowGap) || 0;
  const places = all.map((card) => {
    const mark = document.getElementById(`highlight-${card.dataset.highlight}`);
    return { height: card.offsetHeight, wanted: mark?.getBoundingClientRect().top };
  });
  const origin = list.getBoundingClientRect().top;
  let bottom = -gap;
  const pushes = places.map(({ height, wanted }) => {
    const natural = bottom + gap;
    const top = Math.max(natural, wanted === undefined ? natural : wanted - origin);
    bottom = top + height;
    return Math.round(top - natural);
  });
  // Written only where it changed: a browser styles and lays out anew whatever is written to. Most cards of a long article
  // are not pushed at all.
  all.forEach((card, at) => {
    const push = `${pushes[at]}px`;
    if ((card.style.getPropertyValue("--push") || "0px") !== push) card.style.setProperty("--push", push);
  });
}

/**
 * The form for a new claim stays before the eyes of whoever selected words far down: fixed, since browsers scroll the page
 * when somebody types into a sticky one.
 *
 * @param {HTMLElement} cards
 */
function float(cards) {
  const marking = /** @type {HTMLDetailsElement | null} */ (cards.querySelector("details.marking"));
  const head = cards.querySelector(".cards-head");
  if (!marking || !head) return;
  // Decided when it opens: it does not move under the hands of whoever types in it.
  if (marking.open && wide.matches && marking.dataset.decided) return;
  if (marking.open) marking.dataset.decided = "yes";
  else delete marking.dataset.decided;
  const away = wide.matches && marking.open && head.getBoundingClientRect().bottom < 0;
  marking.classList.toggle("floating", away);
  marking.style.setProperty("--width", `${cards.clientWidth}px`);
}

let frame = 0;
function soon() {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(level);
}

soon();
addEventListener("resize", soon);

document.addEventListener("htmx:afterSettle", soon);
document.addEventListener("cards:arranged", soon);
document.addEventListener("toggle", soon, true);
