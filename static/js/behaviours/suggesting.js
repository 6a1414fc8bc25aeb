// data-suggest="/where/": a text field becomes a combobox (ARIA 1.2, list autocomplete with manual selection). The server
// answers ?q= with options, each with the field's whole new value; for a new name, with those it looks like. What is to be
// said of a new one (data-when-new="name of the field") shows only then. Without script it stays a text field.

import { announce } from "./announcing.js";

/**
 * @typedef {object} State
 * @property {HTMLElement} list
 * @property {HTMLElement} newcomer what the server says of a name that nobody has
 * @property {AbortController} [asking]
 * @property {number} [timer]
 * @property {string} [answered] the value that the options and the newcomer are for
 * @property {string} [says]
 */

/** @type {WeakMap<HTMLInputElement, State>} */
const states = new WeakMap();
let made = 0;

/** @param {ParentNode} root */
function setUp(root) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("input[data-suggest]"))) {
    if (!states.has(field)) become(field);
  }
}

/** @param {HTMLInputElement} field */
function become(field) {
  const list = document.createElement("div");
  list.id = `suggestions-${(made += 1)}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  const newcomer = document.createElement("div");
  newcomer.className = "newcomer";
  newcomer.hidden = true;
  field.after(list, newcomer);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) field.setAttribute(name, value);
  states.set(field, { list, newcomer });
  showNewcomer(field, false);
  // A name that came back with the form, or from a draft: is it a new one?
  if (field.value && whenNew(field) && !chosen(field)?.value) ask(field);
}

/** @param {HTMLInputElement} field @param {string} kind */
const partner = (field, kind) => field.form?.querySelector(`[data-${kind}="${field.name}"]`) ?? null;
const chosen = (/** @type {HTMLInputElement} */ field) =>
  /** @type {HTMLInputElement | null} */ (partner(field, "chosen"));
const whenNew = (/** @type {HTMLInputElement} */ field) =>
  /** @type {HTMLElement | null} */ (partner(field, "when-new")?.closest(".field") ?? null);

/** @param {EventTarget | null} target */
const suggestible = (target) =>
  target instanceof HTMLInputElement && states.has(target) ? target : null;

/** @param {HTMLElement} element */
const fieldOf = (element) => suggestible(element.closest(".field")?.querySelector("[data-suggest]") ?? null);

/** @param {HTMLInputElement} field */
async function ask(field) {
  const state = /** @type {State} */ (states.get(field));
  state.asking?.abort();
  state.asking = new AbortController();
  const value = field.value;
  try {
    const answer = await fetch(`${field.dataset.suggest}?${new URLSearchParams({ q: value })}`, {
      headers: { "HX-Request": "true" },
      signal: state.asking.signal,
    });
    if (answer.ok) take(field, value, await answer.text());
  } catch {
    // Overtaken by the next letters, or no connection: it is a text field then.
  }
}

/** @param {HTMLInputElement} field @param {string} value @param {string} html */
function take(field, value, html) {
  const state = /** @type {State} */ (states.get(field));
  const { list, newcomer } = state;
  const answer = document.createElement("template");
  answer.innerHTML = html;
  const options = /** @type {HTMLElement[]} */ ([...answer.content.querySelectorAll("[role=option]")]);
  options.forEach((option, at) => {
    option.id = `${list.id}-${at}`;
    option.setAttribute("aria-selected", "false");
  });
  const says = answer.content.querySelector("[data-says]")?.getAttribute("data-says") ?? "";
  const isNew = answer.content.querySelector("[data-new-says]");
  list.replaceChildren(...options);
  list.setAttribute("aria-label", says);
  if (!newcomer.contains(document.activeElement)) newcomer.replaceChildren(...(isNew ? [isNew] : []));
  state.answered = value;
  const only = options.length === 1 && options[0].dataset.value === value.trim();
  if (document.activeElement === field && options.length && !only) {
    open(field);
    if (says !== state.says) announce(says);
  } else close(field);
  state.says = says;
}

/** @param {HTMLInputElement} field */
function open(field) {
  const { list } = /** @type {State} */ (states.get(field));
  activate(field, null);
  list.style.setProperty("--y", `${field.offsetTop + field.offsetHeight + 4}px`);
  list.classList.remove("above");
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
  // Above the field where there is more room, in the window or in what scrolls around it.
  const around = field.closest("dialog, .marking.floating, .cards")?.getBoundingClientRect();
  const top = Math.max(0, around?.top ?? 0);
  const bottom = Math.min(innerHeight, around && around.height ? Math.max(around.bottom, 0) : innerHeight);
  const box = field.getBoundingClientRect();
  if (bottom - box.bottom < list.offsetHeight + 8 && box.top - top > bottom - box.bottom) {
    list.style.setProperty("--y", `${field.offsetTop - 4}px`);
    list.classList.add("above");
  }
}

/** @param {HTMLInputElement} field */
function close(field) {
  const { list, newcomer, answered } = /** @type {State} */ (states.get(field));
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  activate(field, null);
  if (answered === field.value) showNewcomer(field, Boolean(newcomer.firstElementChild));
  else if (!field.value) showNewcomer(field, false);
}

/** @param {HTMLInputElement} field @param {boolean} isNew */
function showNewcomer(field, isNew) {
  const { newcomer } = /** @type {State} */ (states.get(field));
  if (isNew && newcomer.hidden) announce(newcomer.firstElementChild?.getAttribute("data-new-says") ?? "");
  newcomer.hidden = !isNew;
  const more = whenNew(field);
  if (more) more.hidden = !isNew && !more.querySelector("[aria-invalid=true]");
}

/** @param {HTMLInputElement} field */
const options = (field) =>
  /** @type {HTMLElement[]} */ ([...(states.get(field)?.list.querySelectorAll("[role=option]") ?? [])]);
/** @param {HTMLInputElement} field */
const isOpen = (field) => field.getAttribute("aria-expanded") === "true";

/** @param {HTMLInputElement} field @param {HTMLElement | null} option */
function activate(field, option) {
  for (const each of options(field)) each.setAttribute("aria-selected", String(each === option));
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLInputElement} field @param {HTMLElement} option */
function choose(field, option) {
  const state = /** @type {State} */ (states.get(field));
  clearTimeout(state.timer);
  state.asking?.abort();
  field.value = option.dataset.value ?? "";
  // Whoever keeps what is typed hears of it; our own listener must not ask again.
  field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "chosen" }));
  const number = chosen(field);
  if (number) number.value = option.dataset.number ?? "";
  // For what else depends on the choice.
  field.dispatchEvent(new CustomEvent("suggestion:chosen", { bubbles: true, detail: option }));
  state.newcomer.replaceChildren();
  state.answered = field.value;
  close(field);
  announce(field.value);
}

document.addEventListener("input", (event) => {
  const field = suggestible(event.target);
  if (!field || /** @type {CustomEvent} */ (event).detail === "chosen") return;
  const state = /** @type {State} */ (states.get(field));
  const number = chosen(field);
  if (number) number.value = "";
  clearTimeout(state.timer);
  state.asking?.abort();
  if (!field.value.trim()) {
    state.newcomer.replaceChildren();
    close(field);
    return;
  }
  state.timer = setTimeout(() => ask(field), 150);
});

// Before anybody else hears Escape or Enter: they are for the list while it is open.
document.addEventListener(
  "keydown",
  (event) => {
    const field = suggestible(event.target);
    if (!field || event.isComposing) return;
    const all = options(field);
    const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (event.altKey && step < 0) close(field);
      else if (!isOpen(field)) ask(field);
      else if (!event.altKey) activate(field, all.at((at < 0 && step < 0 ? all.length : at) + step) ?? all[0]);
    } else if (event.key === "Enter" && isOpen(field) && at >= 0) {
      event.preventDefault();
      choose(field, all[at]);
    } else if (event.key === "Escape" && isOpen(field)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      close(field);
    } else if (event.key === "Tab") {
      // Nothing is taken by surprise; what is said of a new name is there before the focus moves on.
      close(field);
    }
  },
  true,
);

// The focus stays in the field while an option is pressed.
document.addEventListener("pointerdown", keep);
document.addEventListener("mousedown", keep);
/** @param {Event} event */
function keep(event) {
  if (event.target instanceof Element && event.target.closest(".suggestions")) event.preventDefault();
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const option = /** @type {HTMLElement | null} */ (
    target?.closest(".suggestions [role=option], .newcomer [data-value]") ?? null
  );
  const field = option && fieldOf(option);
  if (!field) return;
  field.focus();
  choose(field, option);
});

document.addEventListener("focusout", (event) => {
  const field = suggestible(event.target);
  if (field) close(field);
});

/** @param {ParentNode} root */
function forget(root) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll("[data-suggest]"))) {
    const state = states.get(field);
    if (!state) continue;
    clearTimeout(state.timer);
    state.asking?.abort();
    state.newcomer.replaceChildren();
    const number = chosen(field);
    if (number) number.value = "";
    state.answered = undefined;
    close(field);
    showNewcomer(field, false);
  }
}

document.addEventListener("reset", (event) => forget(/** @type {HTMLFormElement} */ (event.target)));
document.addEventListener("marked", () => forget(document));
document.addEventListener("htmx:afterSettle", () => setUp(document));
setUp(document);
