// What the list of findings had chosen, and the switch for suspicions, decide what a page shows.
function choosable() {
  const want = Object.fromEntries(new URLSearchParams(location.search));
  const only = document.querySelector(".only");
  const toggle = document.querySelector("input[name=suspicions]");
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

// The key shows the list of keys over the page, wherever its reader is; a click unfolds it where it stands.
function toggleKeys(keys) {
  keys.open = keys.classList.toggle("over");
}

function walkable(marks) {
  const keys = document.querySelector(".keys");
  if (keys) keys.hidden = !marks.length;
  keys?.addEventListener("toggle", () => keys.open || keys.classList.remove("over"));
  const note = (mark) => document.getElementById(mark.hash.slice(1));
  const rank = (mark) => RANKS.indexOf(note(mark).dataset.severity);
  const ranked = marks.toSorted((a, b) => rank(a) - rank(b));
  const shown = (mark) =>
    !note(mark).hidden && (!note(mark).dataset.suspicion || document.body.classList.contains("suspicions"));
  document.addEventListener("keydown", (event) => {
    if (isTyping(event)) return;
    if (event.key === "?" && keys) toggleKeys(keys);
    if (event.key === "Escape" && keys?.matches(".over")) toggleKeys(keys);
    const step = { n: 1, p: -1 }[event.key];
    const walk = step ? ranked.filter(shown) : [];
    if (!walk.length) return;
    const here = walk.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : walk.length - 1) : (here + step + walk.length) % walk.length;
    walk[next].focus({ preventScroll: true });
    walk[next].scrollIntoView({ block: "center" });
  });
}

// Numbers, dates, amounts and names: the one under the pointer or the focus shows its counterpart.
function factual(toggle) {
  const facts = [...document.querySelectorAll("[data-f]")];
  const peers = (fact) => {
    const same = /\d/.test(fact.dataset.f) ? fact.closest(".passage").querySelectorAll(`[data-f="${fact.dataset.f}"]`) : [];
    return [...same];
  };
  const other = (fact) => peers(fact).find((peer) => peer.closest(".side") !== fact.closest(".side"));
  const light = ({ target }) => {
    const fact = toggle.checked && target.closest?.("[data-f]");
    document.querySelectorAll(".linked").forEach((lit) => lit.classList.remove("linked"));
    if (fact) peers(fact).forEach((peer) => peer.classList.add("linked"));
  };
  const go = (fact) => {
    fact.tabIndex = -1;
    fact.setAttribute("aria-description", "↔ " + (other(fact)?.textContent ?? ""));
    fact.focus({ preventScroll: true });
    fact.scrollIntoView({ block: "nearest" });
  };
  const draw = () => {
    document.body.classList.toggle("plain", !toggle.checked);
    store("facts", toggle.checked ? "" : "hidden");
  };
  toggle.parentElement.hidden = !facts.length;
  toggle.checked = stored("facts") !== "hidden";
  toggle.addEventListener("change", draw);
  draw();
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || !toggle.checked) return;
    const here = facts.indexOf(document.activeElement);
    const step = { f: 1, F: -1 }[event.key];
    const paired = facts.filter((fact) => other(fact));
    if (step && paired.length) {
      const at = paired.indexOf(document.activeElement);
      go(paired[at < 0 ? (step > 0 ? 0 : paired.length - 1) : (at + step + paired.length) % paired.length]);
    }
    if (event.key === "Enter" && here >= 0 && other(facts[here])) go(other(facts[here]));
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
  note.querySelector(".facts").append(" ", button);
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
  note.querySelector(".facts").append(" ", button);
}

const seen = new Set();
const toggle = document.querySelector("input[name=facts]");
if (toggle) factual(toggle);
choosable();
walkable([...document.querySelectorAll("mark:not(.quiet) a, mark.suspicion a")].filter((mark) => {
  const fresh = !seen.has(mark.hash);
  seen.add(mark.hash);
  return fresh;
}));
if (navigator.clipboard) document.querySelectorAll(".note").forEach((note) => (copyable(note), suppressible(note)));
