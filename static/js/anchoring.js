/**
 * The browser's edge of anchoring: from a selection to a quote, and from a span back to ranges.
 *
 * Offsets that go in or out count Unicode code points of the snapshot's text, as the server does (W3C Web
 * Annotation Data Model, sections 4.2.4 and 4.2.5). Inside, the DOM and JavaScript's strings count UTF-16
 * units.
 *
 * A root element shows the text as blocks: elements with `data-start`, the offset at which the block
 * begins, whose text nodes hold nothing but the block's words. What stands in an element with
 * `data-decoration` is no part of the text. Blocks stand in order, are not nested, and two line feeds lie
 * between one and the next.
 *
 * @typedef {{exact: string, prefix: string, suffix: string, start: number, end: number}} Quote
 * @typedef {{start: number, end: number}} Span
 * @typedef {{node: Text, start: number, end: number}} Piece  A text node and the code points it shows.
 */

/** Code points kept on either side of a quote, as on the server. */
export const CONTEXT = 32;

/** What stands between two blocks. */
const BREAK = "\n\n";

/**
 * Whether the unit at this offset is the second half of a surrogate pair.
 *
 * @param {string} string
 * @param {number} unit
 */
function splitsPair(string, unit) {
  return (string.codePointAt(unit - 1) ?? 0) > 0xffff;
}

/**
 * The length of a string in code points; a lone surrogate counts as one.
 *
 * @param {string} string
 */
export function codePoints(string) {
  return toCodePoints(string, string.length);
}

/**
 * The offset in UTF-16 units of an offset in code points; beyond the end it is the end.
 *
 * @param {string} string
 * @param {number} codePointOffset
 */
export function toUnits(string, codePointOffset) {
  let unit = 0;
  for (let left = codePointOffset; left > 0 && unit < string.length; left--) {
    unit += splitsPair(string, unit + 1) ? 2 : 1;
  }
  return unit;
}

/**
 * The offset in code points of an offset in UTF-16 units. An offset inside a surrogate pair is rounded
 * outward: to the pair's start where words begin ("down"), to its end where they end ("up").
 *
 * @param {string} string
 * @param {number} unitOffset
 * @param {"down" | "up"} [rounding]
 */
export function toCodePoints(string, unitOffset, rounding = "down") {
  const limit = Math.min(unitOffset, string.length);
  let count = 0;
  let unit = 0;
  while (unit < limit) {
    unit += splitsPair(string, unit + 1) ? 2 : 1;
    count++;
  }
  return unit > limit && rounding === "down" ? count - 1 : count;
}

/** The words of a root element and where each of its text nodes stands in the snapshot. */
export class TextMap {
  /**
   * Throws a RangeError when the blocks do not join, since every offset after the gap would be wrong.
   *
   * @param {Element} root
   * @param {Element[]} [elements]  Some of its blocks, one after the other, when the others do not matter.
   */
  constructor(root, elements = [...root.querySelectorAll("[data-start]")]) {
    this.root = root;
    /** @type {Piece[][]} */
    this.blocks = [];
    const words = [];
    /** Where the first block begins. */
    this.start = Number(elements[0]?.getAttribute("data-start") ?? 0);
    let next = this.start;
    for (const element of elements) {
      const start = Number(element.getAttribute("data-start"));
      if (start !== next) throw new RangeError(`A block begins at ${start}, the text goes on at ${next}.`);
      const pieces = piecesOf(element, start);
      this.blocks.push(pieces);
      words.push(pieces.map((piece) => piece.node.data).join(""));
      next = (pieces.at(-1)?.end ?? start) + BREAK.length;
    }
    this.pieces = this.blocks.flat();
    /** The blocks' words, two line feeds between them. */
    this.text = words.join(BREAK);
  }

  /**
   * The span that a range covers, or null when it covers no text. A range that begins or ends outside the
   * blocks, or in a decoration, is drawn in to the text that it does cover.
   *
   * @param {Range} range
   * @returns {Span | null}
   */
  span(range) {
    const { pieces } = this;
    const first = pieces[firstWhere(pieces, ({ node }) => range.comparePoint(node, node.length) >= 0)];
    const last = pieces[firstWhere(pieces, ({ node }) => range.comparePoint(node, 0) > 0) - 1];
    if (range.collapsed || !first || !last) return null;
    const start =
      range.startContainer === first.node
        ? first.start + toCodePoints(first.node.data, range.startOffset, "down")
        : first.start;
    const end =
      range.endContainer === last.node
        ? last.start + toCodePoints(last.node.data, range.endOffset, "up")
        : last.end;
    return start < end ? { start, end } : null;
  }

  /**
   * One range for each block that the span covers; a decoration inside the words lies inside the range.
   *
   * @param {number} start
   * @param {number} end
   * @returns {Range[]}
   */
  ranges(start, end) {
    /** @type {Range[]} */
    const ranges = [];
    if (start >= end) return ranges;
    for (const pieces of this.blocks) {
      const first = pieces[firstWhere(pieces, (piece) => piece.end > start)];
      const last = pieces[firstWhere(pieces, (piece) => piece.start >= end) - 1];
      if (!first || !last) continue;
      const range = this.root.ownerDocument.createRange();
      range.setStart(first.node, toUnits(first.node.data, start - first.start));
      range.setEnd(last.node, toUnits(last.node.data, end - last.start));
      ranges.push(range);
    }
    return ranges;
  }
}

