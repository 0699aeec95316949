// Copy citation: shows the buttons that need a script, and makes them work.
// Without this file the citations still stand on the page to be selected.
"use strict";

const KEPT_AS = "citation-style";
const USUAL = "vancouver";

// The style this browser's reader prefers. Storage may be closed, or hold anything.
function preferred() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT_AS));
    if (typeof kept.style === "string" && typeof kept.short === "string") return kept;
  } catch {
    // as if there were none
  }
  return { style: USUAL, short: "Vancouver" };
}

function prefer(style, short) {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify({ style, short }));
    return true;
  } catch {
    return false;
  }
}

function select(element) {
  const folded = element.closest("details");
  if (folded) folded.open = true;
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

// The clipboard is closed to pages without https; the old command still works there.
function copyByCommand({ text, html }) {
  let put = false;
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
    put = true;
  };
  document.addEventListener("copy", fill);
  const asked = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return asked && put;
}

// `coming` is a promise of {text, html}; begun at once, as Safari forgets the click
// while it waits.
async function copy(coming) {
  if (navigator.clipboard && window.ClipboardItem) {
    const blob = (type, part) => coming.then((all) => new Blob([all[part]], { type }));
    const item = new ClipboardItem({
      "text/plain": blob("text/plain", "text"),
      "text/html": blob("text/html", "html"),
    });
    await navigator.clipboard.write([item]);
    return true;
  }
  const all = await coming;
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(all.text);
    return true;
  }
  return copyByCommand(all);
}

const here = (element) => ({
  text: element.textContent.trim(),
  html: element.innerHTML.trim(),
});

async function fetched(address, style) {
  const answer = await fetch(`${address}?style=${encodeURIComponent(style)}`);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function citing(root) {
  const said = root.querySelector("[data-cited]");
  const one = root.querySelector("[data-cite]");
  const entries = [...root.querySelectorAll("[data-style]")];
  const entryOf = (style) => entries.find((each) => each.dataset.style === style);

  function showPreferred() {
    const { style, short } = preferred();
    if (one) one.querySelector("[data-cite-style]").textContent = short;
    for (const each of entries) {
      const pressed = each.dataset.style === style;
      each.querySelector("[data-prefer]").setAttribute("aria-pressed", pressed);
    }
  }

  async function copyIn(style, short) {
    said.textContent = "";
    const citation = entryOf(style)?.querySelector(".citation");
    const coming = citation
      ? Promise.resolve(here(citation))
      : fetched(root.dataset.citing, style);
    coming.catch(() => {});
    const copied = await copy(coming).catch(() => false);
    if (copied) {
      said.textContent = `Copied in ${short} style`;
    } else if (citation) {
      select(citation);
      said.textContent = "The citation is selected; copy it with your keyboard.";
    } else {
      said.textContent = `The citation in ${short} style could not be copied.`;
    }
  }

  for (const entry of entries) {
    const { style, short } = entry.dataset;
    const copier = entry.querySelector("[data-copy-style]");
    const keeper = entry.querySelector("[data-prefer]");
    copier.hidden = keeper.hidden = false;
    copier.addEventListener("click", () => copyIn(style, short));
    keeper.addEventListener("click", () => {
      said.textContent = prefer(style, short)
        ? `${short} is your default style now`
        : "This browser keeps no settings.";
      showPreferred();
    });
  }
  for (const button of root.querySelectorAll("[data-copy-value]")) {
    const text = button.dataset.copyValue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const copied = await copy(Promise.resolve({ text, html: text })).catch(() => false);
      said.textContent = copied ? `Copied: ${text}` : text;
    });
  }
  if (one) {
    one.hidden = false;
    one.addEventListener("click", () => {
      const { style, short } = preferred();
      return copyIn(style, short);
    });
  }
  showPreferred();
}

for (const root of document.querySelectorAll("[data-citing]")) citing(root);
