// Searches the index of words in search/. What a word is stands in render/words.py too:
// the two must agree, and render/word_index.py says what the files hold.
"use strict";
{ // nothing of it is a name of the page
const $ = (id) => document.getElementById(id);
const input = $("q"), list = $("hits"), found = $("found"), more = $("more");
const { zone, between, none, one, many, failed } = input.form.dataset;
const language = document.documentElement.lang || undefined;
const AT_ONCE = 10, MOST = 32, REGION = 4096, SHIFT = 2 ** 32, LETTER = "[\\p{L}\\p{N}]";
const UNSPACED = "[\u0e00-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]";
const RUNS = new RegExp(`${UNSPACED}+|(?:(?!${UNSPACED})${LETTER})+`, "gu");
const STARTS_UNSPACED = new RegExp(`^${UNSPACED}`, "u");
const plain = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}+/gu, "");

const asked = new Map();
const get = (path, cache) => {
  if (!asked.has(path)) asked.set(path, fetch(`search/${path}`, { cache }).then((answer) => answer.json()));
  return asked.get(path);
};

let opened;
const open = () => opened ??= (async () => {
  const [top, feeds] = await Promise.all(["top.json", "feeds.json"].map((name) => get(name, "no-cache")));
  const days = new Int32Array(top.regions.length * REGION); // by row; 0 is no entry that is shown
  await Promise.all(top.regions.map(async ([region, edition]) => {
    let day = 0;
    (await get(`days/${region}.json?${edition}`)).split(",").forEach((step, place) => {
      if (step) days[region * REGION + place] = day += parseInt(step, 36);
    });
  }));
  return { ...top, feeds, days, editions: new Map(top.regions), late: new Set(top.late) };
})();

function termsOf(query) {
  const runs = plain(query).match(RUNS) ?? [];
  const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(query);
  return runs.flatMap((run, number) => {
    const letters = [...run];
    if (!STARTS_UNSPACED.test(run)) {
      const begins = isOpen && number === runs.length - 1 && letters.length > 1;
      return [{ word: letters.slice(0, 24).join(""), begins,
        pattern: `(?<!${LETTER})${run}${begins ? `${LETTER}*` : `(?!${LETTER})`}` }];
    }
    const pairs = letters.slice(1).map((letter, place) => letters[place] + letter);
    return (pairs.length ? pairs : letters).map((word) => ({ word, pattern: `${run}|${word}` }));
  });
}

function eachRow(file, { word, begins }, tell) {
  const words = begins ? Object.keys(file).filter((each) => each.startsWith(word))
    : Object.hasOwn(file, word) ? [word] : [];
  for (const steps of words.map((each) => `${file[each]} `)) {
    let row = 0, step = 0;
    for (let place = 0; place < steps.length; place++) {
      const code = steps.charCodeAt(place);
      if (code !== 32) step = step * 36 + code - (code < 58 ? 48 : 87);
      else {
        tell(row += step);
        step = 0;
      }
    }
  }
}

async function search(terms) {
  const { segments, late, days } = await open();
  const held = new Uint8Array(days.length); // how many of the terms, by row
  await Promise.all(segments.map(async ([name, shards, built]) => {
    const files = await Promise.all(terms.map(({ word }) => {
      const [first, second = 0] = [...word].map((letter) => letter.codePointAt(0));
      return get(`index/${name}/${(first * 31 + second) % shards}.json?${built}`);
    }));
    files.forEach((file, place) => eachRow(file, terms[place], (row) => {
      if (held[row] === place && (name === "new" || !late.has(row))) held[row]++;
    }));
  }));
  const keys = [];
  held.forEach((count, row) => {
    if (count === terms.length && days[row]) keys.push(-(days[row] * SHIFT + row));
  });
  return Float64Array.from(keys).sort().map((key) => -key % SHIFT); // newest first
}

async function read(rows) {
  const { editions } = await open();
  const entries = await Promise.all(Array.from(rows, async (row) =>
    (await get(`entries/${row >> 5}.json?${editions.get(Math.floor(row / REGION))}`))[row & 31]));
  return entries.filter(Boolean).sort((a, b) => b[3] - a[3]);
}

function marked(text, terms, most) {
  let flat = "", at = 0;
  const places = [], piece = document.createDocumentFragment();
  for (const letter of text) {
    const letters = plain(letter);
    for (let k = 0; k < letters.length; k++) places.push(at);
    flat += letters;
    at += letter.length;
  }
  places.push(at);
  const pattern = new RegExp(terms.map((term) => term.pattern).join("|"), "gu");
  const spans = [...flat.matchAll(pattern)].map((spot) => [places[spot.index], places[spot.index + spot[0].length]]);
  const start = at = spans[0]?.[0] > most / 2 ? text.lastIndexOf(" ", spans[0][0] - most / 4) + 1 : 0;
  if (start) piece.append("…");
  for (const [from, to] of spans.filter(([, to]) => to <= start + most)) {
    piece.append(text.slice(at, from), element("mark", {}, text.slice(from, to)));
    at = to;
  }
  piece.append(text.slice(at, start + most), text.length > start + most ? "…" : "");
  return piece;
}

function element(name, attributes, ...inside) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...inside);
  return made;
}

function shown([title, link, feed, seconds, author, text], terms, feeds) {
  const time = new Date(seconds * 1000), [source, home, own] = feeds[feed];
  const address = link.startsWith("#") ? own + link : link;
  return element("li", {},
    element("h2", { dir: "auto" }, element("a", { href: address }, marked(title || address, terms, 1000))),
    element("p", { className: "by" }, element("a", { href: home || own }, element("bdi", {}, source)), between,
      ...(author && author !== source ? [element("bdi", {}, author), between] : []),
      element("time", { dateTime: time.toISOString() },
        time.toLocaleDateString(language, { dateStyle: "long", timeZone: zone }))),
    element("p", { dir: "auto" }, marked(text, terms, 240)));
}

let turn = 0;
async function run() {
  const mine = ++turn, query = input.value.trimStart(), terms = termsOf(query).slice(0, MOST);
  try {
    const rows = terms.length ? await search(terms) : [];
    const { feeds } = await open();
    const add = async (skip) => {
      const hits = await read(rows.slice(skip, skip + AT_ONCE));
      if (mine !== turn) return;
      if (!skip) list.replaceChildren();
      const made = hits.map((hit) => shown(hit, terms, feeds));
      list.append(...made);
      more.hidden = rows.length <= skip + AT_ONCE;
      more.onclick = () => add(skip + AT_ONCE);
      if (skip) made[0]?.querySelector("a").focus();
      else found.textContent = !terms.length ? "" : !rows.length ? none
        : (rows.length === 1 ? one : many).replace("{n}", rows.length.toLocaleString(language));
    };
    await add(0);
  } catch (error) {
    opened = undefined; // it may be that a new edition was published
    asked.clear();
    if (mine === turn) found.textContent = failed;
    console.debug(error);
  }
}

const keep = () => {
  const query = input.value.trim();
  history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
};

let waiting, keeping, typed = -Infinity;
input.addEventListener("input", ({ timeStamp }) => {
  clearTimeout(waiting);
  clearTimeout(keeping);
  waiting = setTimeout(run, timeStamp - typed < 150 ? 50 : 0);
  typed = timeStamp;
  keeping = setTimeout(keep, 500); // browsers count how often an address changes
});
input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  run();
  keep();
});
input.addEventListener("focus", () => open().catch(() => {}), { once: true });
input.value ||= new URLSearchParams(location.search).get("q") ?? "";
if (input.value) run();
}
