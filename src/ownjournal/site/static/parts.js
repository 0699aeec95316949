// Parts of a page that come when the reader nears them: similar articles, charts.
// Without this file a link stands in their place.
"use strict";

async function load(place) {
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(place.dataset.load);
    if (!answer.ok) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = place.contains(document.activeElement);
    place.replaceChildren(...part.body.childNodes);
    place.dataset.loaded = "";
    if (focused) place.querySelector("a")?.focus();
  } catch {
    // The link stays.
  } finally {
    place.removeAttribute("aria-busy");
  }
}

const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      near.unobserve(entry.target);
      load(entry.target);
    }
  },
  { rootMargin: "800px" },
);
for (const place of document.querySelectorAll("[data-load]")) near.observe(place);
