// data-found: words typed or pasted into the form for a new claim are found in the text as they are typed: where, or which of several, or how far.

import { shown, spanOf } from "../article.js";
import { draw } from "../chosen.js";
import { announce } from "./announcing.js";
import { field, fill, forgetPlace, markingForm, passagesIn } from "./marking.js";

/** @typedef {import("../anchoring.js").Span} Span */

const AROUND = 48;
const MOST = 20;

/** Which of several places was chosen, for each part of the words by its number. @type {Map<number, number>} */
let picked = new Map();
let timer = 0;

const place = () => /** @type {HTMLElement | null} */ (markingForm()?.querySelector("[data-found]") ?? null);

/** @param {string} words */
function parts(words) {
  return words.split(/\s*\[(?:…|\.\.\.)\]\s*/u).filter((part) => part.trim());
}

/**
 * Find the words and say what came of it. `settle` puts the text's own spelling in the place of what was typed.
 *
 * @param {HTMLFormElement} form
 * @param {boolean} settle
 */
function look(form, settle) {
  clearTimeout(timer);
  const article = shown();
  const exact = field(form, "exact");
  if (!article || !exact) return;
  const typed = parts(exact.value);
  if (!typed.length) return tell("");
  if (typed.length > MOST) return tell(place()?.dataset.most ?? "", true);
  if (passagesIn(form).length) return tellPlace(passagesIn(form).map(spanOf));
  const found = typed.map((part) => article.places(part));
  const missing = found.findIndex((places) => !places.length);
  if (missing >= 0) {
    forgetPlace(form);
    return tellMissing(typed[missing], missing, typed.length);
  }
  const several = found.findIndex((places, number) => places.length > 1 && !picked.has(number));
  if (several >= 0) {
    forgetPlace(form);
    return offer(found[several], several);
  }
  const spans = found.map((places, number) => places.find(({ start }) => start === picked.get(number)) ?? places[0]);
  spans.sort((a, b) => a.start - b.start);
  const passages = spans.map((span) => article.passage(span));
  // What is typed is not changed under the hand that types it.
  if (settle || (passages.length === 1 && passages[0].exact === exact.value)) fill(form, passages, true);
  else document.dispatchEvent(new CustomEvent("words:chosen", { detail: { passages, typed: true } }));
  tellPlace(spans);
}

/**
 * @param {string} words
 * @param {boolean} [wrong]
 */
function tell(words, wrong = false) {
  const region = place();
  const line = region?.querySelector("[data-told]");
  if (!region || !line) return;
  const said = line.textContent;
  line.textContent = words;
  line.classList.toggle("warning", wrong);
  if (words && words !== said) announce(words);
  const list = region.querySelector("[data-places]");
  list?.replaceChildren();
  list?.setAttribute("data-places", "");
  const show = /** @type {HTMLElement | null} */ (region.querySelector("[data-show-found]"));
  if (show) show.hidden = true;
}

/** @param {Span[]} spans */
function tellPlace(spans) {
  const article = shown();
  const region = place();
  if (!article || !region) return;
  const offered = region.querySelector("[data-places]")?.hasChildNodes() && picked.size;
  const numbers = [...new Set(spans.map(({ start }) => article.paragraphAt(start) + 1))].join(", ");
  const said = region.getAttribute(spans.length > 1 ? "data-found-several" : "data-found") ?? "";
  const words = said.replace("{n}", numbers).replace("{passages}", String(spans.length));
  // The choices stay while one of them is chosen, so that another can be.
  if (offered) {
    const line = region.querySelector("[data-told]");
    if (line) line.textContent = words;
    announce(words);
  } else tell(words);
  const show = /** @type {HTMLElement | null} */ (region.querySelector("[data-show-found]"));
  if (show) show.hidden = false;
}

/**
 * @param {string} part
 * @param {number} number
 * @param {number} all
 */
function tellMissing(part, number, all) {
  const article = shown();
  const region = place();
  if (!article || !region) return;
  const near = article.beginning(part);
  if (!near) {
    const said = region.getAttribute(all > 1 ? "data-missing-part" : "data-missing") ?? "";
    return tell(said.replace("{n}", String(number + 1)), true);
  }
  const { exact, suffix } = article.passage(near, AROUND);
  draw([near]);
  tell((region.getAttribute("data-near") ?? "").replace("{words}", shorter(exact, true)).replace("{next}", shorter(suffix.trim())), true);
}

/**
 * A few words from the beginning or the end of a text.
 *
 * @param {string} text
 * @param {boolean} [last]
 */
