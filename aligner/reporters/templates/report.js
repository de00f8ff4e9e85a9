"use strict";
// Everything here is a convenience: without it the report reads the same.

function sortable(table) {
  const body = table.tBodies[0];
  const value = (row, column, kind) => {
    const cell = row.cells[column];
    return kind === "number" ? Number(cell.dataset.value) : cell.textContent.trim();
  };
  table.querySelectorAll("th[data-sort]").forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [value(row, head.cellIndex, head.dataset.sort), row]);
      const order = (a, b) =>
        head.dataset.sort === "number" ? a[0] - b[0] : a[0].localeCompare(b[0], document.documentElement.lang);
      rows.sort((a, b) => (down ? -order(a, b) : order(a, b)));
      body.append(...rows.map((pair) => pair[1]));
    });
  });
}

function filterable(form, table) {
  const rows = [...table.tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]);
  const output = form.querySelector("output");
  const fits = (row, text, want) =>
    (!want.q || text.includes(want.q.toLowerCase()) || row.dataset.codes.includes(want.q.toUpperCase())) &&
    (!want.kind || row.dataset.kind === want.kind) &&
    (!want.severity || row.dataset.severity.split(" ").includes(want.severity)) &&
    (!want.check || row.dataset.codes.split(" ").includes(want.check)) &&
    (!want.below || Number(row.dataset.score) < Number(want.below));
  const apply = () => {
    const want = Object.fromEntries([...new FormData(form)].filter(([, given]) => given));
    let shown = 0;
    rows.forEach(([row, text]) => {
      row.hidden = !fits(row, text, want);
      shown += !row.hidden;
    });
    output.textContent = Object.keys(want).length ? form.dataset.shown.replace("{n}", shown) : "";
    return want;
  };
  const remember = () => {
    const kept = new URLSearchParams(apply()).toString();
    history.replaceState(null, "", kept ? "#" + kept : location.pathname + location.search);
  };
  const restore = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    form.querySelectorAll("[name]").forEach((field) => (field.value = given.get(field.name) ?? ""));
    apply();
  };
  form.hidden = false;
  form.addEventListener("input", remember);
  form.addEventListener("change", remember); // what fills a form in for its reader may send only this
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", restore);
  restore();
}

function walkable(marks) {
  const up = document.querySelector("a[rel=up]");
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
    const place = location.href.split("#")[0] + "#" + note.id;
    await navigator.clipboard.writeText([...lines, place].join("\n"));
    button.textContent = document.body.dataset.copied;
  });
  note.querySelector(".facts").append(button);
}

document.querySelectorAll("table:has(th[data-sort])").forEach(sortable);
document.querySelectorAll("form.filter").forEach((form) =>
  filterable(form, form.parentElement.querySelector("table")));
const seen = new Set();
walkable([...document.querySelectorAll("mark a")].filter((mark) => {
  const fresh = !seen.has(mark.hash);
  seen.add(mark.hash);
  return fresh;
}));
if (navigator.clipboard) document.querySelectorAll(".note").forEach(copyable);
