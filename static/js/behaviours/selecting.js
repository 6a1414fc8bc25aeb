// data-selection-bar: words selected in data-blocks (by mouse, touch or caret) bring up a bar with what can be done with them.
// They grow to whole words; with Alt they are taken to the letter; a click inside them takes the whole sentence, and back.

import { shown } from "../article.js";
import { draw, erase } from "../chosen.js";
import { announce } from "./announcing.js";
import { addPassage, newClaim, underWay } from "./marking.js";
import { sameAs } from "./same.js";

/** @typedef {import("../anchoring.js").Span} Span */

/** The words selected, and whether their sentence is taken instead. @type {{span: Span, sentence: boolean} | null} */
let chosen = null;
/** Who had the focus before the bar got it. @type {HTMLElement | null} */
let before = null;
let timer = 0;
// Of the pointer and the keyboard: whether a button is down that may still be selecting, the choice inside whose words it went
// down, and whether Alt is held.
let selecting = false;
/** @type {{choice: object, x: number, y: number} | null} */
let inside = null;
let alt = false;

const GAP = 8;
const bar = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-selection-bar]"));
const buttons = () => /** @type {HTMLElement[]} */ ([...(bar()?.querySelectorAll("button:not([hidden])") ?? [])]);

/** The part of the selection that lies in the article, or null. */
function selectedRange() {
  const selection = getSelection();
  const root = document.querySelector("[data-blocks]");
  if (!root || !selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(root) ? range : null;
}

/** What is chosen now: the words or their sentence. */
function span() {
  const article = shown();
  return chosen && article && (chosen.sentence ? article.inSentences(chosen.span) : chosen.span);
}

/** The words that the bar stands for now, for others that begin where it does; null when it is away. */
export function chosenNow() {
  return bar()?.hidden === false ? span() : null;
}

/** Take what is selected now. */
function take() {
  clearTimeout(timer);
  const article = shown();
  const range = selectedRange();
  if (!bar() || !article) return;
  const raw = range && article.span(range);
  const found = raw && (alt ? article.trimmed(raw) : article.snapped(raw));
  if (!found) {
    // A click inside the chosen words or on the bar takes only the browser's own selection away.
    if (chosen && !inside && !bar()?.contains(document.activeElement)) leave();
    return;
  }
  if (chosen && chosen.span.start === found.start && chosen.span.end === found.end) return show();
  chosen = { span: found, sentence: false };
  show();
  tell();
}

function show() {
  const place = bar();
  const now = span();
  if (!place || !now) return;
  const adding = underWay();
  for (const button of place.querySelectorAll("button")) {
    const { alone, amid } = button.dataset;
    button.hidden = !adding && amid !== undefined;
    if (alone) button.textContent = adding && button.dataset.instead ? button.dataset.instead : alone;
  }
  place.querySelector("[data-sentence]")?.setAttribute("aria-pressed", String(chosen?.sentence));
  const current = buttons().includes(/** @type {HTMLElement} */ (document.activeElement)) ? document.activeElement : buttons()[0];
  for (const button of buttons()) button.tabIndex = button === current ? 0 : -1;
  place.hidden = false;
  draw([now]);
  stand();
}

function tell() {
  const article = shown();
  const now = span();
  const { one, many } = bar()?.dataset ?? {};
  if (!article || !now) return;
  const number = article.count(now);
  announce(((number === 1 ? one : many) ?? "").replace("{n}", String(number)));
}

/** Near the words and inside the window, but never on them: under them, else over them. Where it docks, the style sheet says. */
function stand() {
  const place = bar();
  const article = shown();
  const now = span();
  if (!place || place.hidden || !article || !now) return;
  const boxes = article.ranges(now).flatMap((range) => [...range.getClientRects()]).filter((box) => box.bottom > 0 && box.top < innerHeight);
  const [width, height] = [place.offsetWidth, place.offsetHeight];
  const top = boxes.length ? Math.min(...boxes.map((box) => box.top)) : 0;
  const bottom = boxes.length ? Math.max(...boxes.map((box) => box.bottom)) : 0;
  const below = bottom + GAP + height <= innerHeight - GAP;
  place.dataset.dock = bottom > innerHeight - height - GAP && top > height ? "start" : "end";
  const last = boxes.filter((box) => box.bottom > bottom - 4);
  const first = boxes.filter((box) => box.top < top + 4);
  const line = below ? last : first;
  const middle = line.length ? (Math.min(...line.map((box) => box.left)) + Math.max(...line.map((box) => box.right))) / 2 : 0;
  const furthest = document.documentElement.clientWidth - width - GAP;
  const x = Math.max(GAP, Math.min(middle - width / 2, furthest));
  const y = below ? bottom + GAP : top - GAP - height;
  place.style.setProperty("--x", `${Math.round(x)}px`);
  place.style.setProperty("--y", `${Math.round(Math.max(GAP, Math.min(y, innerHeight - height - GAP)))}px`);
}

/** The bar goes; what was drawn stays for whoever takes the words over. */
function hide() {
  const place = bar();
  if (place) place.hidden = true;
  chosen = null;
  inside = null;
  // The caret stays in the text, so that a keyboard goes on from there.
  const selection = getSelection();
  if (selectedRange()) selection?.collapseToStart();
}

/** The words are given up: nothing is left of them, and the focus is where it was. */
function leave() {
  const focused = bar()?.contains(document.activeElement);
  hide();
  erase();
  if (!focused) return;
  if (before?.isConnected) before.focus({ preventScroll: true });
  else /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
}

function toggleSentence() {
  if (!chosen) return;
  chosen.sentence = !chosen.sentence;
  show();
  tell();
}

// The bar itself is where its shortcut and the Tab key go: it hands the focus on, and keeps in mind where it came from.
document.addEventListener("focusin", (event) => {
  const place = bar();
  const from = event.relatedTarget;
  if (place?.contains(/** @type {Node} */ (event.target)) && !place.contains(/** @type {Node | null} */ (from))) {
    before = from instanceof HTMLElement ? from : null;
  }
  if (event.target === place) (buttons().find((button) => button.tabIndex === 0) ?? buttons()[0])?.focus({ preventScroll: true });
});

/** @param {Event} event */
function act(event) {
  const target = /** @type {Element} */ (event.target);
  const article = shown();
  const now = span();
  if (!article || !now || !target.closest("[data-selection-bar]")) return;
  const passage = article.passage(now);
  const { sentence } = /** @type {{sentence: boolean}} */ (chosen);
  if (target.closest("[data-new-claim]")) {
    hide();
    newClaim([passage]);
  } else if (target.closest("[data-add-words]")) {
    hide();
    addPassage(passage);
  } else if (target.closest("[data-same-as]")) {
    const plain = /** @type {{span: Span}} */ (chosen).span;
    hide();
    sameAs([passage], () => {
      chosen = { span: plain, sentence };
      show();
      /** @type {HTMLElement | null} */ (bar()?.querySelector("[data-same-as]"))?.focus({ preventScroll: true });
    });
  } else if (target.closest("[data-sentence]")) toggleSentence();
  else if (target.closest("[data-cancel]")) leave();
}

document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  if (!selecting) timer = setTimeout(take, 150);
});

