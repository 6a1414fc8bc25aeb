/**
 * The article in the page, read by paragraphs, sentences and words; between what is chosen there and the quotes that are sent.
 *
 * All offsets count code points of the snapshot's text. A paragraph is a block of whatever kind.
 *
 * @typedef {import("./anchoring.js").Span} Span
 * @typedef {{exact: string, prefix: string, suffix: string, start: number}} Passage
 * @typedef {{start: number, end: number, from: number, to: number, text: string}} Paragraph
 *   Its place in code points (start, end) and in UTF-16 units (from, to).
 */

import { CONTEXT, codePoints, firstWhere, occurrences, TextMap, toCodePoints, toUnits } from "./anchoring.js";
import * as segmenting from "./segmenting.js";

/** What stands between two passages of an interrupted statement, as they are shown and typed. */
export const OMISSION = " […] ";

/** Of more places than these, it is not looked at each whether it is a whole word. */
const MANY = 300;

/** @type {WeakMap<Element, Article>} */
const read = new WeakMap();

/** The article in the page, or null. Its text is read once, its elements each time: highlights come and go. */
export function shown() {
  const root = document.querySelector("[data-blocks]");
  if (!root) return null;
  let article = read.get(root);
  if (!article) {
    article = new Article(root);
    read.set(root, article);
  }
  return article;
}

export class Article {
  /** @param {Element} root */
  constructor(root) {
    const map = new TextMap(root);
    this.root = root;
    this.text = map.text;
    this.language = root.closest("[lang]")?.getAttribute("lang") ?? "";
    /** @type {Paragraph[]} */
    this.paragraphs = [];
    let [start, from] = [map.start, 0];
    for (const pieces of map.blocks) {
      const end = pieces.at(-1)?.end ?? start;
      const to = from + pieces.reduce((sum, piece) => sum + piece.node.length, 0);
      this.paragraphs.push({ start, end, from, to, text: this.text.slice(from, to) });
      [start, from] = [end + 2, to + 2];
    }
    /** The sentences of paragraphs that were asked for. @type {Map<number, Span[]>} */
    this.read = new Map();
    /** @type {string | undefined} */
    this.small = undefined;
  }

  /** The blocks as they stand in the page now. */
  elements() {
    return [...this.root.querySelectorAll("[data-start]")];
  }

  /**
   * The number of the paragraph in which an offset lies, from 0.
   *
   * @param {number} offset
   */
  paragraphAt(offset) {
    return Math.max(0, firstWhere(this.paragraphs, ({ start }) => start > offset) - 1);
  }

  /** @param {number} offset */
  units(offset) {
    const { start, end, from, to, text } = this.paragraphs[this.paragraphAt(offset)];
    if (offset > end) return to + offset - end;
    return from + (end - start === to - from ? offset - start : toUnits(text, offset - start));
  }

  /** @param {number} unit */
  points(unit) {
    const number = Math.max(0, firstWhere(this.paragraphs, ({ from }) => from > unit) - 1);
    const { start, end, from, to, text } = this.paragraphs[number];
    if (unit > to) return end + unit - to;
    return start + (end - start === to - from ? unit - from : toCodePoints(text, unit - from));
  }

  /**
   * @param {Span} span
   * @returns {Span} in UTF-16 units
   */
  inUnits({ start, end }) {
    return { start: this.units(start), end: this.units(end) };
  }

  /** @param {Span} span in UTF-16 units */
  inPoints({ start, end }) {
    return { start: this.points(start), end: this.points(end) };
  }

  /** @param {Span} span */
  words({ start, end }) {
    return this.text.slice(this.units(start), this.units(end));
  }

  /**
   * How many words a span holds; in scripts without spaces, as many as the browser's dictionary finds.
   *
   * @param {Span} span
   */
  count(span) {
    return segmenting.words(this.words(span), this.language).length;
  }

  /**
   * What a range covers of the text, or null.
   *
   * @param {Range} range
   * @returns {Span | null}
   */
  span(range) {
    const elements = this.elements();
    const first = firstWhere(elements, (element) => range.comparePoint(element, element.childNodes.length) >= 0);
    const after = firstWhere(elements, (element) => range.comparePoint(element, 0) > 0);
    return first < after ? new TextMap(this.root, elements.slice(first, after)).span(range) : null;
  }

  /**
   * One range for each paragraph of a span.
   *
   * @param {Span} span
   */
  ranges({ start, end }) {
    const elements = this.elements().slice(this.paragraphAt(start), this.paragraphAt(end) + 1);
    return new TextMap(this.root, elements).ranges(start, end);
  }

  /**
   * @param {Span} span
   * @returns {Span | null} without white space at its ends
   */
  trimmed(span) {
    const found = segmenting.trimmed(this.text, this.inUnits(span));
    return found && this.inPoints(found);
  }

  /**
   * @param {Span} span
   * @returns {Span | null} grown to whole words
   */
  snapped(span) {
    const found = segmenting.snapped(this.text, this.inUnits(span), this.language);
    return found && this.inPoints(found);
  }

