"use strict";
// Everything here is a convenience: without it the report reads the same.

const ROWS = 100; // shown at a time
const RANKS = ["critical", "major", "minor"];
const ALONG = ["check", "severity", "cause", "language", "suspicions"];

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

// Shows the rows of a table that fit, so many at a time, with buttons for the others.
function paged(table) {
  const body = table.tBodies[0];
  const words = new Map([...body.rows].map((row) => [row, row.textContent.toLowerCase()]));
  const nav = document.createElement("nav");
  const said = document.createElement("span");
  let first = 0;
  let fitting = [];
  const { earlier, later, rows: range } = document.body.dataset;
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const draw = () => {
    const shown = new Set(fitting.slice(first, first + ROWS));
    for (const row of body.rows) row.hidden = !shown.has(row);
    const last = Math.min(first + ROWS, fitting.length);
    const figures = { from: first + 1, to: last, of: fitting.length };
    said.textContent = range.replace(/\{(\w+)\}/g, (_, name) => number.format(figures[name]));
    nav.hidden = fitting.length <= ROWS;
    nav.firstChild.disabled = first === 0;
    nav.lastChild.disabled = last === fitting.length;
    return [...shown];
  };
  const step = (name, by) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => {
      first += by;
      table.dispatchEvent(new CustomEvent("shown", { detail: draw() }));
      table.scrollIntoView();
    });
    return button;
  };
  nav.className = "pages";
  nav.ariaLabel = later;
  nav.append(step(earlier, -ROWS), said, step(later, ROWS));
  table.parentElement.after(nav);
  table.querySelectorAll("tr.later").forEach((row) => row.classList.remove("later"));
  return (fits) => {
    first = 0;
    fitting = [...body.rows].filter((row) => fits(row, words.get(row)));
    table.dispatchEvent(new CustomEvent("shown", { detail: draw() }));
    return fitting.length;
  };
}

const chosen = (data, want) =>
  ["severity", "cause", "language"].every((name) => !want[name] || (data[name] ?? "").split(" ").includes(want[name]));

const within = (score, { above = 0, below = Infinity }) => score >= Number(above) && score < Number(below);

