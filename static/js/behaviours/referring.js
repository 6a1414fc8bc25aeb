// data-references="ID of a textarea": a list of sources by number, picked into the text as [2]. By mouse or touch; by keyboard
// in the list itself (one stop; arrows, Enter); or while writing: "[" marks those that fit, arrows and Enter pick. Without
// script the list tells the numbers.

import { announce } from "./announcing.js";

const OPENED = /\[([^[\]\n]{0,40})$/; // a bracket before the caret that nobody closed

/** @param {HTMLElement} box */
const listOf = (box) => /** @type {HTMLElement} */ (box.querySelector("[data-list]"));
/** @param {HTMLElement} box */
const fieldOf = (box) => /** @type {HTMLTextAreaElement | null} */ (document.getElementById(box.dataset.references ?? ""));
/** @param {HTMLElement} box */
const options = (box) => /** @type {HTMLElement[]} */ ([...listOf(box).querySelectorAll("[data-number]")]);
/** @param {HTMLElement} box */
const fitting = (box) => options(box).filter((option) => !option.hidden);
/** @param {EventTarget | null} target */
const boxFor = (target) =>
  target instanceof HTMLTextAreaElement && target.id
    ? /** @type {HTMLElement | null} */ (document.querySelector(`[data-references="${target.id}"]`))
    : null;

function setUp() {
  for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-references]"))) {
    const list = listOf(box);
    const field = fieldOf(box);
    if (!field || list.getAttribute("role")) continue;
    list.id ||= `${field.id}-references`;
    list.tabIndex = 0;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", list.dataset.name ?? "");
    field.setAttribute("aria-controls", list.id);
    options(box).forEach((option, at) => {
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
    });
  }
}

/** @param {HTMLElement} box @param {HTMLElement | null} chosen */
function activate(box, chosen) {
  for (const option of options(box)) option.setAttribute("aria-selected", String(option === chosen));
  for (const owner of [listOf(box), fieldOf(box)]) {
    if (chosen) owner?.setAttribute("aria-activedescendant", chosen.id);
    else owner?.removeAttribute("aria-activedescendant");
  }
  chosen?.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement} box */
const active = (box) => fitting(box).find((option) => option.getAttribute("aria-selected") === "true") ?? null;

/** @param {HTMLElement} box @param {number} step */
function move(box, step) {
  const all = fitting(box);
  const at = all.findIndex((option) => option === active(box));
  activate(box, all.at((at < 0 && step < 0 ? all.length : at) + step) ?? all[0] ?? null);
}

/** Whether "[" is open at the caret: then the list is for what is being written. @param {HTMLElement} box */
const isOffering = (box) => box.hasAttribute("data-offering");

/** @param {HTMLElement} box */
function close(box) {
  box.removeAttribute("data-offering");
  for (const option of options(box)) option.hidden = false;
  activate(box, null);
}

/** @param {HTMLElement} box @param {string} begun */
function offer(box, begun) {
  const words = begun.trim().toLowerCase();
  for (const option of options(box)) {
    const number = option.dataset.number ?? "";
    option.hidden = Boolean(words) && !number.startsWith(words) && !(option.textContent ?? "").toLowerCase().includes(words);
  }
  const n = fitting(box).length;
  if (!n) return close(box);
  if (!isOffering(box)) announce((listOf(box).dataset.offers ?? "").replace("{n}", String(n)));
  box.setAttribute("data-offering", "");
  activate(box, fitting(box)[0]);
}

/** @param {HTMLElement} box @param {HTMLElement} option */
function pick(box, option) {
  const field = /** @type {HTMLTextAreaElement} */ (fieldOf(box));
  const before = field.value.slice(0, field.selectionStart);
  const begun = isOffering(box) ? (OPENED.exec(before)?.[0].length ?? 0) : 0;
  const start = field.selectionStart - begun;
  const gap = start && !/\s/.test(field.value[start - 1]) ? " " : "";
  close(box);
  field.focus();
  field.setSelectionRange(start, field.selectionEnd);
  const words = `${gap}[${option.dataset.number}]`;
  // The browser's own undo knows what is put in so; where it is refused, the text is set.
  if (!document.execCommand("insertText", false, words)) {
    field.setRangeText(words, start, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  announce((listOf(box).dataset.picked ?? "").replace("{n}", option.dataset.number ?? ""));
}

document.addEventListener("input", (event) => {
  const box = boxFor(event.target);
  if (!box) return;
  const field = /** @type {HTMLTextAreaElement} */ (event.target);
  const begun = OPENED.exec(field.value.slice(0, field.selectionStart));
  if (begun && field.selectionStart === field.selectionEnd) offer(box, begun[1]);
  else if (isOffering(box)) close(box);
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const own = /** @type {HTMLElement | null} */ (target.closest?.("[data-references] [role=listbox]"));
    const box = own ? /** @type {HTMLElement} */ (own.closest("[data-references]")) : boxFor(target);
    if (!box || (!own && !isOffering(box))) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = active(box);
    if (step) move(box, step);
    else if ((event.key === "Enter" || (own && event.key === " ")) && chosen) pick(box, chosen);
    else if (event.key === "Escape" && isOffering(box)) close(box);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener("focusin", (event) => {
  const box = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("[data-references]") ?? null);
  if (box && !active(box)) activate(box, fitting(box)[0] ?? null);
});
document.addEventListener("focusout", (event) => {
  const box = boxFor(event.target) ?? /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("[data-references]"));
  if (box) close(box);
});

// The caret stays where it is while the list is pressed.
document.addEventListener("mousedown", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-references] [role=option]")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const option = /** @type {HTMLElement | null} */ (
    event.target instanceof Element ? event.target.closest("[data-references] [role=option]") : null
  );
  const box = /** @type {HTMLElement | null} */ (option?.closest("[data-references]"));
  if (option && box) pick(box, option);
});

document.addEventListener("htmx:afterSettle", setUp);
setUp();
