// data-counter="75": how many characters are written, of those that are advised. It advises, it does not forbid.

/** @param {HTMLTextAreaElement} field */
function count(field) {
  const advised = Number(field.dataset.counter);
  let counter = field.nextElementSibling;
  if (!counter?.matches(".counter")) {
    counter = document.createElement("p");
    counter.className = "counter";
    field.after(counter);
  }
  const written = Array.from(field.value.trim()).length;
  counter.textContent = `${written} / ${advised}`;
  counter.classList.toggle("over", written > advised);
}

// "count" tells of a field that the program has filled.
for (const kind of ["input", "count"]) {
  document.addEventListener(kind, (event) => {
    const field = /** @type {HTMLElement} */ (event.target);
    if (field.matches("[data-counter]")) count(/** @type {HTMLTextAreaElement} */ (field));
  });
}
