"use strict";
(() => {
  const setup = JSON.parse(document.body.dataset.setup);
  const t = setup.labels;
  const VERDICTS = ["right", "false", "fixed"];
  const KEYS = { r: "right", f: "false", x: "fixed", u: "none" };
  const SHOWN = 40, STEP = 20; // cards drawn, and by how many they move on
  const LONGEST_KEPT = 60000; // characters that a browser still sends from a page that is closed
  let data = null, tab = "findings", now = 0, first = 0, only = "unmarked", code = "", pair = null;
  let saving = Promise.resolve(true);

  const el = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value === true) node.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const share = (value) => new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(value);
  const status = el("p", { role: "status" });
  const main = el("main");
  const tabs = el("div", { role: "tablist", class: "row" });
  document.body.append(
    el("header", {}, el("h1", {}, t.title), tabs, el("button", { id: "finish", onclick: finish }, t.finish), status),
    main,
  );

  async function call(path, body) {
    const options = { headers: { "X-Review-Token": setup.token } };
    if (body !== undefined) {
      options.method = "POST";
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
      options.keepalive = options.body.length < LONGEST_KEPT;
    }
    const answer = await fetch(path, options);
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  // One after the other: of two marks on one finding, the last holds.
  function save(mark) {
    saving = saving.then(() => send(mark));
    return saving;
  }

  async function send(mark) {
    try {
      data.precision = (await call("/mark", mark)).precision;
      say(t.saved, false);
      return true;
    } catch (error) {
      say(`${t.failed}${t.colon}${error.message}`, true);
      return false;
    }
  }

  function say(text, failed) {
    status.textContent = text;
    status.className = failed ? "failed" : "";
  }

  async function finish() {
    await saving;
    try {
      await call("/end", {});
      data = null;
      main.replaceChildren(el("p", { id: "finished" }, t.finished));
    } catch (error) {
      say(`${t.failed}${t.colon}${error.message}`, true);
    }
  }

  function draw() {
    tabs.replaceChildren(...["findings", "pairs", "precision"].map((name) =>
      el("button", { role: "tab", id: `tab-${name}`, "aria-selected": String(name === tab), onclick: () => { tab = name; pair = null; draw(); } }, t[name])));
    if (!data) return;
    if (tab === "findings") drawFindings();
    else if (tab === "precision") drawPrecision();
    else if (pair) drawBeads();
    else drawPairs();
  }

  const listed = () => data.findings.filter((f) =>
    (only === "all" || !f.verdict || f.fresh) && (!code || f.code === code));

  const firstOf = (list) => Math.max(0, Math.min(Math.floor((now - STEP / 4) / STEP) * STEP, list.length - SHOWN));
  const cardOf = (f) => main.querySelector(`[data-fingerprint="${CSS.escape(f.fingerprint)}"]`);
  const progress = () => `${data.findings.filter((f) => f.verdict).length} ${t.of} ${data.findings.length} ${t.marked}`;

  // Draws anew only what has changed: the next finding is there at once.
  function redraw(changed) {
    const list = listed();
    now = Math.max(0, Math.min(now, list.length - 1));
    if (tab !== "findings" || first !== firstOf(list) || !list[now] || !cardOf(list[now])) {
      draw();
      return;
    }
    if (changed) cardOf(changed)?.replaceWith(card(changed, list.indexOf(changed)));
    main.querySelector("#progress").textContent = progress();
    show(list[now]);
  }

  // After a key, in the middle, where the eyes are; after a click, where the pointer is.
  function show(f, block = "center") {
    main.querySelector(".now")?.classList.remove("now");
    cardOf(f).classList.add("now");
    cardOf(f).scrollIntoView({ block });
  }

  function drawFindings() {
    const list = listed();
    now = Math.max(0, Math.min(now, list.length - 1));
    first = firstOf(list);
    const codes = [...new Set(data.findings.map((f) => f.code))].sort();
    const choose = (id, label, value, options, set) => el("label", { class: "row" }, el("span", { class: "quiet" }, label),
      el("select", { id, onchange: (event) => { set(event.target.value); for (const f of data.findings) f.fresh = false; now = 0; draw(); } },
        ...options.map(([key, text]) => el("option", { value: key, selected: key === value }, text))));
    main.replaceChildren(
      el("div", { class: "row" },
        choose("only", t.show, only, [["unmarked", t.unmarked], ["all", t.all]], (value) => { only = value; }),
        choose("code", t.check, code, [["", t.all], ...codes.map((each) => [each, each])], (value) => { code = value; }),
        el("span", { class: "quiet", id: "progress" }, progress())),
      el("p", { class: "help" }, t.keys),
      ...(list.length ? list.slice(first, first + SHOWN).map((f, i) => card(f, first + i)) : [el("p", {}, t.nothing)]),
    );
    main.querySelector(".now")?.scrollIntoView({ block: now ? "center" : "nearest" });
  }

  function card(f, index) {
    const reason = el("input", { "aria-label": t.reason, placeholder: t.reason, maxlength: "1000", value: f.reason, onchange: (event) => {
      f.reason = event.target.value;
      if (f.verdict === "false") mark(f, "false");
    } });
    return el("section", { class: `card${index === now ? " now" : ""}`, "data-fingerprint": f.fingerprint, "data-verdict": f.verdict, onclick: () => { now = index; show(f, "nearest"); } },
      el("div", {}, el("strong", {}, `${f.code} ${f.title}`), ` · ${t[f.severity]}${f.suspicion ? ` · ${t.suspicion}` : ""} · ${share(f.confidence)} · `, el("span", { class: "quiet" }, `${f.path}:${f.line}`)),
      el("div", {}, f.message),
      el("p", { class: "text", lang: f.language }, f.before, el("mark", {}, f.excerpt || "‸"), f.after),
      f.other ? el("p", { class: "text", lang: f.language === "fr" ? "en" : "fr" }, el("span", { class: "quiet" }, `${t.other_side}${t.colon}`), f.other_before, f.other_before || f.other_after ? el("mark", {}, f.other) : f.other, f.other_after) : null,
      f.suggestion === null ? null : el("p", { class: "text" }, el("span", { class: "quiet" }, `${t.suggestion}${t.colon}`), f.suggestion, " ", el("span", { class: "quiet" }, `(${t.suggestion_help})`)),
      el("div", { class: "row" },
        ...VERDICTS.map((verdict) => el("button", { "data-verdict": verdict, "aria-pressed": String(f.verdict === verdict), onclick: () => mark(f, verdict) }, t[verdict])),
        f.verdict ? el("button", { "data-verdict": "none", onclick: () => mark(f, "none") }, t.undo) : null,
        reason));
  }

  async function mark(f, verdict) {
    const before = f.verdict, field = cardOf(f)?.querySelector("input");
    if (field) f.reason = field.value;
    f.verdict = verdict === "none" ? "" : verdict;
    f.fresh = true;
    redraw(f);
    if (await save({ kind: "finding", fingerprint: f.fingerprint, code: f.code, path: f.path, excerpt: f.excerpt.slice(0, 1000), verdict, reason: f.reason })) return;
    f.verdict = before;
    redraw(f);
  }

  function drawPrecision() {
    main.replaceChildren(data.precision.length ? el("table", { id: "precision" },
      el("tr", {}, el("th", {}, t.check), ...["right", "false", "precision"].map((name) => el("th", { class: "number" }, t[name]))),
      ...data.precision.map((row) => el("tr", {}, el("td", {}, `${row.code} ${row.title}`), el("td", { class: "number" }, String(row.right)), el("td", { class: "number" }, String(row.false)),
        el("td", { class: "number" }, share(row.right / (row.right + row.false)))))) : el("p", {}, t.nothing));
  }

  async function markPair(row, verdict) {
    if (await save({ kind: "pair", fr: row.fr, en: row.en, verdict })) {
      row.mark = verdict === "none" ? "" : verdict;
      draw();
    }
  }

  function drawPairs() {
    const rows = [...data.pairs, ...data.added.filter((row) => row.mark)];
    const side = (language) => el("select", { id: `new-${language}`, "aria-label": t[language] },
      ...[...data.alone.filter((row) => row.language === language).map((row) => [row.path, row.title]), ...data.pairs.map((row) => [row[language], row[`${language}_title`]])]
        .map(([path, title]) => el("option", { value: path }, `${title} (${path})`)));
    const fr = side("fr"), en = side("en");
    main.replaceChildren(
      ...(rows.length ? rows.map((row) => el("section", { class: "card", "data-pair": row.key ?? "", "data-verdict": row.mark === "wrong" ? "false" : row.mark },
        el("div", { class: "text" }, el("strong", { lang: "fr" }, row.fr_title), " ↔ ", el("strong", { lang: "en" }, row.en_title)),
        el("div", { class: "quiet" }, `${row.fr} · ${row.en}`),
        el("div", { class: "row" },
          el("button", { "data-verdict": "right", "aria-pressed": String(row.mark === "right"), onclick: () => markPair(row, "right") }, t.pair_right),
          el("button", { "data-verdict": "wrong", "aria-pressed": String(row.mark === "wrong"), onclick: () => markPair(row, "wrong") }, t.wrong),
          row.mark ? el("button", { onclick: () => markPair(row, "none") }, t.undo) : null,
          row.key ? el("button", { class: "beads", onclick: () => open(row) }, row.locked ? `${t.beads} (${row.locked} ${t.locked})` : t.beads) : null))) : [el("p", {}, t.nothing)]),
      el("h2", {}, t.new_pair),
      el("div", { class: "row" }, fr, en, el("button", { id: "add", onclick: async () => {
        if (!fr.value || !en.value) return;
        const known = rows.find((row) => row.fr === fr.value && row.en === en.value);
        const title = (select) => select.selectedOptions[0].textContent;
        const row = known ?? { fr: fr.value, en: en.value, fr_title: title(fr), en_title: title(en), mark: "" };
        if (!known) data.added.push(row);
        await markPair(row, "right");
      } }, t.add)));
  }

  async function open(row) {
    try {
      const beads = await call(`/beads?pair=${encodeURIComponent(row.key)}`);
      pair = { row, ...beads, texts: { fr: new Map(beads.fr.map((s) => [s.number, s.text])), en: new Map(beads.en.map((s) => [s.number, s.text])) } };
      draw();
    } catch (error) {
      say(`${t.failed}${t.colon}${error.message}`, true);
    }
  }

  // Order is kept on each side: what stood before a sentence stays before it, what stood behind stays behind.
  function move(side, number, target) {
    const place = new Map();
    pair.beads.forEach((bead, i) => bead[side].forEach((each) => place.set(each, i)));
    const touched = new Set([place.get(number), target]);
    for (const [each, i] of place) {
      const to = each === number ? target : each > number ? Math.max(i, target) : Math.min(i, target);
      if (to !== i) { touched.add(i); touched.add(to); place.set(each, to); }
    }
    pair.beads.forEach((bead, i) => {
      bead[side] = [...place].filter(([, at]) => at === i).map(([each]) => each).sort((a, b) => a - b);
      if (touched.has(i)) bead.locked = true;
    });
    drawBeads({ side, number });
  }

  function drawBeads(focus) {
    const segment = (side, number, i) => el("div", { class: "segment", draggable: "true", tabindex: "0", lang: side, "data-side": side, "data-number": String(number),
      ondragstart: (event) => event.dataTransfer.setData("text/plain", `${side} ${number}`),
      onkeydown: (event) => {
        const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : 0;
        if (step && pair.beads[i + step]) { event.preventDefault(); move(side, number, i + step); }
      } }, pair.texts[side].get(number) ?? "");
    const column = (bead, side, i) => {
      const node = el("div", { class: "side", "data-side": side }, ...bead[side].map((number) => segment(side, number, i)));
      return node;
    };
    const row = (bead, i) => {
      const node = el("div", { class: `bead${bead.locked ? " locked" : ""}`, "data-bead": String(i),
        ondragover: (event) => { event.preventDefault(); node.classList.add("over"); },
        ondragleave: () => node.classList.remove("over"),
        ondrop: (event) => {
          event.preventDefault();
          node.classList.remove("over");
          const [side, number] = event.dataTransfer.getData("text/plain").split(" ");
          if (pair.texts[side]?.has(Number(number))) move(side, Number(number), i);
        } }, column(bead, "fr", i), column(bead, "en", i),
        el("div", { class: "row" },
          el("button", { class: "lock", "aria-pressed": String(bead.locked), onclick: () => { bead.locked = !bead.locked; drawBeads(); } }, t.lock),
          el("button", { class: "split", title: t.split, "aria-label": t.split, onclick: () => { pair.beads.splice(i + 1, 0, { fr: [], en: [], locked: true }); drawBeads(); } }, "+")));
      return node;
    };
    main.replaceChildren(
      el("div", { class: "row" },
        el("button", { id: "back", onclick: () => { pair = null; draw(); } }, t.back),
        el("button", { id: "save", onclick: () => keep(pair.beads.filter((bead) => bead.locked && bead.fr.length + bead.en.length)) }, t.save),
        el("button", { id: "reset", onclick: async () => { if (await keep([])) await open(pair.row); } }, t.reset)),
      el("p", { class: "help" }, t.keys_beads),
      ...pair.beads.map(row));
    if (focus) main.querySelector(`.segment[data-side="${focus.side}"][data-number="${focus.number}"]`)?.focus();
  }

  async function keep(beads) {
    const saved = await save({ kind: "beads", pair: pair.key, beads: beads.map(({ fr, en }) => ({ fr, en })) });
    if (saved) pair.row.locked = beads.length;
    return saved;
  }

  document.addEventListener("keydown", (event) => {
    const reasoned = data && event.key === "Enter" && event.target.closest(".card input")?.closest(".card");
    if (reasoned) { // on to the next finding
      const list = listed(), at = list.findIndex((f) => f.fingerprint === reasoned.dataset.fingerprint);
      now = Math.min(at + 1, list.length - 1);
      event.preventDefault();
      event.target.blur(); // or its change is one more mark, once the card is drawn anew
      mark(list[at], "false");
      return;
    }
    if (!data || tab !== "findings" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input,select")) return;
    const list = listed();
    const current = list[now];
    if (event.key === "j" || event.key === "k") {
      now = Math.max(0, Math.min(now + (event.key === "j" ? 1 : -1), list.length - 1));
      redraw();
    } else if (current && event.key === "w") {
      main.querySelector(".card.now input")?.focus();
    } else if (current && KEYS[event.key]) {
      if (event.key !== "u") now = Math.min(now + 1, list.length - 1); // one key a finding
      mark(current, KEYS[event.key]);
    } else return;
    event.preventDefault();
  });

  draw();
  call("/data").then((found) => { data = found; draw(); }, (error) => say(`${t.failed}${t.colon}${error.message}`, true));
})();