function filterable(form, tables) {
  const output = form.querySelector("output");
  const { heads, sort } = sortable(tables[0]);
  const pages = tables.map(paged);
  const suspects = form.elements.suspicions;
  const fits = (want) => (row, text) =>
    (!want.q || text.includes(want.q.toLowerCase()) || row.dataset.codes.includes(want.q.toUpperCase())) &&
    (!want.file || row.querySelector(".path").textContent.toLowerCase().includes(want.file.toLowerCase())) &&
    (!want.behind || (want.behind === "any" ? row.dataset.behind : row.dataset.behind === want.behind)) &&
    (!want.kind || row.dataset.kind === want.kind) &&
    chosen(row.dataset, want) &&
    (!want.check || row.dataset.codes.split(" ").includes(want.check)) &&
    (!(want.below || want.above) || (row.dataset.score ?? "").split(" ").some((score) => within(Number(score), want))) &&
    (!suspects || want.suspicions || !row.dataset.suspicion);
  const given = () => Object.fromEntries([...new FormData(form)].filter(([, text]) => text));
  const fill = (field, value) => {
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
  };
  // What is chosen here goes along to the page that a row leads to.
  const along = (event) => {
    const kept = Object.entries(given()).filter(([name]) => ALONG.includes(name));
    const search = new URLSearchParams(kept).toString();
    event.detail.forEach((row) => row.querySelectorAll("a[href]").forEach((link) => (link.search = search)));
  };
  tables.filter((table) => table.matches(".findings")).forEach((table) => table.addEventListener("shown", along));
  const apply = () => {
    const { sort: order = "", ...want } = given();
    sort(order);
    const shown = pages.map((show) => show(fits(want)));
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
    if (filters || !asked) form.querySelectorAll("[name]").forEach((field) => fill(field, wanted.get(field.name) ?? ""));
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
    form.querySelectorAll("[name]:not([name=sort])").forEach((field) => fill(field, ""));
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

// What the list of findings had chosen, and the switch for suspicions, decide what a page shows.
function choosable() {
  const want = Object.fromEntries(new URLSearchParams(location.search));
  const only = document.querySelector(".only");
  const toggle = document.querySelector(".switch input");
  const fits = ({ dataset }) => chosen(dataset, want) && (!want.check || dataset.code === want.check);
  const limited = ["check", "severity", "cause", "language"].some((name) => want[name]);
  document.querySelectorAll("a[rel=prev], a[rel=next]").forEach((link) => (link.search = location.search));
  const draw = () => {
    const limit = limited && only.querySelector("input").checked;
    document.body.classList.toggle("suspicions", Boolean(toggle?.checked));
    document.querySelectorAll(".note").forEach((note) => (note.hidden = limit && !fits(note)));
    document.querySelectorAll(".suspected details").forEach((fold) => (fold.open = toggle.checked));
  };
  if (toggle) {
    toggle.parentElement.hidden = false;
    toggle.checked = Boolean(want.suspicions);
    toggle.addEventListener("change", draw);
  }
  if (only) {
    only.hidden = !limited;
    only.addEventListener("change", draw);
  }
  draw();
}

function walkable(marks) {
  const up = document.querySelector("a[rel=up]");
  if (up && location.search && document.querySelector(".passages")) up.href = up.href.replace("index.html", "findings.html");
  const kept = up && stored(up.href);
  if (kept) up.href += "#" + kept;
  const keys = document.querySelector(".keys");
  if (keys) keys.hidden = !marks.length;
  const note = (mark) => document.getElementById(mark.hash.slice(1));
  const rank = (mark) => RANKS.indexOf(note(mark).dataset.severity);
  const ranked = marks.toSorted((a, b) => rank(a) - rank(b));
  const shown = (mark) =>
    !note(mark).hidden && (!note(mark).dataset.suspicion || document.body.classList.contains("suspicions"));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), select")) return;
    if (event.key === "u" && up) location.assign(up.href);
    if (event.key === "?" && keys) keys.open = !keys.open;
    const step = { n: 1, p: -1 }[event.key];
    const walk = step ? ranked.filter(shown) : [];
    if (!walk.length) return;
    const here = walk.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : walk.length - 1) : (here + step + walk.length) % walk.length;
    walk[next].focus({ preventScroll: true });
    walk[next].scrollIntoView({ block: "center" });
  });
}

// A string of a TOML file.
const quoted = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007f");

function suppression({ dataset, id }) {
  const pairs = { path: dataset.path, code: dataset.code, fingerprint: id.slice(2), reason: document.body.dataset.why };
  return ["[[suppress]]", ...Object.entries(pairs).map(([key, value]) => `${key} = ${quoted(value)}`), ""].join("\n");
}

function suppressible(note) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy suppress";
  button.textContent = document.body.dataset.suppress;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(suppression(note));
    button.textContent = document.body.dataset.copied;
  });
  note.querySelector(".facts").append(button);
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
// The day of the report is that of its file, so that two runs give the same bytes.
document.querySelectorAll("[data-made]").forEach((line) => {
  const day = new Date(document.lastModified).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  line.textContent = line.dataset.made.replace("{date}", day);
});
const seen = new Set();
choosable();
walkable([...document.querySelectorAll("mark:not(.quiet) a, mark.suspicion a")].filter((mark) => {
  const fresh = !seen.has(mark.hash);
  seen.add(mark.hash);
  return fresh;
}));
if (navigator.clipboard) document.querySelectorAll(".note").forEach((note) => (copyable(note), suppressible(note)));
window.addEventListener("hashchange", reveal);
reveal();
// On paper nothing can be unfolded.
let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  unfolded.forEach((fold) => (fold.open = true));
});
window.addEventListener("afterprint", () => unfolded.forEach((fold) => (fold.open = false)));
