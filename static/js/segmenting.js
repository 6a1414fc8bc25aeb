/**
 * A text as it is read: its sentences, its words, its characters.
 *
 * The boundaries are those of Unicode Standard Annex 29, as the browser's Intl.Segmenter has them for the text's
 * language; a sentence does not end where only an abbreviation does. Offsets here are UTF-16 units of the string
 * given; article.js, which all others ask, turns them into code points.
 *
 * @typedef {{start: number, end: number}} Span
 */

/** Scripts that put no space between words: there a selection is taken as it is. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

const SPACE = /\p{White_Space}/u;

/** Signs that are said as words are: "40 %", "§ 5", "🚢". */
const SIGN = /[\p{S}\p{Extended_Pictographic}%‰§#&@]/u;

/** What holds a word together, standing between two letters or digits: "well-known", "12:30", "and/or". */
const JOINT = /^[-‐‑'’./:_]$/u;

/** A quotation no longer than this is read as one, whatever sentences it holds. */
const SHORT = 160;

/** How much is looked at in one go: the time that browsers need for a string grows with the square of its length. */
const STRETCH = 2000;

/** After these a name or a word goes on, capital or not; without their last full stop, in small letters. */
const ABBREVIATIONS = {
  "": "dr prof st",
  de: "hr fr frl dipl ing bzw ca ggf inkl evtl sog vgl z.b d.h u.a v.a i.d.r",
  en: "mr mrs ms mx messrs sen rep gov gen col lt sgt capt maj cmdr hon rev pres supt vs mt ft e.g i.e",
  es: "sr sra srta sres dª d.ª dña dra lic ing gral cnel p.ej av",
  fr: "m mm mme mmes mlle mlles mgr pr me ste cf p.ex",
  it: "sig sigg sig.ra dott dott.ssa avv ing on sen p.es",
  nl: "dhr mevr mw mr drs ir ds bijv d.w.z m.a.w",
  pl: "mgr inż hab ks św ul tzw np m.in",
  pt: "sr sra srs dra eng exmo exma av",
  ru: "г гг ул им т.е т.к т.н св проф акад ген пр-т",
  tr: "sn doç av yrd öğr gör bkz",
  uk: "ім вул св проф акад ген т.зв",
};

/** After these a number goes on. */
const NUMBERED = {
  "": "no nr art p pp s vol fig",
  de: "abs bd",
  en: "nos sec ch jan feb mar apr jun jul aug sep sept oct nov dec",
  es: "núm n pág",
  fr: "n",
  ru: "ст п гл рис стр",
  uk: "ст п гл рис с",
};

/** Languages that write "on 3. May" for the third. */
const ORDINALS = new Set("bs cs da de et fi fo hr hu is lv nb nn no sk sl sr tr".split(" "));

/** Words with which an English sentence begins more often than a name: "in the U.S. The …". */
const BEGINNING = /^["“'‘(]?(?:The|An?|In|On|At|But|And|He|She|It|They|We|I|This|That|There|For|If|When|As|Its|His|Her|Their)\b/u;

/** A quotation mark, and the ones that may close what it opens. */
const QUOTATION = new Map([
  ["“", "”"],
  ["„", "“”"],
  ["”", "”"],
  ["«", "»"],
  ["»", "«»"],
  ['"', '"'],
  ["「", "」"],
  ["『", "』"],
]);

/** @type {Map<string, Intl.Segmenter>} */
const segmenters = new Map();

/**
 * @param {string} language
 * @param {"grapheme" | "word" | "sentence"} granularity
 */
function segmenter(language, granularity) {
  const key = `${granularity} ${language}`;
  let made = segmenters.get(key);
  if (!made) {
    made = new Intl.Segmenter(known(language), { granularity });
    segmenters.set(key, made);
  }
  return made;
}

/** @param {string} language */
function known(language) {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}

/**
 * The span without white space at its ends, or null when nothing else is in it.
 *
 * @param {string} text
 * @param {Span} span
 * @returns {Span | null}
 */
export function trimmed(text, { start, end }) {
  // No white space lies beyond the Basic Multilingual Plane, so that a unit is enough to know it by.
  while (start < end && SPACE.test(text[start])) start++;
  while (start < end && SPACE.test(text[end - 1])) end--;
  return start < end ? { start, end } : null;
}

/**
 * The span grown to whole characters as readers see them and, where words are separated by spaces, to whole words;
 * without white space at its ends. Null when it holds nothing else.
 *
 * @param {string} text
 * @param {Span} span
 * @param {string} language
 * @returns {Span | null}
 */
export function snapped(text, span, language) {
  let grown = trimmed(text, span);
  while (grown) {
    const before = grown;
    grown = grownBy("word", text, grownBy("grapheme", text, grown, language), language);
    // Once is enough, but for the rare signs that a character begins with and a word does not.
    if (grown.start === before.start && grown.end === before.end) break;
  }
  return grown;
}

/**
 * @param {"grapheme" | "word"} granularity
 * @param {string} text
 * @param {Span} span
 * @param {string} language
 */
function grownBy(granularity, text, { start, end }, language) {
  const first = segmentAt(granularity, text, start, language);
  const last = segmentAt(granularity, text, end - 1, language);
  return { start: first?.start ?? start, end: last?.end ?? end };
}

/**
 * The character or word at a place; null between words, and where words are not separated.
 *
 * @param {"grapheme" | "word"} granularity
 * @param {string} text
 * @param {number} at
 * @param {string} language
 * @returns {Span | null}
 */
function segmentAt(granularity, text, at, language) {
  // A line feed ends every character and every word, and a space does when it is not the nearest.
  const before = at > 0 ? text.lastIndexOf("\n", at - 1) + 1 : 0;
  const from = Math.max(before, text.lastIndexOf(" ", at - 100));
  const feed = text.indexOf("\n", at);
  const after = text.indexOf(" ", at + 100);
  const to = Math.min(feed < 0 ? text.length : feed, after < 0 ? text.length : after);
  const found = segmenter(language, granularity).segment(text.slice(from, to)).containing(at - from);
  if (!found) return null;
  if (granularity === "word" && (!found.isWordLike || UNSPACED.test(found.segment))) return null;
  return { start: from + found.index, end: from + found.index + found.segment.length };
}

/**
 * All segments of a text, in stretches: each begins where a segment is known to begin.
 *
 * @param {"grapheme" | "word" | "sentence"} granularity
 * @param {string} text
 * @param {string} language
 */
function* segments(granularity, text, language) {
  for (let from = 0; from < text.length; ) {
    const whole = from + STRETCH >= text.length;
    // One that is longer than a stretch is cut, at a space if it has one.
    const space = whole ? -1 : text.lastIndexOf(" ", from + STRETCH - 1);
    const stretch = text.slice(from, whole ? text.length : space > from ? space + 1 : from + STRETCH + pairAt(text, from + STRETCH));
    let kept = null;
    for (const { segment, index, isWordLike } of segmenter(language, granularity).segment(stretch)) {
      if (kept) yield kept;
      kept = { segment, index: from + index, isWordLike };
    }
    if (!kept) return;
    // The last one may be cut off: the next stretch begins with it, unless it is all there is.
    if (whole || kept.index === from) {
      yield kept;
      from = kept.index + kept.segment.length;
    } else from = kept.index;
  }
}

/**
 * 1 where a cut would part the two halves of a surrogate pair, else 0.
 *
 * @param {string} text
 * @param {number} at
 */
function pairAt(text, at) {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? 1 : 0;
}

/**
 * The words of a text, one after the other, with the signs that are read as words; other marks belong to none.
 *
 * @param {string} text
 * @param {string} language
 * @returns {Span[]}
 */
export function words(text, language) {
  /** @type {Span[]} */
  const found = [];
  let reach = -1;
  let joins = false;
  for (const { segment, index, isWordLike } of segments("word", text, language)) {
    const end = index + segment.length;
    if (isWordLike || (SIGN.test(segment) && !SPACE.test(segment))) {
      const spaced = !UNSPACED.test(segment);
      if (index === reach && joins && spaced) found[found.length - 1].end = end;
      else found.push({ start: index, end });
      reach = end;
      joins = spaced;
    } else if (index === reach && JOINT.test(segment)) reach = end;
  }
  return found;
}

/**
 * The characters of a text as readers see them.
 *
 * @param {string} text
 * @param {string} language
 * @returns {Span[]}
 */
export function characters(text, language) {
  return Array.from(segments("grapheme", text, language), ({ segment, index }) => ({ start: index, end: index + segment.length }));
}

/**
 * The sentences of a block, one after the other without a gap: the space after a sentence is part of it.
 *
 * @param {string} block
 * @param {string} language
 * @returns {Span[]}
 */
export function sentences(block, language) {
  const quotations = shortQuotations(block);
  /** @type {Span[]} */
  const found = [];
  // Where a line ends, a sentence goes on.
  for (const { segment, index } of segments("sentence", block.replaceAll("\n", " "), language)) {
    const end = index + segment.length;
    const last = found.at(-1);
    const quoted = quotations.some((span) => span.start < index && index < span.end);
    if (last && (quoted || goesOn(block.slice(last.start, index), block.slice(index, index + 20), language))) last.end = end;
    else found.push({ start: index, end });
  }
  return found;
}

/**
 * Whether a sentence goes on where one might have ended.
 *
 * @param {string} before
 * @param {string} after
 * @param {string} language
 */
function goesOn(before, after, language) {
  const ended = before.slice(-40).trimEnd();
  // "Will it close?" she asked.
  if (/[?!…]["”“»«’)\]]*$/u.test(ended) && /^[–—-]?\s*\p{Ll}/u.test(after)) return true;
  const word = /(?<![\p{L}\p{M}\p{N}])([\p{L}\p{M}\p{N}.-]+)\.$/u.exec(ended)?.[1];
  if (!word) return false;
  const tongue = language.toLowerCase().split(/[-_]/)[0];
  const small = word.toLowerCase();
  if (listed(ABBREVIATIONS, tongue, small)) return true;
  if (/^["“(]?\p{Nd}/u.test(after)) return listed(NUMBERED, tongue, small);
  if (/^\d{1,2}$/.test(word)) return ORDINALS.has(tongue);
  // An initial, or several: "J. R. R. Tolkien", "the U.S. Senate".
  return /^(?:\p{Lu}\p{M}*\.?-?)+$/u.test(word) && /^(?:.\p{M}*|.*\..*)$/u.test(word) && !(tongue === "en" && BEGINNING.test(after));
}

/** @type {Map<string, Set<string>>} */
const read = new Map();

/**
 * @param {Record<string, string>} lists
 * @param {string} language
 * @param {string} word
 */
function listed(lists, language, word) {
  const all = `${lists[""]} ${lists[language] ?? ""}`;
  let set = read.get(all);
  if (!set) {
    set = new Set(all.split(" "));
    read.set(all, set);
  }
  return set.has(word);
}

/**
 * The quotations of a block that are short enough to be one sentence with what is around them.
 *
 * @param {string} block
 * @returns {Span[]}
 */
function shortQuotations(block) {
  /** @type {Span[]} */
  const found = [];
  /** @type {{start: number, closers: string} | null} */
  let open = null;
  for (const { 0: mark, index } of block.matchAll(/["“”„«»「」『』]/gu)) {
    if (open?.closers.includes(mark)) {
      if (index - open.start <= SHORT) found.push({ start: open.start, end: index });
      open = null;
    } else if (!open || index - open.start > SHORT) {
      const closers = QUOTATION.get(mark);
      open = closers ? { start: index, closers } : null;
    }
  }
  return found;
}
