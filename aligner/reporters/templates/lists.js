// The tables of the overview and of the list of findings: their rows come as data and are drawn a page at a
// time. The first page is in the document already, drawn by the templates; what is drawn here looks the same.

const ALONG = ["check", "severity", "cause", "language", "suspicions"];
const SVG = "http://www.w3.org/2000/svg";
const UI = document.documentElement.lang;
const collator = new Intl.Collator(UI);
const formats = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat(UI, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);
const num = (value, digits = 0) => formats[digits].format(value);
const pct = (value) => num(value) + (UI === "fr" ? "\u202f%" : "%");

// An element; what is given as text stays text.
function h(name, attributes = {}, ...children) {
  const drawn = ["svg", "g", "path"].includes(name);
  const node = drawn ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const cell = (style, ...children) => h("td", { class: style }, ...children);

// The cells of a row, each with the head of its column, which narrow screens show beside it.
function labelled(heads, cells) {
  cells.forEach((node, i) => node.localName === "td" && node.setAttribute("data-label", heads[i]));
  return cells;
}

const pathOf = (path) => h("bdi", { class: "path" }, path);
const entry = (lang, title, path, href) => [h("a", { class: "entry", lang, href }, title), pathOf(path)];
const SIDES = ["fr", "en"];
const lines = (...texts) => texts.flatMap((text, i) => [...(i ? [" "] : []), h("span", { "data-side": SIDES[i] }, text)]);
const graded = (counts) => RANKS.filter((_, i) => counts[i]).join(" ");

function chips(counts, { forms, none }) {
  const said = RANKS.map((rank, i) => {
    const form = forms[rank][counts[i] === 1 ? 0 : 1];
    return counts[i] ? h("span", { class: "chip " + rank }, form.replace("{n}", num(counts[i]))) : null;
  }).filter(Boolean);
  return said.length ? said : [h("span", { class: "none" }, none)];
}

// Where in the texts the findings are; a cell is its number times three and the rank of its severity.
function heat(strips, cells) {
  const size = { viewBox: `0 0 ${cells * 4} ${14 * strips.length - 4}`, preserveAspectRatio: "none" };
  const groups = strips.map((strip, i) => {
    const paths = new Map();
    for (const packed of strip) {
      const rank = RANKS[packed % 3];
      paths.set(rank, `${paths.get(rank) ?? ""}M${4 * Math.floor(packed / 3)} 0v10h4v-10z`);
    }
    const marks = [...paths].map(([rank, d]) => h("path", { class: rank, d }));
    const ground = h("path", { class: "ground", d: `M0 0h${cells * 4}v10H0z` });
    return h("g", { transform: i ? "translate(0 14)" : "" }, ground, ...marks);
  });
  return h("svg", { class: "heat", ...size, "aria-hidden": "true" }, ...groups);
}

// What a row says of itself: facts to choose by, text to search, keys to sort by, and its cells when asked.
const KINDS = {
  pairs(row, { kinds, codes, cells, words }, heads) {
    const [name, frTitle, frPath, enTitle, enPath, kind, match, frCover, enCover, frScore, enScore] = row;
    const [behind, found, counts, ...strips] = row.slice(11);
    const page = `pairs/${name}.html`;
    const facts = { kind: kinds[kind][0], codes: found.map((i) => codes[i]).join(" ") };
    Object.assign(facts, { score: `${frScore} ${enScore}`, severity: graded(counts) }, behind ? { behind } : {});
    return {
      facts,
      path: `${frPath} ${enPath}`,
      text: [frTitle, frPath, enTitle, enPath, kinds[kind][1]].join(" "),
      keys: {
        title: frTitle,
        kind: kinds[kind][1],
        match,
        coverage: Math.min(frCover, enCover),
        score: Math.min(frScore, enScore),
        findings: counts[0] * 1e6 + counts[1] * 1e3 + counts[2],
      },
      cells: () => labelled(heads, [
        h("th", { scope: "row", class: "titles" }, ...entry("fr", frTitle, frPath, page), ...entry("en", enTitle, enPath, page)),
        cell("", h("span", { class: "kind" }, kinds[kind][1])),
        cell("num", num(match, 2)),
        cell("num two", ...lines(pct(frCover), pct(enCover))),
        cell("num two", ...lines(num(frScore, 1), num(enScore, 1))),
        cell("strips", heat(strips, cells)),
        cell("chips", ...chips(counts, words)),
      ]),
    };
  },
  unpaired([lang, title, path, page, candidate, reason, score, found, counts, strip], { reasons, codes, cells, words }, heads) {
    const [near, nearLang, nearTitle, nearPath, nearPage] = candidate ?? [];
    const known = nearPage ? entry(nearLang, nearTitle, nearPath, nearPage) : candidate ? [pathOf(nearPath)] : [];
    const match = () => h("span", { class: "rate" }, `${words.match} ${num(near, 2)}`);
    const why = reason < 0 ? [] : [h("span", { class: "kind" }, reasons[reason][0])];
    if (candidate && why.length) why.push(h("span", { class: "help" }, reasons[reason][1]));
    return {
      facts: { kind: "", codes: found.map((i) => codes[i]).join(" "), score: `${score}`, severity: graded(counts) },
      path,
      text: [title, path, nearTitle, nearPath, ...why.map((part) => part.textContent)].join(" "),
      keys: {},
      cells: () => labelled(heads, [
        h("th", { scope: "row", class: "titles" }, ...entry(lang, title, path, page)),
        cell("candidate", ...(candidate ? [...known, match()] : [h("span", { class: "none" }, words.lone)])),
        cell("why", ...why),
        cell("num", num(score, 1)),
        cell("strips", heat([strip], cells)),
        cell("chips", ...chips(counts, words)),
      ]),
    };
  },
  findings([rank, suspected, page, id, message, check, file, language, fr, en], { checks, pages, paths, words }) {
    const [code, title, cause] = checks[check];
    const severity = RANKS[rank];
    const facts = { codes: code, severity, cause, language, ...(suspected ? { suspicion: "1" } : {}) };
    const said = suspected ? words.suspicion : words[severity];
    return {
      facts,
      path: paths[file],
      text: [said, message, code, title, paths[file], fr, en].join(" "),
      keys: {},
      cells: () => [
        h(
          "th",
          { scope: "row" },
          ...[h("span", { class: "chip " + severity }, said), " "],
          ...[h("a", { href: `${pages[page]}#m-${id}` }, message), " "],
          ...[h("span", { class: "help" }, `${code} ${title}`), " ", pathOf(paths[file])],
        ),
        h("td", { class: "excerpt", lang: "fr" }, fr),
        h("td", { class: "excerpt", lang: "en" }, en),
      ],
    };
  },
};

const dataOf = (table) => JSON.parse(table.nextElementSibling.content.textContent);

// The rows of a table; each draws itself when it is first shown.
function rowsOf(table, data = dataOf(table)) {
  const read = KINDS[table.dataset.rows];
  const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent);
  const drawn = [...table.tBodies[0].rows];
  return data.rows.map((row, i) => {
    const { cells, ...known } = read(row, data, heads);
    let node;
    const draw = () => {
      node ??= drawn[i] ?? h("tr", {}, ...cells());
      Object.assign(node.dataset, known.facts);
      return node;
    };
    return { ...known, text: known.text.toLowerCase(), place: i, draw };
  });
}

