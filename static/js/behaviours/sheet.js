// data-workspace on a narrow screen: the cards are a sheet at the bottom; without script they follow the text.

const narrow = matchMedia("(max-width: 60rem)");
const workspace = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-workspace]"));

/** @param {"closed" | "peek" | "open"} state */
function set(state) {
  const place = workspace();
  if (!place) return;
  if (narrow.matches) place.dataset.sheet = state;
  else delete place.dataset.sheet;
  const toggle = place.querySelector(".sheet-toggle");
  toggle?.setAttribute("role", "button");
  toggle?.setAttribute("aria-expanded", String(state !== "closed"));
}

/** Without sliding: a page that has just come, or come back, begins with the sheet away. */
function putAway() {
  if (!narrow.matches) {
    set("closed");
    return;
  }
  const cards = /** @type {HTMLElement | null | undefined} */ (workspace()?.querySelector(".cards"));
  cards?.style.setProperty("transition", "none");
  set("closed");
  // Read, so that the browser takes this for where the sheet is and not for where it goes.
  void cards?.offsetWidth;
  cards?.style.removeProperty("transition");
}

putAway();
narrow.addEventListener("change", putAway);
document.addEventListener("htmx:afterSettle", () => {
  if (narrow.matches && !workspace()?.dataset.sheet) putAway();
});
document.addEventListener("sheet:open", (event) => set(/** @type {CustomEvent} */ (event).detail));

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest(".sheet-toggle") && narrow.matches) {
    event.preventDefault();
    set("open");
    /** @type {HTMLElement | null} */ (document.querySelector(".sheet-close"))?.focus();
  }
  if (target.closest(".sheet-close")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && workspace()?.dataset.sheet && workspace()?.dataset.sheet !== "closed") close();
});

function close() {
  set("closed");
  /** @type {HTMLElement | null} */ (document.querySelector(".sheet-toggle"))?.focus();
}
