// data-picker: words are picked without selecting: a list of the sentences of a paragraph, or of the words of a sentence, by keys or by clicks.

import { shown, spanOf } from "../article.js";
import { draw, erase } from "../chosen.js";
import { announce } from "./announcing.js";
import { addPassage, markingForm, newClaim, passagesIn, underWay } from "./marking.js";
import { sameAs } from "./same.js";
import { chosenNow } from "./selecting.js";

/** @typedef {import("../anchoring.js").Span} Span */
/** @typedef {"sentence" | "word"} Unit */

/** How many options there are at most before and after the present one: long paragraphs stay quick. */
const REACH = 60;

/**
 * Where the picker stands: `head` is the present sentence or word, and what lies from `anchor` to it is chosen.
 *
 * @type {{article: import("../article.js").Article, anchor: Span, head: Span, unit: Unit} | null}
 */
let place = null;
/** The last place, to begin there again. @type {WeakMap<object, Span>} */
const left = new WeakMap();
/** @type {HTMLElement | null} */
let opener = null;
/** What the options are of, so that they are made anew only when that changes. */
let listed = "";
/** @type {Span[]} */
let options = [];

const panel = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-picker]"));
const list = () => /** @type {HTMLElement | null} */ (panel()?.querySelector("[role=listbox]") ?? null);

/** What is chosen. */
function picked() {
  if (!place) return { start: 0, end: 0 };
  const { anchor, head } = place;
  return { start: Math.min(anchor.start, head.start), end: Math.max(anchor.end, head.end) };
}

function open() {
  const article = shown();
  const box = panel();
  if (!article || !box) return;
  const active = document.activeElement;
  opener = active instanceof HTMLElement && active !== document.body && !box.contains(active) ? active : null;
  const [worded] = underWay() ? passagesIn(/** @type {HTMLFormElement} */ (markingForm())) : [];
  const start = chosenNow() ?? (worded && spanOf(worded)) ?? visible(left.get(article.root)) ?? firstVisible();
  if (!start) return;
  const selection = getSelection();
  if (selection && !selection.isCollapsed) selection.collapseToStart();
  box.hidden = false;
  for (const button of document.querySelectorAll("[data-open-picker]")) button.setAttribute("aria-expanded", "true");
  for (const button of box.querySelectorAll("button")) {
    const { alone, amid, instead } = button.dataset;
    if (amid !== undefined) button.hidden = !underWay();
    if (alone) button.textContent = underWay() && instead ? instead : alone;
  }
  const head = article.sentenceAt(start.start) ?? start;
  place = { article, anchor: head, head, unit: "sentence" };
  extendByClick(false);
  settleIn();
  show();
  list()?.focus({ preventScroll: true });
  announce(article.words(head));
}

/** Beside the text where there is room, level with the cards' head; it stays there while it is open. */
function settleIn() {
  const cards = document.querySelector("[data-workspace] .cards")?.getBoundingClientRect();
  const box = panel();
  if (!box || !cards) return;
  box.style.setProperty("--x", `${cards.left}px`);
  box.style.setProperty("--y", `${Math.max(8, Math.min(cards.top, innerHeight / 4))}px`);
  box.style.setProperty("--width", `${cards.width}px`);
}

/** Below what stays at the top of the window. */
function topOfSight() {
  return Math.max(0, document.querySelector("[data-workspace] .tools")?.getBoundingClientRect().bottom ?? 0);
}

/** @param {Span | undefined} span */
function visible(span) {
  const box = span && shown()?.ranges(span)[0]?.getBoundingClientRect();
  return box && box.top >= topOfSight() && box.bottom <= innerHeight ? span : undefined;
}

/** The first sentence that is seen. */
function firstVisible() {
  const article = shown();
  if (!article) return null;
  const elements = article.elements();
  const edge = topOfSight();
  const top = elements.findIndex((element) => element.getBoundingClientRect().bottom > edge);
  for (let number = Math.max(top, 0); number < article.paragraphs.length; number++) {
    const all = article.sentences(number);
    const seen = all.find((span) => (article.ranges(span)[0]?.getBoundingClientRect().top ?? -1) >= 0);
    if (seen ?? all[0]) return seen ?? all[0];
  }
  return article.sentences(0)[0] ?? null;
}

/** @param {boolean} [back] Whether the focus goes back to where it came from. */
function close(back = true) {
  const box = panel();
  if (!box || box.hidden) return;
  if (place) left.set(place.article.root, place.head);
  place = null;
  listed = "";
  box.hidden = true;
  for (const button of document.querySelectorAll("[data-open-picker]")) button.setAttribute("aria-expanded", "false");
  if (!back) return;
  erase();
  const target = opener?.isConnected ? opener : document.querySelector("[data-open-picker]");
  /** @type {HTMLElement | null} */ (target)?.focus({ preventScroll: true });
}