// Shows the rows of a table that fit, so many at a time, with buttons for the others.
function paged(table) {
  const data = dataOf(table);
  const most = data.shown;
  const rows = rowsOf(table, data);
  const heads = [...table.querySelectorAll("th[data-sort]")];
  const nav = h("nav", { class: "pages" });
  const said = h("span");
  const { earlier, later, rows: range } = document.body.dataset;
  let first = 0;
  let fitting = [];
  const draw = () => {
    const shown = fitting.slice(first, first + most).map((row) => row.draw());
    table.tBodies[0].replaceChildren(...shown);
    const last = Math.min(first + most, fitting.length);
    const figures = { from: first + 1, to: last, of: fitting.length };
    said.textContent = range.replace(/\{(\w+)\}/g, (_, name) => num(figures[name]));
    nav.hidden = fitting.length <= most;
    nav.firstChild.disabled = first === 0;
    nav.lastChild.disabled = last === fitting.length;
    table.dispatchEvent(new CustomEvent("shown", { detail: shown }));
  };
  const step = (name, by) => {
    const button = h("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      first += by;
      draw();
      table.scrollIntoView();
    });
    return button;
  };
  nav.ariaLabel = later;
  nav.append(step(earlier, -most), said, step(later, most));
  table.parentElement.after(nav);
  return {
    heads,
    // Shows what fits, sorted by the column of that name, downwards with a minus before it.
    show(fits, order) {
      const [name, sign] = order.startsWith("-") ? [order.slice(1), -1] : [order, 1];
      const head = heads.find((each) => each.dataset.sort === name);
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head?.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
      const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
      first = 0;
      fitting = rows.filter(fits);
      if (head) fitting.sort((a, b) => sign * compare(a.keys[name], b.keys[name]) || a.place - b.place);
      draw();
      return fitting.length;
    },
  };
}

