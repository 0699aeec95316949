// Copy citation: shows the buttons that need a script, and makes them work.
// Without this file the citation still stands on the page to be selected.
"use strict";

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
async function copy(element) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(element.textContent.trim());
    return true;
  }
  select(element);
  return document.execCommand("copy");
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const said = document.getElementById("copied");
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    const copied = await copy(source).catch(() => false);
    if (!copied) select(source);
    said.textContent = copied
      ? "Citation copied."
      : "The citation is selected; copy it with your keyboard.";
  });
}
