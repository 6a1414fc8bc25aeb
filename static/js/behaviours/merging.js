// data-cards: one card arrives, goes or changes, and the text with it; nothing else is drawn again. What others do comes by
// asking every few seconds, which costs 304 while nothing happened.

import { draw, erase, spansOf } from "../drawing.js";
import { announce } from "./announcing.js";

const EVERY = 4_000;
const workspace = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-workspace]"));
const list = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-cards]"));
const root = () => document.querySelector("[data-blocks]");

/** How often a card came or went by an answer to something done here. */
let changes = 0;

/** @returns {HTMLElement[]} all cards in the order of the text, however they are sorted now */
export function cardsInOrder() {
  const cards = /** @type {HTMLElement[]} */ ([...(list()?.querySelectorAll(".card") ?? [])]);
  const place = new Map(cards.map((card) => [card, spansOf(card)]));
  return cards.sort((one, other) => compare(place.get(one) ?? [], place.get(other) ?? []) || key(one) - key(other));
}

/** @param {HTMLElement} card */
const key = (card) => Number(card.dataset.highlight);

/**
 * @param {import("../drawing.js").Span[]} one
 * @param {import("../drawing.js").Span[]} other
 */
function compare(one, other) {
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    const difference = one[at].start - other[at].start || one[at].end - other[at].end;
    if (difference) return difference;
  }
  return one.length - other.length;
}

/** @param {HTMLElement} [card] */
const classes = (card) => card?.className.replace(/ (lit|here|peeked)\b/g, "");

/**
 * All that the server tells of a card, but for its number, which changes with others.
 *
 * @param {HTMLElement} card
 */
function told(card) {
  const { claim, spans, stage, rating, claimant, by } = card.dataset;
  const face = card.querySelector(".face")?.innerHTML.replace(/(<span class="number">)\d*/, "$1");
  return JSON.stringify([classes(card), claim, spans, stage, rating, claimant, by, face]);
}

/**
 * Puts a card where it belongs, or brings the one that stands there up to date, and its marks in the text with it.
 *
 * @param {HTMLElement} card
 * @param {boolean} [own] It answers something done here: what was open in the card is done with.
 */
function merge(card, own = false) {
  const standing = document.getElementById(card.id);
  if (standing && told(standing) === told(card) && !own) return;
  const same = standing?.dataset.spans === card.dataset.spans && classes(standing) === classes(card);
  if (!same) {
    const text = root();
    if (text) {
      erase(text, String(card.dataset.highlight));
      draw(text, {
        key: String(card.dataset.highlight),
        spans: spansOf(card),
        hue: /hue-(\w+)/.exec(card.className)?.[1],
        open: card.classList.contains("open"),
        number: "",
      });
    }
  }
  if (!standing) {
    const after = cardsInOrder().find((other) => compare(spansOf(card), spansOf(other)) < 0);
    if (after && !list()?.dataset.sort) after.before(card);
    else list()?.append(card);
    return;
  }
  // In place: an open card stays open, and what is typed in it stays.
  const kept = ["lit", "here", "peeked"].filter((name) => standing.classList.contains(name));
  for (const { name, value } of [...card.attributes]) standing.setAttribute(name, value);
  standing.classList.add(...kept);
  standing.querySelector(".face")?.replaceChildren(...(card.querySelector(".face")?.childNodes ?? []));
  const more = standing.querySelector(".more");
  // Under the hands of whoever works in it, an open card waits until they leave it.
  if (own || !more?.contains(document.activeElement)) document.dispatchEvent(new CustomEvent("card:changed", { detail: standing }));
  else standing.dataset.behind = "yes";
}

/** @param {string} highlight */
function remove(highlight) {
  const text = root();
  if (text) erase(text, highlight);
  const card = document.getElementById(`card-${highlight}`);
  const next = card?.nextElementSibling?.querySelector("summary") ?? document.getElementById("workspace-text");
  const focused = card?.contains(document.activeElement);
  if (card?.querySelector("[data-adjusting]")) document.dispatchEvent(new CustomEvent("adjusting:ended"));
  card?.remove();
  if (focused) /** @type {HTMLElement | null} */ (next)?.focus({ preventScroll: true });
}

/** How many numbers are written in one go: writing one lays its paragraph out anew. */
const AT_ONCE = 40;
let numbering = 0;