/**
 * Go to a sentence or word.
 *
 * @param {Span | undefined} head
 * @param {Unit} unit
 * @param {boolean} extend
 */
function go(head, unit, extend) {
  if (!place || !head) return;
  place = { ...place, anchor: extend ? place.anchor : head, head, unit };
  show();
  const { article } = place;
  const words = article.words(head);
  const { many } = panel()?.dataset ?? {};
  announce(extend ? `${words} – ${(many ?? "").replace("{n}", String(article.count(picked())))}` : words);
}

/** Draw what is chosen, in the text and in the list. */
function show() {
  const listbox = list();
  if (!place || !listbox) return;
  const { article, head, unit } = place;
  const sentence = article.sentenceAt(head.start);
  const all = unit === "sentence" ? article.sentences(article.paragraphAt(head.start)) : article.wordsOf(sentence);
  const at = Math.max(0, all.findLastIndex((span) => span.start <= head.start));
  const first = Math.max(0, Math.floor(at / REACH) * REACH - REACH);
  const key = `${unit} ${all[0].start} ${first}`;
  if (key !== listed) {
    listed = key;
    options = all.slice(first, first + 3 * REACH);
    const { sentences, words } = listbox.dataset;
    const number = article.paragraphAt(head.start) + 1;
    listbox.setAttribute("aria-label", ((unit === "sentence" ? sentences : words) ?? "").replace("{n}", String(number)));
    listbox.dataset.unit = unit;
    listbox.lang = article.language;
    listbox.replaceChildren(
      ...options.map((span, number) => {
        const option = document.createElement("div");
        option.id = `picker-option-${first + number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-setsize", String(all.length));
        option.setAttribute("aria-posinset", String(first + number + 1));
        option.textContent = article.words(span);
        return option;
      }),
    );
  }
  const now = picked();
  for (const [number, option] of [...listbox.children].entries()) {
    const { start, end } = options[number];
    option.setAttribute("aria-selected", String(start < now.end && end > now.start));
    option.classList.toggle("present", first + number === at);
    if (first + number !== at) continue;
    listbox.setAttribute("aria-activedescendant", option.id);
    within(listbox, option);
  }
  for (const button of panel()?.querySelectorAll("button[data-unit]") ?? []) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-unit") === unit));
  }
  draw([now]);
  bring(head);
}

/**
 * Scroll the list, and nothing else.
 *
 * @param {HTMLElement} listbox
 * @param {Element} option
 */
function within(listbox, option) {
  const [outer, inner] = [listbox.getBoundingClientRect(), option.getBoundingClientRect()];
  if (inner.top < outer.top + 4) listbox.scrollTop -= outer.top + 4 - inner.top;
  else if (inner.bottom > outer.bottom - 4) listbox.scrollTop += Math.min(inner.bottom - outer.bottom + 4, inner.top - outer.top - 4);
}

/**
 * Bring the words before the eyes: into what the panel leaves free of the window.
 *
 * @param {Span} span
 */
function bring(span) {
  const box = place?.article.ranges(span)[0]?.getBoundingClientRect();
  const own = panel()?.getBoundingClientRect();
  if (!box || !own) return;
  const bottom = own.left < box.right && own.right > box.left ? own.top : innerHeight;
  const top = topOfSight();
  if (box.top < top || box.bottom > bottom - 8) scrollBy({ top: box.top - Math.max(top + 8, bottom / 4), behavior: "instant" });
}

/**
 * The first or last sentence of a paragraph, going on past empty ones.
 *
 * @param {number} number
 * @param {number} by 1 or -1
 * @param {boolean} last
 */
function paragraph(number, by, last = false) {
  if (!place) return undefined;
  const { article } = place;
  for (let at = number; at >= 0 && at < article.paragraphs.length; at += by) {
    const all = article.sentences(at);
    if (all.length) return all.at(last ? -1 : 0);
  }
  return undefined;
}

/** @param {number} by 1 or -1 */
function sentenceBy(by) {
  if (!place) return undefined;
  const { article, head } = place;
  const number = article.paragraphAt(head.start);
  const all = article.sentences(number);
  const at = all.indexOf(article.sentenceAt(head.start));
  return all[at + by] ?? paragraph(number + by, by, by < 0);
}

/** @param {number} by 1 or -1 */
function wordBy(by) {
  if (!place) return undefined;
  const { article, head, unit } = place;
  const all = article.wordsOf(article.sentenceAt(head.start));
  if (unit === "sentence") return all.at(by > 0 ? 0 : -1);
  const next = all[Math.max(0, all.findLastIndex((span) => span.start <= head.start)) + by];
  if (next) return next;
  const sentence = sentenceBy(by);
  return sentence && article.wordsOf(sentence).at(by > 0 ? 0 : -1);
}

/** @param {number} by 1 or -1 */
function paragraphBy(by) {
  if (!place) return undefined;
  return paragraph(place.article.paragraphAt(place.head.start) + by, by);
}

/**
 * By sentences; extending from a word first takes the rest of its sentence.
 *
 * @param {number} by 1 or -1
 * @param {boolean} extend
 */
function goSentence(by, extend) {
  if (!place) return;
  const { article, head, unit } = place;
  const present = article.sentenceAt(head.start);
  const whole = picked();
  if (!extend || unit === "sentence" || (by > 0 ? whole.end >= present.end : whole.start <= present.start)) {
    return go(sentenceBy(by), "sentence", extend);
  }
  const all = article.wordsOf(present);
  const [first, last] = [all[0], all[all.length - 1]];
  go(by > 0 ? { start: last.start, end: present.end } : { start: present.start, end: first.end }, "word", true);
}

/**
 * By words; extending from a sentence goes on behind its last word, or before its first.
 *
 * @param {number} by 1 or -1
 * @param {boolean} extend
 */
function goWord(by, extend) {
  if (!place) return;
  if (extend && place.unit === "sentence") {
    const { article, head } = place;
    const all = article.wordsOf(article.sentenceAt(head.start));
    place = { ...place, head: /** @type {Span} */ (all.at(by > 0 ? -1 : 0)), unit: "word" };
  }
  go(wordBy(by), "word", extend);
}

/** @param {KeyboardEvent} event */
function key(event) {
  if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
  const { article, head, unit } = place;
  // The list takes its direction from the words that are in it.
  const forward = getComputedStyle(/** @type {Element} */ (list())).direction === "rtl" ? -1 : 1;
  const all = unit === "sentence" ? article.sentences(article.paragraphAt(head.start)) : article.wordsOf(article.sentenceAt(head.start));
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => goSentence(1, event.shiftKey),
    ArrowUp: () => goSentence(-1, event.shiftKey),
    ArrowRight: () => goWord(forward, event.shiftKey),
    ArrowLeft: () => goWord(-forward, event.shiftKey),
    Home: () => go(all[0], unit, event.shiftKey),
    End: () => go(all.at(-1), unit, event.shiftKey),
    PageDown: () => go(paragraphBy(1), "sentence", event.shiftKey),
    PageUp: () => go(paragraphBy(-1), "sentence", event.shiftKey),
    Enter: mark,
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
}

/** A new claim of the words, or one more passage for the claim that is being worded. */
function mark() {
  if (underWay()) add();
  else make();
}

function make() {
  const passage = passageNow();
  if (!passage) return;
  close(false);
  newClaim([passage]);
}

function add() {
  const passage = passageNow();
  if (!passage) return;
  close(false);
  addPassage(passage);
}

function passageNow() {
  return place?.article.passage(picked());
}

function same() {
  const passage = passageNow();
  const kept = place;
  if (!passage || !kept) return;
  const from = opener;
  close(false);
  sameAs([passage], () => {
    open();
    opener = from;
    if (place) place = kept;
    show();
  });
}

/** @param {boolean} on */
function extendByClick(on) {
  panel()?.querySelector("[data-extend]")?.setAttribute("aria-pressed", String(on));
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-open-picker]")) return place ? close() : open();
  if (!target.closest("[data-picker]") || !place) return;
  const option = target.closest("[role=option]");
  const extending = panel()?.querySelector("[data-extend]")?.getAttribute("aria-pressed") === "true";
  const step = target.closest("[data-paragraph]");
  const unit = target.closest("button[data-unit]");
  if (option) go(options[[.../** @type {HTMLElement} */ (list()).children].indexOf(option)], place.unit, event.shiftKey || extending);
  else if (step) go(paragraphBy(Number(step.getAttribute("data-paragraph"))), "sentence", extending);
  else if (unit) {
    const { article, head } = place;
    const sentence = article.sentenceAt(head.start);
    if (unit.getAttribute("data-unit") === "sentence") go(sentence, "sentence", extending);
    else if (place.unit !== "word") go(article.wordsOf(sentence)[0], "word", extending);
  } else if (target.closest("[data-extend]")) extendByClick(!extending);
  else if (target.closest("[data-new-claim]")) make();
  else if (target.closest("[data-add-words]")) add();
  else if (target.closest("[data-same-as]")) same();
  else if (target.closest("[data-close-picker]")) close();
});

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (place && event.key === "Escape" && target.closest("[data-picker]")) {
    event.preventDefault();
    close();
  } else if (target === list()) key(event);
});

addEventListener("resize", () => {
  if (place) settleIn();
});
// The text was swapped under it.
document.addEventListener("htmx:afterSettle", () => {
  if (place && !place.article.root.isConnected) close();
});
