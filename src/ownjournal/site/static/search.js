// The search page: a filter, an order or a page changes the list in place.
// Each is a link with an address of its own, which is fetched and whose parts marked
// data-swap are put in the place of ours. Without this file the links are followed.
"use strict";

const status = document.createElement("p");
status.className = "hidden";
status.setAttribute("aria-live", "polite");
document.getElementById("main").append(status);

let under = null; // the request under way

// What a reader has opened and closed stays so.
function folds() {
  const all = document.querySelectorAll("details[data-keep]");
  return new Map([...all].map((each) => [each.dataset.keep, each.open]));
}

function refold(before) {
  for (const each of document.querySelectorAll("details[data-keep]")) {
    if (before.has(each.dataset.keep)) each.open = before.get(each.dataset.keep);
  }
}

// A link of the new list that stands for the one that was used.
function same(name) {
  if (!name) return null;
  const links = document.querySelectorAll("#found a[data-name]");
  return [...links].find((each) => each.dataset.name === name) ?? null;
}

function put(page) {
  for (const part of document.querySelectorAll("[data-swap]")) {
    const other = page.getElementById(part.id);
    if (other) part.replaceChildren(...other.childNodes);
  }
  document.title = page.title;
}

async function show(address, { name = null, top = true, y = 0, back = false }) {
  under?.abort();
  under = new AbortController();
  const found = document.getElementById("found");
  found.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: under.signal });
    if (!answer.ok || new URL(answer.url).pathname !== location.pathname) {
      location.assign(address);
      return;
    }
    const text = await answer.text();
    const before = folds();
    if (!back) {
      history.replaceState({ y: scrollY }, "");
      history.pushState({ y: top ? 0 : scrollY }, "", address);
    }
    put(new DOMParser().parseFromString(text, "text/html"));
    refold(before);
    document.dispatchEvent(new Event("found"));
    const heading = found.querySelector("h1");
    status.textContent = heading.textContent;
    (same(name) ?? heading).focus({ preventScroll: true });
    if (back) scrollTo(0, y);
    else if (top) scrollTo(0, 0);
  } catch (problem) {
    if (problem.name !== "AbortError") location.assign(address);
  } finally {
    if (!under.signal.aborted) found.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const link = event.target.closest("#found a[href], #found svg a");
  if (!link || !plain || event.button !== 0 || event.defaultPrevented) return;
  const address = link.getAttribute("href");
  if (!address.startsWith("/search?")) return;
  event.preventDefault();
  const beside = link.closest(".filters") !== null;
  show(address, { name: link.dataset.name, top: !beside });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("#found form.years-range")) return;
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([, value]) => value !== "");
  show(`${location.pathname}?${new URLSearchParams(fields)}`, { top: false });
});

addEventListener("popstate", (event) => {
  show(location.href, { back: true, y: event.state?.y ?? 0 });
});
