/**
 * Highlights in the text: one is drawn or erased without touching the others, as the server would draw it.
 *
 * Spans count Unicode code points of the snapshot. Only the blocks that a span touches are read, so that the time for one
 * highlight does not grow with the article.
 *
 * @typedef {{start: number, end: number}} Span
 * @typedef {{key: string, spans: Span[], hue?: string, open?: boolean, number?: string}} Look
 */

import { piecesOf, toUnits } from "./anchoring.js";

const LANES = 3;

/**
 * @param {Element} root  The element with data-blocks.
 * @param {Look} look
 * @param {...string} classes  More classes for its marks, such as "pending".
 * @returns {HTMLElement[]} the marks drawn
 */
export function draw(root, { key, spans, hue = "grey", open = false, number }, ...classes) {
  const lane = freeLane(spans.flatMap((span) => piecesIn(root, span).map(({ node }) => node)));
  /** @type {HTMLElement[]} */
  const marks = [];
  for (const span of spans) {
    // Found anew for each, since drawing the one before cuts text nodes.
    const pieces = piecesIn(root, span);
    for (const piece of pieces) {
      const mark = document.createElement("mark");
      mark.className = ["hl", `hue-${hue}`, open && "open", `depth-${lane}`, ...classes].filter(Boolean).join(" ");
      mark.dataset.highlight = key;
      if (!marks.length) {
        mark.id = `highlight-${key}`;
        // What is only pending has no card yet.
        if (!classes.includes("pending")) mark.setAttribute("aria-details", `card-${key}`);
      }
      wrap(piece, span, mark);
      marks.push(mark);
    }
    const last = marks.at(-1);
    if (last && pieces.length && number !== undefined) afterAll(last).after(decoration(key, hue, number));
  }
  return marks;
}

/**
 * Takes a highlight's marks away; the words stay.
 *
 * @param {Element} root
 * @param {string} key
 */
export function erase(root, key) {
  for (const number of root.querySelectorAll(`[data-of="${key}"]`)) number.remove();
  for (const mark of root.querySelectorAll(`mark[data-highlight="${key}"]`)) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent?.normalize();
  }
}

/**
 * The highlights that lie at a place in the text, the shortest first.
 *
 * @param {Element} element
 */
export function keysAt(element) {
  const keys = new Set();
  for (let at = element.closest("mark"); at; at = at.parentElement?.closest("mark") ?? null) {
    if (at.dataset.highlight) keys.add(at.dataset.highlight);
  }
  const beside = element.closest("[data-of]")?.getAttribute("data-of");
  if (beside) keys.add(beside);
  const length = (/** @type {string} */ key) =>
    spansOf(document.getElementById(`card-${key}`)).reduce((sum, { start, end }) => sum + end - start, 0);
  return [...keys].sort((one, other) => length(one) - length(other));
}

/**
 * The spans that stand on a card as data-spans="10-20 30-45".
 *
 * @param {HTMLElement | null} card
 * @returns {Span[]}
 */
export function spansOf(card) {
  return (card?.dataset.spans ?? "")
    .split(" ")
    .filter(Boolean)
    .map((span) => span.split("-").map(Number))
    .map(([start, end]) => ({ start, end }));
}

/**
 * The text nodes in which a span shows something.
 *
 * @param {Element} root
 * @param {Span} span
 */
function piecesIn(root, { start, end }) {
  const blocks = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-start]")]);
  const at = (/** @type {HTMLElement} */ block) => Number(block.dataset.start);
  // The last block that begins at or before the span: those before it end earlier.
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(blocks[middle]) <= start) low = middle + 1;
    else high = middle;
  }
  const pieces = [];
  for (let number = Math.max(0, low - 1); number < blocks.length && at(blocks[number]) < end; number++) {
    const ofBlock = piecesOf(blocks[number], at(blocks[number]));
    pieces.push(...ofBlock.filter((piece) => piece.end > start && piece.start < end && piece.node.length));
  }
  return pieces;
}

/**
 * @param {import("./anchoring.js").Piece} piece
 * @param {Span} span
 * @param {HTMLElement} mark
 */
function wrap({ node, start }, span, mark) {
  const from = toUnits(node.data, span.start - start);
  const to = toUnits(node.data, span.end - start);
  const words = from > 0 ? node.splitText(from) : node;
  if (to - Math.max(from, 0) < words.length) words.splitText(to - Math.max(from, 0));
  words.replaceWith(mark);
  mark.append(words);
}

/**
 * The lane of underlines that none of the highlights on these words has taken; the last one when none is free.
 *
 * @param {Text[]} nodes
 */
function freeLane(nodes) {
  const taken = new Set();
  for (const node of nodes) {
    for (let at = node.parentElement?.closest("mark"); at; at = at.parentElement?.closest("mark")) {
      taken.add(Number(/depth-(\d)/.exec(at.className)?.[1] ?? 0));
    }
  }
  for (let lane = 1; lane <= LANES; lane++) if (!taken.has(lane)) return lane;
  return LANES;
}

/**
 * Where the number goes: behind the outermost mark that ends with these words.
 *
 * @param {Element} mark
 */
function afterAll(mark) {
  let at = mark;
  while (!at.nextSibling && at.parentElement?.matches("mark")) at = at.parentElement;
  return at;
}

/**
 * @param {string} key
 * @param {string} hue
 * @param {string} number
 */
function decoration(key, hue, number) {
  const sup = document.createElement("sup");
  sup.className = `n hue-${hue}`;
  sup.dataset.decoration = "";
  sup.dataset.of = key;
  sup.textContent = number;
  return sup;
}
