// data-preview="ID of a field", data-at="/where/": shows how readers would see what is being typed there. The server makes it,
// with the code that makes their page; what it refuses or does not answer leaves what was shown last.

const PAUSE = 300;

/** @type {WeakMap<Element, {timer?: number, asking?: AbortController}>} */
const states = new WeakMap();

/** @param {HTMLTextAreaElement} field */
const placeOf = (field) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-preview="${field.id}"]`));

/** @param {HTMLTextAreaElement} field */
async function show(field) {
  const place = placeOf(field);
  const form = field.form;
  if (!place || !form) return;
  const state = states.get(field) ?? {};
  states.set(field, state);
  state.asking?.abort();
  state.asking = new AbortController();
  const token = /** @type {HTMLInputElement} */ (form.querySelector("[name=csrfmiddlewaretoken]")).value;
  try {
    const answer = await fetch(place.dataset.at ?? "", {
      method: "POST",
      headers: { "HX-Request": "true" },
      body: new URLSearchParams({ [field.name]: field.value, csrfmiddlewaretoken: token }),
      signal: state.asking.signal,
    });
    if (!answer.ok) return behind(place, true);
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    place.replaceChildren(...(made.content.querySelector("[data-preview]")?.childNodes ?? []));
    behind(place, false);
  } catch {
    // Overtaken by the next letters, or no connection.
  }
}

/** @param {HTMLElement} place @param {boolean} is what it shows is not what stands in the field */
function behind(place, is) {
  place.toggleAttribute("data-behind", is);
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement)) return;
  const place = placeOf(field);
  if (!place) return;
  const state = states.get(field) ?? {};
  states.set(field, state);
  behind(place, true);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => show(field), PAUSE);
});

// What was brought back from this browser's copies changed the field without typing; discarding it, too.
for (const back of ["draft:filled", "reset"]) {
  document.addEventListener(back, () => {
    for (const place of document.querySelectorAll("[data-preview]")) {
      const field = document.getElementById(/** @type {HTMLElement} */ (place).dataset.preview ?? "");
      if (field instanceof HTMLTextAreaElement) setTimeout(() => show(field));
    }
  });
}