  /**
   * The whole sentences in which a span begins and ends.
   *
   * @param {Span} span
   * @returns {Span}
   */
  inSentences(span) {
    const first = this.sentenceAt(span.start);
    const last = this.sentenceAt(span.end - 1);
    return { start: Math.min(first?.start ?? span.start, span.start), end: Math.max(last?.end ?? span.end, span.end) };
  }

  /**
   * The sentences of a paragraph, each without the space around it.
   *
   * @param {number} number
   * @returns {Span[]}
   */
  sentences(number) {
    let found = this.read.get(number);
    if (!found) {
      const { text, start } = this.paragraphs[number];
      found = this.within(text, start, segmenting.sentences(text, this.language));
      this.read.set(number, found);
    }
    return found;
  }

  /** @param {number} offset */
  sentenceAt(offset) {
    const all = this.sentences(this.paragraphAt(offset));
    return all[Math.max(0, firstWhere(all, ({ start }) => start > offset) - 1)];
  }

  /**
   * The words of a sentence; the sentence itself when it has none.
   *
   * @param {Span} sentence
   * @returns {Span[]}
   */
  wordsOf(sentence) {
    const text = this.words(sentence);
    const found = this.within(text, sentence.start, segmenting.words(text, this.language));
    return found.length ? found : [sentence];
  }

  /**
   * Spans of units in a piece of the text, as spans of the text; in one go from left to right.
   *
   * @param {string} text
   * @param {number} offset where the piece begins
   * @param {Span[]} spans
   */
  within(text, offset, spans) {
    /** @type {Span[]} */
    const found = [];
    let unit = 0;
    for (const span of spans) {
      const part = segmenting.trimmed(text, span);
      if (!part) continue;
      const start = offset + codePoints(text.slice(unit, part.start));
      const end = start + codePoints(text.slice(part.start, part.end));
      found.push({ start, end });
      [unit, offset] = [part.end, end];
    }
    return found;
  }

  /**
   * The next place to which an end of some words can move: where a word begins for their start, where one ends for their end.
   *
   * @param {number} offset
   * @param {"start" | "end"} end
   * @param {1 | -1} direction in reading order
   * @param {boolean} [letter] By a character as it is seen, not by a word.
   */
  edge(offset, end, direction, letter = false) {
    for (let number = this.paragraphAt(offset); this.paragraphs[number]; number += direction) {
      const edges = this.edges(this.paragraphs[number], end, letter);
      const found = direction > 0 ? edges.find((at) => at > offset) : edges.findLast((at) => at < offset);
      if (found !== undefined) return found;
    }
    return offset;
  }

  /**
   * @param {Paragraph} paragraph
   * @param {"start" | "end"} end
   * @param {boolean} letter
   */
  edges({ text, start }, end, letter) {
    const spans = letter ? segmenting.characters(text, this.language) : segmenting.words(text, this.language);
    return this.within(text, start, spans).map((span) => span[end]);
  }

  /**
   * The words of a span with their surroundings, as the server proves and keeps them.
   *
   * @param {Span} span
   * @param {number} [context] how many code points around them
   * @returns {Passage}
   */
  passage({ start, end }, context = CONTEXT) {
    const [from, to] = [this.units(start), this.units(end)];
    return {
      exact: this.text.slice(from, to),
      // Twice as many units hold that many code points, and a pair cut in two falls off at the far end.
      prefix: Array.from(this.text.slice(Math.max(0, from - 2 * context), from)).slice(-context).join(""),
      suffix: Array.from(this.text.slice(to, to + 2 * context)).slice(0, context).join(""),
      start,
    };
  }

  /**
   * Where typed words stand; when they stand nowhere, where they do in other capitals. Places inside longer words count
   * only when there are no others.
   *
   * @param {string} words
   * @returns {Span[]}
   */
  places(words) {
    const verbatim = occurrences(this.text, words);
    const found = verbatim.length ? verbatim : this.alike(words);
    if (found.length < 2 || found.length > MANY) return found;
    const whole = found.filter((span) => {
      const grown = this.snapped(span);
      return grown?.start === span.start && grown.end === span.end;
    });
    return whole.length ? whole : found;
  }

  /**
   * Where words stand in whatever capitals.
   *
   * @param {string} words
   */
  alike(words) {
    this.small ??= small(this.text);
    return occurrences(this.small, small(words));
  }

  /**
   * How much of typed words stands in the text, from their beginning: the place of it, or null for not even two words.
   *
   * @param {string} words
   * @returns {Span | null}
   */
  beginning(words) {
    const parts = segmenting.words(words, this.language);
    let [low, high] = [1, parts.length];
    /** @type {Span | null} */
    let best = null;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const [place] = this.alike(words.slice(parts[0].start, parts[middle - 1].end));
      if (place) [low, best] = [middle, place];
      else high = middle - 1;
    }
    return best;
  }
}

/**
 * In small letters, as long as before.
 *
 * @param {string} text
 */
function small(text) {
  return text.replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });
}

/**
 * The span of a passage.
 *
 * @param {Passage} passage
 * @returns {Span}
 */
export function spanOf({ exact, start }) {
  return { start, end: start + codePoints(exact) };
}