document.addEventListener("pointerdown", (event) => {
  alt = event.altKey;
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-selection-bar]")) {
    selecting = false;
    return;
  }
  // Fingers select by the browser's handles, which send no events of their own.
  selecting = event.pointerType === "mouse" || event.pointerType === "pen";
  const [x, y] = [event.clientX, event.clientY];
  inside = chosen && target.closest("[data-blocks]") && onChosen(x, y) ? { choice: chosen, x, y } : null;
});

document.addEventListener("pointerup", (event) => {
  alt = event.altKey;
  selecting = false;
  if (!(/** @type {Element} */ (event.target).closest?.("[data-selection-bar]"))) take();
});
for (const name of ["pointercancel", "dragend"]) {
  document.addEventListener(name, () => {
    selecting = false;
  });
}

// The bar takes neither the focus nor the selection away from the text.
document.addEventListener("mousedown", (event) => {
  if (/** @type {Element} */ (event.target).closest("[data-selection-bar]")) event.preventDefault();
});

/**
 * @param {number} x
 * @param {number} y
 */
function onChosen(x, y) {
  const now = span();
  const ranges = (now && shown()?.ranges(now)) ?? [];
  return ranges.some((range) => [...range.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom));
}

// First of all, since a click on chosen words is not meant for a highlight or a link that lies there.
document.addEventListener(
  "click",
  (event) => {
    // What was selected anew meanwhile is another choice, and what was dragged is no click.
    if (!inside || inside.choice !== chosen || Math.hypot(event.clientX - inside.x, event.clientY - inside.y) > 4) return;
    event.preventDefault();
    event.stopPropagation();
    toggleSentence();
  },
  true,
);
document.addEventListener("click", act);

document.addEventListener("keydown", (event) => {
  alt = event.altKey;
  const place = bar();
  if (!place || place.hidden || event.defaultPrevented) return;
  const active = /** @type {HTMLElement} */ (document.activeElement);
  const within = place.contains(active);
  if (event.key === "Escape") {
    event.preventDefault();
    leave();
  } else if (event.key === "Tab" && !event.shiftKey && (active === document.body || active?.closest("#workspace-text"))) {
    // Next after the words, wherever it stands in the page.
    event.preventDefault();
    place.focus({ preventScroll: true });
  } else if (within) step(event);
});
document.addEventListener("keyup", (event) => {
  alt = event.altKey;
});

/** @param {KeyboardEvent} event */
function step(event) {
  const all = buttons();
  const forward = getComputedStyle(all[0]).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { Home: 0, End: all.length - 1, ArrowLeft: at - 1, ArrowRight: at - 1, [forward]: at + 1 }[event.key];
  const next = to === undefined ? undefined : all[(to + all.length) % all.length];
  if (!next) return;
  event.preventDefault();
  for (const button of all) button.tabIndex = button === next ? 0 : -1;
  next.focus({ preventScroll: true });
}

let frame = 0;
function soon() {
  if (!chosen) return;
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(stand);
}
addEventListener("scroll", soon, { passive: true });
addEventListener("resize", soon);

document.addEventListener("marked", () => {
  if (chosen) hide();
  erase();
});