/** After cards came or went: how many there are, and their numbers, those before the eyes first. */
function number() {
  const cards = cardsInOrder();
  /** @type {Map<string | undefined, HTMLElement[]>} */
  const places = new Map();
  for (const sup of /** @type {NodeListOf<HTMLElement>} */ (root()?.querySelectorAll("[data-of]") ?? [])) {
    places.set(sup.dataset.of, [...(places.get(sup.dataset.of) ?? []), sup]);
  }
  /** @type {[Element, string][]} */
  const wrong = [];
  cards.forEach((card, at) => {
    const told = String(at + 1);
    for (const place of [card.querySelector(".number"), ...(places.get(card.dataset.highlight) ?? [])]) {
      if (place && place.textContent !== told) wrong.push([place, told]);
    }
  });
  clearTimeout(numbering);
  const first = wrong.length > AT_ONCE ? nearest(wrong) : 0;
  write([...wrong.splice(first, AT_ONCE), ...wrong]);
  for (const count of document.querySelectorAll("[data-count]")) count.textContent = String(cards.length);
  document.querySelector("[data-empty]")?.toggleAttribute("hidden", cards.length > 0);
  document.dispatchEvent(new CustomEvent("cards:merged"));
}

/**
 * The first that stands before the eyes, as they stand in the order of the text.
 *
 * @param {[Element, string][]} wrong
 */
function nearest(wrong) {
  let [low, high] = [0, wrong.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (wrong[middle][0].getBoundingClientRect().bottom > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** @param {[Element, string][]} numbers */
function write(numbers) {
  for (const [place, told] of numbers.splice(0, AT_ONCE)) {
    // A text that changes is laid out anew; one that comes is styled anew too.
    if (place.firstChild) place.firstChild.nodeValue = told;
    else place.textContent = told;
  }
  if (numbers.length) numbering = setTimeout(() => write(numbers), 30);
}

document.addEventListener("htmx:afterSwap", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.id !== "arrived") return;
  changes++;
  const come = /** @type {HTMLElement[]} */ ([...target.querySelectorAll(".card")]);
  target.replaceChildren();
  for (const card of come) merge(card, true);
  number();
});

document.addEventListener("unmarked", (event) => {
  changes++;
  const { highlight } = /** @type {CustomEvent} */ (event).detail;
  remove(String(highlight));
  number();
  // The undo button has arrived with this answer.
  setTimeout(() => /** @type {HTMLElement | null} */ (document.querySelector("#undo button"))?.focus({ preventScroll: true }), 30);
});

document.addEventListener("focusout", (event) => {
  const card = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".card[data-behind]"));
  if (!card || card.contains(/** @type {Node | null} */ (event.relatedTarget)) || card.querySelector("[data-adjusting]")) return;
  delete card.dataset.behind;
  document.dispatchEvent(new CustomEvent("card:changed", { detail: card }));
});
document.addEventListener("marked", () => {
  document.getElementById("undo")?.replaceChildren();
});
document.addEventListener("click", (event) => {
  if (!(/** @type {Element} */ (event.target).closest("[data-dismiss]"))) return;
  document.getElementById("undo")?.replaceChildren();
  document.getElementById("workspace-text")?.focus({ preventScroll: true });
});

let asking = false;

/** Asks for the cards as they stand now, one request at a time. */
async function ask() {
  const place = workspace();
  if (!place?.dataset.margin || document.hidden || asking) return;
  asking = true;
  try {
    await bring(place);
  } finally {
    asking = false;
  }
}

/** @param {HTMLElement} place */
async function bring(place) {
  const before = changes;
  const answer = await fetch(String(place.dataset.margin), {
    headers: { "HX-Request": "true", "If-None-Match": place.dataset.state ?? "" },
    cache: "no-store",
  });
  if (answer.status === 409) {
    // The cards are those of a newer text, and nothing of it stands here.
    delete place.dataset.margin;
    document.dispatchEvent(new CustomEvent("text:newer"));
    return;
  }
  if (answer.status !== 200) return;
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  // What was done here meanwhile is newer than this answer.
  if (changes !== before) return;
  const now = /** @type {HTMLElement[]} */ ([...template.content.querySelectorAll(".card")]);
  const standing = new Set(now.map((card) => card.id));
  const gone = [...(list()?.querySelectorAll(".card") ?? [])].filter((card) => !standing.has(card.id));
  const come = now.filter((card) => !document.getElementById(card.id)).length;
  for (const card of gone) remove(String(/** @type {HTMLElement} */ (card).dataset.highlight));
  for (const card of now) merge(card);
  place.dataset.state = answer.headers.get("ETag") ?? "";
  number();
  if (come || gone.length) announce(list()?.dataset.others ?? "");
}

async function watch() {
  try {
    await ask();
  } catch {
    // Not connected: whatever else is sent says so.
  }
  setTimeout(watch, EVERY);
}

if (workspace()?.dataset.margin) {
  setTimeout(watch, EVERY);
  document.addEventListener("visibilitychange", () => ask().catch(() => {}));
}
