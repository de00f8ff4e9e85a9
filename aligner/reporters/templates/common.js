"use strict";
// Everything here is a convenience: without it the report reads the same.

const RANKS = ["critical", "major", "minor"];

const chosen = (data, want) =>
  ["severity", "cause", "language"].every((name) => !want[name] || (data[name] ?? "").split(" ").includes(want[name]));

// Keeps the filter for the way back from a page; a browser may refuse to.
function store(key, text) {
  try {
    sessionStorage.setItem(key, text);
  } catch {}
}

function stored(key) {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

// The way back to a list, with the filter as it was left there.
function wayUp() {
  const up = document.querySelector("a[rel=up]");
  if (!up) return;
  const from = new URLSearchParams(location.search).get("from");
  if (location.search && !from && document.querySelector(".passages")) up.href = up.href.replace("index.html", "findings.html");
  const kept = stored(up.href);
  if (kept) up.href += "#" + kept;
  document.addEventListener("keydown", (event) => {
    if (event.key === "u" && !isTyping(event)) location.assign(up.href);
  });
}

const isTyping = (event) =>
  event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), select");

// A link to a finding that is folded away unfolds it.
function reveal() {
  const target = document.getElementById(location.hash.slice(1));
  const fold = target?.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  target.scrollIntoView();
}

wayUp();
window.addEventListener("hashchange", reveal);
reveal();
// On paper nothing can be unfolded.
let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  unfolded.forEach((fold) => (fold.open = true));
});
window.addEventListener("afterprint", () => unfolded.forEach((fold) => (fold.open = false)));