/**
 * The text nodes that show a block's words, each with the code points it shows.
 *
 * @param {Element} block
 * @param {number} start  Where the block begins.
 */
export function piecesOf(block, start) {
  const shown = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  const walker = block.ownerDocument.createTreeWalker(block, shown, (node) =>
    node instanceof Element && node.hasAttribute("data-decoration")
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  /** @type {Piece[]} */
  const pieces = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!(node instanceof Text)) continue;
    const end = start + codePoints(node.data);
    pieces.push({ node, start, end });
    start = end;
  }
  return pieces;
}

/**
 * The index of the first item for which `holds` is true, as it then is for all after it; their number if
 * none.
 *
 * @template T
 * @param {T[]} items
 * @param {(item: T) => boolean} holds
 */
export function firstWhere(items, holds) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The snapshot's text as the blocks under `root` show it.
 *
 * @param {Element} root
 */
export function snapshotText(root) {
  return new TextMap(root).text;
}

/**
 * The quote of the words that a range covers, or null when it covers none. White space at both ends is left
 * out; from one block to the next the words and their context run over two line feeds. `text` is the whole
 * snapshot, for a root that shows only its blocks from some offset on; without it the context ends with the
 * blocks shown.
 *
 * @param {Element} root
 * @param {Range} range
 * @param {string} [text]
 * @returns {Quote | null}
 */
export function quoteFromRange(root, range, text) {
  const map = new TextMap(root);
  const span = map.span(range);
  if (!span) return null;
  const whole = text ?? map.text;
  const before = text === undefined ? map.start : 0;
  let from = toUnits(whole, span.start - before);
  let to = toUnits(whole, span.end - before);
  // No white space lies beyond the Basic Multilingual Plane, so that here a unit is a code point.
  let { start, end } = span;
  for (; from < to && isSpace(whole[from]); from++) start++;
  for (; from < to && isSpace(whole[to - 1]); to--) end--;
  if (from === to) return null;
  return {
    exact: whole.slice(from, to),
    // Twice as many units hold that many code points, and a pair cut in two falls off at the far end.
    prefix: Array.from(whole.slice(Math.max(0, from - 2 * CONTEXT), from)).slice(-CONTEXT).join(""),
    suffix: Array.from(whole.slice(to, to + 2 * CONTEXT)).slice(0, CONTEXT).join(""),
    start,
    end,
  };
}

/** @param {string} character */
function isSpace(character) {
  return /\p{White_Space}/u.test(character);
}

/**
 * The ranges, one for each block, that show the code points from `start` to `end`.
 *
 * @param {Element} root
 * @param {number} start
 * @param {number} end
 */
export function rangesFromSpan(root, start, end) {
  return new TextMap(root).ranges(start, end);
}

/**
 * Where typed or pasted words stand in a text, in reading order. White space at their ends is left out.
 * When they stand nowhere as they are, they are looked for again with any white space, quotation marks and
 * dashes taken for each other; the spans returned are always those of the text's own words.
 *
 * @param {string} text
 * @param {string} words
 * @returns {Span[]}
 */
export function occurrences(text, words) {
  const sought = words.trim();
  if (!sought) return [];
  const verbatim = Array.from(placesOf(text, sought), (at) => ({ start: at, end: at + sought.length }));
  return inCodePoints(text, verbatim.length ? verbatim : alike(text, sought));
}

/**
 * Every offset at which the words begin, also where they overlap their own repetition.
 *
 * @param {string} text
 * @param {string} words
 */
function* placesOf(text, words) {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) yield at;
}

/** What is taken for each other: white space, single and double quotation marks, dashes. */
const LOOSE = /(\p{White_Space}+)|([‘’‚‛′ʼ`´])|([“”„‟″«»])|[-‐‑‒–—―−]+/gu;

/**
 * A text with one spelling for what is taken for each other, and for each of its units where it stood.
 *
 * @param {string} text
 */
function plain(text) {
  const starts = [];
  const ends = [];
  let folded = "";
  let done = 0;
  /** @param {number} until */
  const copy = (until) => {
    folded += text.slice(done, until);
    for (; done < until; done++) {
      starts.push(done);
      ends.push(done + 1);
    }
  };
  for (const match of text.matchAll(LOOSE)) {
    copy(match.index);
    folded += match[1] ? " " : match[2] ? "'" : match[3] ? '"' : "-";
    done = match.index + match[0].length;
    starts.push(match.index);
    ends.push(done);
  }
  copy(text.length);
  return { folded, starts, ends };
}

let searched = { text: "", ...plain("") };

/**
 * @param {string} text
 * @param {string} sought
 * @returns {Span[]} in UTF-16 units of the text
 */
function alike(text, sought) {
  // While somebody types, one text is searched again and again.
  if (text !== searched.text) searched = { text, ...plain(text) };
  const { folded, starts, ends } = searched;
  const words = plain(sought).folded;
  const last = words.length - 1;
  return Array.from(placesOf(folded, words), (at) => ({ start: starts[at], end: ends[at + last] }));
}

/**
 * @param {string} text
 * @param {Span[]} spans in UTF-16 units, in the order in which they begin
 * @returns {Span[]}
 */
function inCodePoints(text, spans) {
  let unit = 0;
  let count = 0;
  return spans.map(({ start, end }) => {
    count += codePoints(text.slice(unit, start));
    unit = start;
    return { start: count, end: count + codePoints(text.slice(start, end)) };
  });
}
