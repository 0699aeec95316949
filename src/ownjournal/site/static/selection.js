// Selection on lists: ticks survive paging, and the form says how many there are.
// They are kept in this tab alone; a download sends them, nothing else does.
// Without this file the form works for what is ticked on the page it stands on.
"use strict";

const chosen = new Set();
let over = new AbortController(); // ends what listens to a list that has gone

// A list in place of another, see search.js.
function attach() {
  over.abort();
  over = new AbortController();
  const form = document.getElementById("selection");
  if (form) listen(form, { signal: over.signal });
}

function listen(form, until) {
  const key = `selection of ${form.dataset.list}`;
  const boxes = [...form.elements].filter((each) => each.name === "pmid");
  const here = new Set(boxes.map((box) => box.value));
  const bar = form.querySelector("[data-bar]");
  const tick = form.querySelector("[data-tick]");
  const clear = form.querySelector("[data-clear]");
  const told = form.querySelector("[data-told]");
  const count = form.querySelector("[data-count]");

  // A browser may keep nothing: then ticks last as long as the page.
  function stored() {
    try {
      return (sessionStorage.getItem(key) ?? "").split(" ").filter(Boolean);
    } catch {
      return [...chosen];
    }
  }

  function store() {
    try {
      if (chosen.size) sessionStorage.setItem(key, [...chosen].join(" "));
      else sessionStorage.removeItem(key);
    } catch {
      // as above
    }
  }

  function show() {
    const number = chosen.size.toLocaleString("en");
    for (const box of boxes) box.checked = chosen.has(box.value);
    const whole = boxes.length > 0 && boxes.every((box) => box.checked);
    tick.textContent = whole ? "Unselect this page" : "Select all on this page";
    clear.hidden = chosen.size === 0;
    told.textContent = chosen.size ? `${number} selected` : "";
    count.textContent = chosen.size ? `: ${number}` : "";
    form.classList.toggle("some", chosen.size > 0);
  }

  function choose(which) {
    const radios = [...form.elements].filter((each) => each.name === "which");
    for (const radio of radios) radio.checked = radio.value === which;
  }

  function change(pmids, wanted) {
    for (const pmid of pmids) {
      if (wanted) chosen.add(pmid);
      else chosen.delete(pmid);
    }
    if (chosen.size) choose("selected");
    store();
    show();
  }

  // Also when the reader comes back: the browser then shows the page as it was.
  function begin() {
    const before = stored();
    chosen.clear();
    for (const pmid of before) chosen.add(pmid);
    if (!chosen.size) choose("all");
    show();
  }

  for (const box of boxes) {
    box.addEventListener("change", () => change([box.value], box.checked));
  }
  tick.addEventListener("click", () => {
    change(here, !boxes.every((box) => box.checked));
  });
  clear.addEventListener("click", () => {
    tick.focus();
    change([...chosen], false);
  });
  form.addEventListener("formdata", (event) => {
    const elsewhere = [...chosen].filter((pmid) => !here.has(pmid));
    if (event.formData.get("which") === "selected" && elsewhere.length) {
      event.formData.append("pmid", elsewhere.join(" "));
    }
  });
  window.addEventListener("pageshow", begin, until);
  bar.hidden = false;
  if (document.readyState === "complete") begin();
}

document.addEventListener("found", attach);
attach();
