"use strict";
// Everything here is a convenience: without it the report reads the same.

function sortable(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.querySelectorAll("th[data-sort]")];
  const words = new Intl.Collator(document.documentElement.lang);
  const value = (row, head) => {
    const cell = row.cells[head.cellIndex];
    return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent.trim();
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : words.compare(a, b));
  let order = "";
  return {
    heads,
    // Sorts by the column of that name, downwards with a minus before it; as it came without a name.
    sort(wanted) {
      if (wanted === order) return;
      order = wanted;
      const sign = order.startsWith("-") ? -1 : 1;
      const head = heads.find((each) => each.dataset.sort === order.replace("-", ""));
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head?.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
      const keyed = rows.map((row) => [head ? value(row, head) : 0, row]);
      body.append(...keyed.sort((a, b) => sign * compare(a[0], b[0])).map((pair) => pair[1]));
    },
  };
}

function filterable(form, tables) {
  const output = form.querySelector("output");
  const { heads, sort } = sortable(tables[0]);
  const lists = tables.map((table) => [...table.tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]));
  const fits = (row, text, want) =>
    (!want.q || text.includes(want.q.toLowerCase()) || row.dataset.codes.includes(want.q.toUpperCase())) &&
    (!want.kind || row.dataset.kind === want.kind) &&
    (!want.severity || row.dataset.severity.split(" ").includes(want.severity)) &&
    (!want.check || row.dataset.codes.split(" ").includes(want.check)) &&
    (!want.below || Number(row.dataset.score) < Number(want.below));
  const given = () => Object.fromEntries([...new FormData(form)].filter(([, text]) => text));
  const apply = () => {
    const { sort: order = "", ...want } = given();
    sort(order);
    const shown = lists.map((rows) =>
      rows.reduce((count, [row, text]) => count + !(row.hidden = !fits(row, text, want)), 0));
    const filtered = Object.keys(want).length > 0;
    const said = [form.dataset.shown, form.dataset.lone].filter(Boolean);
    output.textContent = filtered ? said.map((text, i) => text.replace("{n}", shown[i])).join(" · ") : "";
    form.querySelector("[type=reset]").hidden = !filtered;
  };
  const remember = () => {
    apply();
    const kept = new URLSearchParams(given()).toString();
    history.replaceState(null, "", kept ? "#" + kept : location.pathname + location.search);
    store(location.href.split("#")[0], kept);
  };
  const restore = () => {
    const asked = location.hash.slice(1);
    const filters = asked.includes("=");
    const wanted = new URLSearchParams(asked);
    if (filters || !asked) form.querySelectorAll("[name]").forEach((field) => (field.value = wanted.get(field.name) ?? ""));
    apply();
    if (filters) form.scrollIntoView();
  };
  heads.forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") === "ascending";
      form.elements.sort.value = (up ? "-" : "") + head.dataset.sort;
      remember();
    });
  });
  form.hidden = false;
  form.addEventListener("input", remember);
  form.addEventListener("change", remember); // what fills a form in for its reader may send only this
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    form.querySelectorAll("[name]:not([name=sort])").forEach((field) => (field.value = ""));
    remember();
  });
  window.addEventListener("hashchange", restore);
  restore();
}

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

function linked(name) {
  const link = document.createElement("a");
  link.href = "#check=" + name.dataset.check;
  link.append(...name.childNodes);
  name.append(link);
}

function walkable(marks) {
  const up = document.querySelector("a[rel=up]");
  const kept = up && stored(up.href);
  if (kept) up.href += "#" + kept;
  document.querySelectorAll(".keys").forEach((help) => (help.hidden = !marks.length));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select")) return;
    if (event.key === "u" && up) location.assign(up.href);
    const step = { n: 1, p: -1 }[event.key];
    if (!step || !marks.length) return;
    const here = marks.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : marks.length - 1) : (here + step + marks.length) % marks.length;
    marks[next].focus({ preventScroll: true });
    marks[next].scrollIntoView({ block: "center" });
  });
}

function copyable(note) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = document.body.dataset.copy;
  button.addEventListener("click", async () => {
    const lines = [...note.querySelectorAll("p")].map((line) => {
      const clone = line.cloneNode(true);
      clone.querySelectorAll("button").forEach((inner) => inner.remove());
      return clone.textContent.trim().replace(/\s+/g, " ");
    });
    if (note.dataset.excerpt) lines.splice(1, 0, note.dataset.excerpt.replace(/\s+/g, " "));
    const link = location.href.split("#")[0] + "#" + note.id;
    await navigator.clipboard.writeText([note.dataset.place, ...lines, link].join("\n"));
    button.textContent = document.body.dataset.copied;
  });
  note.querySelector(".facts").append(button);
}

// A link to a finding that is folded away unfolds it.
function reveal() {
  const target = document.getElementById(location.hash.slice(1));
  const fold = target?.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  target.scrollIntoView();
}

document.querySelectorAll("form.filter").forEach((form) => {
  const tables = [form.parentElement.querySelector("table"), document.querySelector("table.unpaired")];
  filterable(form, tables.filter(Boolean));
  document.querySelectorAll("[data-check]").forEach(linked);
});
const seen = new Set();
walkable([...document.querySelectorAll("mark:not(.quiet) a")].filter((mark) => {
  const fresh = !seen.has(mark.hash);
  seen.add(mark.hash);
  return fresh;
}));
if (navigator.clipboard) document.querySelectorAll(".note").forEach(copyable);
window.addEventListener("hashchange", reveal);
reveal();
// On paper nothing can be unfolded.
let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  unfolded.forEach((fold) => (fold.open = true));
});
window.addEventListener("afterprint", () => unfolded.forEach((fold) => (fold.open = false)));