function shorter(text, last = false) {
  const line = Array.from(text.replace(/\s+/gu, " "));
  if (line.length < AROUND - 1) return line.join("");
  const cut = (last ? line.slice(-AROUND) : line.slice(0, AROUND)).join("");
  return last ? `…${cut.slice(cut.indexOf(" ") + 1)}` : `${cut.slice(0, cut.lastIndexOf(" "))}…`;
}

/**
 * The places at which the words stand, to choose one.
 *
 * @param {Span[]} places
 * @param {number} number of the part of the words
 */
function offer(places, number) {
  const article = shown();
  const region = place();
  const list = region?.querySelector("[data-places]");
  if (!article || !region || !list) return;
  const key = `${number} ${places.map(({ start }) => start).join()}`;
  // The list stays under the pointer that is about to choose from it.
  if (list.getAttribute("data-places") === key) return;
  tell((region.getAttribute("data-several") ?? "").replace("{n}", String(places.length)));
  list.setAttribute("data-places", key);
  list.setAttribute("lang", article.language);
  list.replaceChildren(
    ...places.slice(0, MOST).map((span) => {
      const { exact, prefix, suffix, start } = article.passage(span, AROUND);
      const label = document.createElement("label");
      const radio = Object.assign(document.createElement("input"), { type: "radio", name: "at", value: String(start) });
      radio.dataset.part = String(number);
      const words = document.createElement("span");
      const mark = Object.assign(document.createElement("b"), { textContent: exact });
      const { start: from } = article.paragraphs[article.paragraphAt(start)];
      const before = start - from > AROUND ? `… ${prefix.slice(prefix.indexOf(" ") + 1)}` : prefix.slice(prefix.lastIndexOf("\n") + 1);
      words.dir = "auto";
      words.append(before, mark, suffix.includes("\n") ? suffix.slice(0, suffix.indexOf("\n")) : `${suffix.slice(0, suffix.lastIndexOf(" ") + 1)}…`);
      label.append(radio, words);
      return label;
    }),
  );
  if (places.length > MOST) {
    const more = document.createElement("p");
    more.className = "hint";
    more.textContent = (region.getAttribute("data-more") ?? "").replace("{n}", String(places.length - MOST));
    list.append(more);
  }
}

/** Bring the words of the form before the eyes. */
function bring() {
  const form = markingForm();
  const article = shown();
  const [first] = form ? passagesIn(form) : [];
  const box = first && article?.ranges(spanOf(first))[0]?.getBoundingClientRect();
  if (box && (box.top < 0 || box.bottom > innerHeight)) scrollBy({ top: box.top - innerHeight / 3 });
}

document.addEventListener("input", (event) => {
  const target = /** @type {HTMLInputElement} */ (event.target);
  const form = /** @type {HTMLFormElement | null} */ (target.closest("[data-marking]"));
  if (!form || target.dataset.quote !== "exact") return;
  // Whatever fills the fields again, a draft for one, may say so of each: only words that changed lose their place.
  if (!passagesIn(form).length) {
    picked = new Map();
    forgetPlace(form);
  }
  clearTimeout(timer);
  timer = setTimeout(() => look(form, false), 250);
});

document.addEventListener("change", (event) => {
  const target = /** @type {HTMLInputElement} */ (event.target);
  const form = /** @type {HTMLFormElement | null} */ (target.closest("[data-marking]"));
  if (!form) return;
  if (target.dataset.quote === "exact") look(form, true);
  if (target.name === "at") {
    const number = Number(target.dataset.part ?? 0);
    for (const name of /** @type {const} */ (["start", "passages"])) {
      const known = field(form, name);
      if (known) known.value = "";
    }
    picked.set(number, Number(target.value));
    look(form, true);
    bring();
  }
});

// Before htmx collects what it sends.
document.addEventListener(
  "submit",
  (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.matches("[data-marking]") && !passagesIn(form).length) look(form, true);
  },
  true,
);
document.addEventListener("words:settle", () => {
  const form = markingForm();
  if (form && !passagesIn(form).length) look(form, true);
});

document.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest("[data-show-found]")) bring();
});

document.addEventListener("words:dropped", () => {
  const form = markingForm();
  if (form && !field(form, "exact")?.value.trim()) tell("");
});
document.addEventListener("words:chosen", (event) => {
  const { passages, typed } = /** @type {CustomEvent} */ (event).detail;
  if (typed) return;
  clearTimeout(timer);
  picked = new Map();
  // One passage that was chosen in the text needs no telling.
  tell("");
  if (passages.length > 1) tellPlace(passages.map(spanOf));
});
