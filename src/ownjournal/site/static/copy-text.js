// Copy as text: fetches the plain text of the article and puts it on the clipboard.
// Without this file, or where the clipboard is closed, the link beside it shows it.
"use strict";

async function copyFrom(address) {
  const text = fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  });
  if (!window.ClipboardItem) return navigator.clipboard.writeText(await text);
  // begun before the text is there: Safari forgets the click while it waits
  const blob = text.then((plain) => new Blob([plain], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

for (const button of document.querySelectorAll("button[data-copy-from]")) {
  const said = document.getElementById("copied");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await copyFrom(button.dataset.copyFrom);
      said.textContent = "Text copied.";
    } catch {
      location.assign(button.dataset.copyFrom);
    }
  });
}
