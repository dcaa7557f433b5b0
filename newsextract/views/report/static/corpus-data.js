/* ---- the data: columns unpacked at once, sentences when they are asked for ---- */
const unpack = (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
};
const KINDS = ["direct", "mixed", "indirect"];
const SOURCES = ["person", "organization", "place", "document", "group", "unnamed", "unknown"];
const SOURCE_WORDS = ["People", "Organizations", "Places", "Documents", "Groups", "Unnamed", "No source found"];
const GENDERS = ["unknown", "female", "male"];
const GENDER_WORDS = ["Not known", "Women", "Men"];
const NAMED = 3; // the first kinds of source: the others are someone else in another article
const data = {};

/* A label for each name: the name itself, for later namesakes also what tells them apart. */
const labelApart = (names, tell) => {
  const taken = new Map();
  const labels = names.map((name, number) => {
    let label = name;
    for (let i = 2; taken.has(label); i++) label = `${name} (${tell(number)}${i > 2 ? " " + i : ""})`;
    taken.set(label, number);
    return label;
  });
  return [labels, taken];
};
const loadColumns = async () => {
  Object.assign(data, await unpack(document.getElementById("columns").textContent).json());
  const { quotes, articles, places } = data;
  data.size = quotes.id.length;
  for (const name of ["article", "voice", "via"]) quotes[name] = Int32Array.from(quotes[name]);
  const spread = (column) => Int16Array.from(quotes.voice, (voice) => (voice < 0 ? column.none : column.of[voice]));
  quotes.source = spread({ of: data.voices.kind, none: SOURCES.length - 1 });
  quotes.gender = spread({ of: data.voices.gender, none: 0 });
  data.countries = [...new Set(places.country)].filter(Boolean);
  articles.places = articles.id.map(() => []);
  places.in.forEach((pairs, place) => {
    for (let i = 0; i < pairs.length; i += 2) articles.places[pairs[i]].push(place);
  });
  [data.voices.label, data.speakers] = labelApart(data.voices.name, (voice) => SOURCES[data.voices.kind[voice]]);
  [places.label, data.placeOf] = labelApart(places.name, (place) => places.country[place] || "unknown");
};

/* Each pack becomes its lines, once; the sentence of a quote is { before, content, after, parts }. */
const packs = all("script.sentences");
const lines = [];
const unpackLines = async (number) => (lines[number] ||= (await unpack(packs[number].textContent).text()).split("\n"));
const lineOf = async (quote) => (await unpackLines(Math.floor(quote / data.pack)))[quote % data.pack];
/* A line as parts of text, every second one of which is content. */
const partsOf = (line) => line.split(/[\x02\x03]/);
const contentOf = (line) => partsOf(line).filter((_, i) => i % 2).join(" … ");
const sentenceOf = (line) => line.replace(/[\x02\x03]/g, "");

/* ---- words: without case and accents ---- */
const fold = (text) => (/^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'")).toLowerCase();
const parseWords = (text) =>
  [...text.matchAll(/["“”]([^"“”]+)["“”]?|([^\s"“”]+)/g)].map(([, phrase, word]) =>
    phrase ? { text: fold(phrase.trim()).replace(/\s+/g, " "), phrase: true } : { text: fold(word), phrase: false }
  ).filter(({ text }) => text);
const isLetter = (letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
const includes = (folded, { text, phrase }) => {
  for (let at = folded.indexOf(text); at >= 0; at = folded.indexOf(text, at + 1))
    if (!phrase || !(isLetter(folded[at - 1]) || isLetter(folded[at + text.length]))) return true;
  return false;
};
const foldedPacks = [];
const foldPack = async (number) =>
  (foldedPacks[number] ||= fold((await unpackLines(number)).map(contentOf).join("\n")).split("\n"));
/* Returns for each quote whether all words stand in its content, its speaker or its title. */
const findWords = async (text) => {
  const wanted = parseWords(text);
  const hits = new Uint8Array(data.size);
  data.voices.folded ||= data.voices.name.map(fold);
  data.articles.folded ||= data.articles.title.map(fold);
  for (let number = 0; number < packs.length; number++) {
    const folded = await foldPack(number);
    folded.forEach((content, i) => {
      const quote = number * data.pack + i;
      const speaker = data.voices.folded[data.quotes.voice[quote]] || "", title = data.articles.folded[data.quotes.article[quote]];
      hits[quote] = wanted.every((word) => includes(content, word) || includes(speaker, word) || includes(title, word));
    });
  }
  return hits;
};

/* ---- days as numbers since 1970, and in words ---- */
const DAY = 864e5;
const dayOf = (iso) => (/^\d{4}-\d\d-\d\d$/.test(iso) ? Math.round(Date.parse(iso) / DAY) : NaN);
const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const wordDay = (day) => new Date(day * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const countryNames = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
const wordCountry = (code) => (/^[A-Z]{2}$/.test(code) ? countryNames.of(code) : code);
const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
