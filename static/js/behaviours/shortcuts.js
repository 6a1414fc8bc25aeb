// data-shortcut="next": a key that presses this button, or goes to this field. They are listed by "?", and can be changed or
// switched off there; with Alt they work everywhere but in fields, alone only when somebody wants them so (WCAG 2.2, 2.1.4).

const KEPT = "shortcuts";
/** Names and their keys, as KeyboardEvent.code tells them: the place on the keyboard, whatever the layout writes there. */
const DEFAULTS = {
  next: "ArrowDown",
  previous: "ArrowUp",
  claim: "KeyN",
  picker: "KeyP",
  bar: "KeyM",
  hide: "KeyH",
  cards: "KeyC",
  search: "KeyS",
};

/** @returns {{mode: "alt" | "alone" | "off", keys: Record<string, string>}} */
function settings() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    const mode = ["alt", "alone", "off"].includes(kept.mode) ? kept.mode : "alt";
    return { mode, keys: { ...DEFAULTS, ...kept.keys } };
  } catch {
    return { mode: "alt", keys: { ...DEFAULTS } };
  }
}

/** @param {ReturnType<typeof settings>} now */
function keep(now) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(now));
  } catch {
    // A browser that keeps nothing: they hold until the page is left.
  }
}

/** @param {string} code */
function said(code) {
  const arrows = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→" };
  return arrows[/** @type {keyof typeof arrows} */ (code)] ?? code.replace(/^(Key|Digit)/, "");
}

/** @param {EventTarget | null} target */
function inField(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role=listbox], [role=option], [role=combobox]"))
  );
}

const dialog = () => /** @type {HTMLDialogElement | null} */ (document.getElementById("shortcuts"));

/** The list of what has a key on this page. */
function list() {
  const place = dialog()?.querySelector("[data-shortcut-list]");
  if (!place) return;
  const { mode, keys } = settings();
  const names = new Set([...document.querySelectorAll("[data-shortcut]")].map((element) => element.getAttribute("data-shortcut") ?? ""));
  place.replaceChildren(
    ...[...names].map((name) => {
      const element = document.querySelector(`[data-shortcut="${name}"]`);
      const item = document.createElement("li");
      const what = document.createElement("span");
      what.textContent = element?.getAttribute("data-shortcut-says") ?? element?.textContent?.trim() ?? name;
      what.id = `shortcut-${name}`;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button small";
      button.dataset.remap = name;
      button.setAttribute("aria-describedby", what.id);
      const key = document.createElement("kbd");
      key.textContent = (mode === "alone" ? "" : "Alt ") + said(keys[name]);
      button.append(key);
      item.append(what, button);
      return item;
    }),
  );
  for (const choice of dialog()?.querySelectorAll("[name=shortcuts]") ?? []) {
    /** @type {HTMLInputElement} */ (choice).checked = /** @type {HTMLInputElement} */ (choice).value === mode;
  }
}

document.addEventListener("keydown", (event) => {
  const { mode, keys } = settings();
  const remapped = /** @type {HTMLElement | null} */ (document.querySelector("[data-remap][aria-pressed=true]"));
  if (remapped) {
    if (["Alt", "Shift", "Control", "Meta", "Tab"].includes(event.key)) return;
    event.preventDefault();
    const name = String(remapped.dataset.remap);
    if (/^(Key[A-Z]|Digit\d|Arrow\w+)$/.test(event.code)) {
      // Two with one key: the other takes the key that this one had.
      const other = Object.keys(keys).find((each) => keys[each] === event.code);
      if (other) keys[other] = keys[name];
      keys[name] = event.code;
      keep({ mode, keys });
    }
    list();
    /** @type {HTMLElement | null} */ (document.querySelector(`[data-remap="${name}"]`))?.focus();
    return;
  }
  if (mode === "off" || event.ctrlKey || event.metaKey || inField(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?" && !event.altKey) {
    event.preventDefault();
    open();
    return;
  }
  if (event.altKey !== (mode === "alt") || event.shiftKey) return;
  const name = Object.keys(keys).find((each) => keys[each] === event.code);
  const element = /** @type {HTMLElement | null} */ (name ? document.querySelector(`[data-shortcut="${name}"]`) : null);
  if (!element?.checkVisibility()) return;
  event.preventDefault();
  element.focus();
  if (element.matches("input, textarea, select")) return;
  element.click();
  // What it opened is gone into.
  const opened = /** @type {HTMLDetailsElement | null} */ (element.closest("details"));
  if (!element.matches("summary") || !opened?.open) return;
  /** @type {HTMLElement | null} */ (opened.querySelector("textarea, select, input:not([type=hidden])"))?.focus();
});

function open() {
  list();
  dialog()?.showModal();
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-shortcuts]")) open();
  const remap = /** @type {HTMLElement | null} */ (target.closest("[data-remap]"));
  if (remap) {
    remap.setAttribute("aria-pressed", "true");
    remap.textContent = dialog()?.dataset.press ?? "";
  }
  if (target.closest("[data-shortcuts-reset]")) {
    keep({ mode: "alt", keys: { ...DEFAULTS } });
    list();
  }
});
document.addEventListener("change", (event) => {
  const choice = /** @type {HTMLInputElement} */ (event.target);
  if (choice.name !== "shortcuts") return;
  keep({ ...settings(), mode: /** @type {"alt" | "alone" | "off"} */ (choice.value) });
  list();
});
for (const opener of document.querySelectorAll("[data-shortcuts][hidden]")) opener.removeAttribute("hidden");