const within = (score, { above = 0, below = Infinity }) => score >= Number(above) && score < Number(below);

const fitsTo = (want) => ({ facts, path, text }) =>
  (!want.q || text.includes(want.q.toLowerCase()) || facts.codes.includes(want.q.toUpperCase())) &&
  (!want.file || path.toLowerCase().includes(want.file.toLowerCase())) &&
  (!want.behind || (want.behind === "any" ? facts.behind : facts.behind === want.behind)) &&
  (!want.kind || facts.kind === want.kind) &&
  chosen(facts, want) &&
  (!want.check || facts.codes.split(" ").includes(want.check)) &&
  (!(want.below || want.above) || (facts.score ?? "").split(" ").some((score) => within(Number(score), want))) &&
  (want.suspicions || !facts.suspicion);

function filterable(form, tables) {
  const output = form.querySelector("output");
  const nothing = h("p", { class: "none", role: "status" }, document.body.dataset.nomatch);
  form.after(nothing);
  const given = () => Object.fromEntries([...new FormData(form)].filter(([, text]) => text));
  const fill = (field, value) => {
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
  };
  // What is chosen here goes along to the page that a row leads to.
  const along = (event) => {
    const kept = Object.entries(given()).filter(([name]) => ALONG.includes(name));
    if (kept.length && !event.target.matches(".findings")) kept.push(["from", "overview"]);
    const search = new URLSearchParams(kept).toString();
    for (const link of event.detail.flatMap((row) => [...row.querySelectorAll("a[href]")]))
      if (search || link.search) link.search = search;
  };
  tables.forEach((table) => table.addEventListener("shown", along));
  const pages = tables.map(paged);
  const apply = () => {
    const { sort = "", ...want } = given();
    const shown = pages.map((page) => page.show(fitsTo(want), sort));
    const filtered = Object.keys(want).length > 0;
    const said = [form.dataset.shown, form.dataset.lone].filter(Boolean);
    nothing.hidden = !filtered || shown.some(Boolean);
    output.textContent = filtered ? said.map((text, i) => text.replace("{n}", num(shown[i]))).join(" · ") : "";
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
  pages[0].heads.forEach((head) => {
    const button = h("button", { type: "button" }, ...head.childNodes);
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

function linked(name) {
  name.append(h("a", { href: "#check=" + name.dataset.check }, ...name.childNodes));
}

const form = document.querySelector("form.filter");
const tables = [...document.querySelectorAll("table[data-rows]")];
if (form) filterable(form, tables);
else tables.forEach((table) => paged(table).show(() => true, ""));
if (form) document.querySelectorAll("[data-check]").forEach(linked);
// The day of the report is that of its file, so that two runs give the same bytes.
document.querySelectorAll("[data-made]").forEach((line) => {
  const day = new Date(document.lastModified).toLocaleDateString(UI, { dateStyle: "long" });
  line.textContent = line.dataset.made.replace("{date}", day);
});
