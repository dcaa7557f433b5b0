/* ---- the filters: one value each, kept in the address ---- */
const FILTERS = ["words", "from", "to", "country", "place", "publisher", "kind", "mode", "speaker", "who", "gender"];
const BIT = { days: 1, country: 2, place: 4, publisher: 8, kind: 16, mode: 32, speaker: 64, who: 128, gender: 256, words: 512 };
const OF_ARTICLE = BIT.days | BIT.country | BIT.place | BIT.publisher;
let chosen = {};
/* ``isPlain``: nothing is asked of statements, so articles without any pass too. */
const result = { fails: null, ofArticle: null, quotes: [], articles: [], isPlain: true };

const readAddress = () => {
  const given = new URLSearchParams(location.hash.slice(1));
  chosen = {};
  for (const name of [...FILTERS, "span"]) if (given.get(name)) chosen[name] = given.get(name);
  for (const name of ["from", "to"]) if (isNaN(dayOf(chosen[name] || ""))) delete chosen[name];
};
const writeAddress = (isNew) => {
  const address = "#" + new URLSearchParams(Object.entries(chosen).filter(([, value]) => value));
  if (address !== (location.hash || "#")) history[isNew ? "pushState" : "replaceState"](null, "", address);
};

/* ---- which articles and quotes pass: bits of the filters that each fails ---- */
const failArticles = () => {
  const { day, publisher, places } = data.articles;
  const from = dayOf(chosen.from || ""), to = dayOf(chosen.to || "");
  const wanted = data.publishers.indexOf(chosen.publisher), wantedPlace = data.placeOf.get(chosen.place);
  return Int16Array.from(day, (date, article) => {
    let fails = 0;
    if ((from > -Infinity && !(date !== null && date >= from)) || (to > -Infinity && !(date !== null && date <= to))) fails |= BIT.days;
    if (chosen.publisher && publisher[article] !== wanted) fails |= BIT.publisher;
    if (chosen.place && !places[article].includes(wantedPlace)) fails |= BIT.place;
    if (chosen.country && !places[article].some((place) => data.places.country[place] === chosen.country)) fails |= BIT.country;
    return fails;
  });
};
const failQuotes = (ofArticle, hits) => {
  const { article, kind, stance, voice, source, gender } = data.quotes;
  const speaker = chosen.speaker ? data.speakers.get(chosen.speaker) ?? -2 : null;
  const wantedKind = chosen.kind ? KINDS.indexOf(chosen.kind) : null;
  const who = chosen.who ? SOURCES.indexOf(chosen.who) : null;
  const wantedGender = chosen.gender ? GENDERS.indexOf(chosen.gender) : null;
  const wantedMode = chosen.mode === "all" ? null : Number(chosen.mode === "stance");
  const fails = new Int16Array(data.size);
  for (let quote = 0; quote < data.size; quote++) {
    let bits = ofArticle[article[quote]];
    if (wantedKind !== null && kind[quote] !== wantedKind) bits |= BIT.kind;
    if (wantedMode !== null && stance[quote] !== wantedMode) bits |= BIT.mode;
    if (speaker !== null && voice[quote] !== speaker) bits |= BIT.speaker;
    if (who !== null && source[quote] !== who) bits |= BIT.who;
    if (wantedGender !== null && (source[quote] !== 0 || gender[quote] !== wantedGender)) bits |= BIT.gender;
    if (hits && !hits[quote]) bits |= BIT.words;
    fails[quote] = bits;
  }
  return fails;
};
const apply = async () => {
  const words = chosen.words;
  const hits = words && parseWords(words).length ? await findWords(words) : null;
  if (words !== chosen.words) return false; // another question came meanwhile
  const ofArticle = (result.ofArticle = failArticles());
  result.fails = failQuotes(ofArticle, hits);
  result.quotes = [];
  const spoken = new Uint8Array(ofArticle.length);
  result.fails.forEach((fails, quote) => {
    if (fails) return;
    result.quotes.push(quote);
    spoken[data.quotes.article[quote]] = 1;
  });
  const isPlain = !FILTERS.some((name) => chosen[name] && !["from", "to", "country", "place", "publisher", "mode"].includes(name));
  Object.assign(result, { isPlain, articles: [] });
  ofArticle.forEach((fails, article) => !fails && (isPlain || spoken[article]) && result.articles.push(article));
  return true;
};
/* Calls back with every quote that passes all filters but its chart's own. */
const eachPassing = (own, call) => {
  const { fails } = result;
  for (let quote = 0; quote < fails.length; quote++) if (!(fails[quote] & ~own)) call(quote);
};
