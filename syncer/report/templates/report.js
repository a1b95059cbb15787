"use strict";
(() => {
  // More rows than this stay folded, page by page: nobody reads them, and laying them out is slow.
  const MOST_UNFOLDED = 500;
  const STALE_AFTER_MS = 30 * 60 * 60 * 1000;
  const age = document.getElementById("age");
  const warnWhenStale = () => {
    const madeAt = Date.parse(document.querySelector("time[data-made]").dateTime);
    if (Date.now() - madeAt > STALE_AFTER_MS) {
      document.documentElement.classList.add("stale");
      age.hidden = false;
    }
  };
  // The last complete report is old, and leads to the newest one.
  if (age) {
    warnWhenStale();
    setInterval(warnWhenStale, 10 * 60 * 1000);
  }

  for (const button of document.querySelectorAll(".to-copy button")) {
    const lines = button.parentElement.querySelector("pre");
    const told = button.textContent;
    lines.hidden = true;
    button.hidden = false;
    button.addEventListener("click", () => {
      // Where a page may not write to the clipboard, the lines are shown and marked.
      const show = () => {
        lines.hidden = false;
        getSelection().selectAllChildren(lines);
      };
      if (!navigator.clipboard) return show();
      navigator.clipboard.writeText(lines.textContent).then(() => {
        button.textContent = button.dataset.copied;
        setTimeout(() => { button.textContent = told; }, 4000);
      }, show);
    });
  }

  // A link into a folded part opens it; not every browser does that itself.
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1));
    const folded = target?.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  if (location.hash) unfold();

  const form = document.getElementById("filter");
  if (!form) return;
  const rows = Array.from(document.querySelectorAll("[data-entry]"), (element) => ({
    element,
    pages: (element.dataset.page || element.closest("[data-page]").dataset.page).split("\n"),
    kind: element.dataset.kind,
    state: element.dataset.state,
    group: element.closest("[data-group]"),
    text: null,
  }));
  const groups = Array.from(document.querySelectorAll("[data-group]"));
  const output = document.getElementById("filter-count");
  const template = output.dataset.template;
  const { text, page, kind, state } = form.elements;

  const fits = (row, wanted) => {
    if (page.value && !row.pages.includes(page.value)) return false;
    if (kind.value && row.kind !== kind.value) return false;
    if (state.value === "attention") {
      row.pressing ??= row.element.querySelector(".state:not(.good, .note)") !== null;
      if (!row.pressing) return false;
    }
    if (state.value && state.value !== "attention" && row.state !== state.value) return false;
    if (!wanted) return true;
    row.text ??= row.element.textContent.toLowerCase();
    return row.text.includes(wanted);
  };
  const filter = () => {
    const wanted = text.value.trim().toLowerCase();
    const active = Boolean(wanted || page.value || kind.value || state.value);
    const used = new Set();
    let shown = 0;
    for (const row of rows) {
      const keep = fits(row, wanted);
      row.element.hidden = !keep;
      if (keep) used.add(row.group);
      shown += keep;
    }
    for (const group of groups) {
      const some = used.has(group);
      group.hidden = !some;
      if (group.tagName === "DETAILS") group.open = active && some && shown <= MOST_UNFOLDED;
    }
    output.textContent = shown || !active
      ? template.replace("{shown}", shown).replace("{total}", rows.length)
      : output.dataset.none;
    form.elements.reset.hidden = !active;
    form.parentElement.classList.toggle("filtered", active);
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => requestAnimationFrame(filter));
  form.elements.reset.addEventListener("click", () => text.focus());
  // A number of the first screen lists what it counts.
  for (const figure of document.querySelectorAll("[data-choice]")) {
    figure.addEventListener("click", () => {
      text.value = page.value = kind.value = "";
      state.value = figure.dataset.choice;
      filter();
    });
  }
  form.hidden = false;
  filter();
})();
