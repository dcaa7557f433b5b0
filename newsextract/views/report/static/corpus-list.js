/* ---- the quotes that pass, each with its speaker, cue, sentence and place ---- */
const list = document.querySelector(".quotes");
const more = document.querySelector(".more");
let listed = 0;
let round = 0; // a new question makes what is still unpacked for the last one void

const lightWords = (text, wanted) => {
  const plain = fold(text);
  const pieces = [];
  let at = 0;
  while (wanted.length && plain.length === text.length) {
    const hits = wanted.map(({ text: word }) => [plain.indexOf(word, at), word]).filter(([place]) => place >= 0);
    if (!hits.length) break;
    const [place, word] = hits.reduce((a, b) => (b[0] < a[0] ? b : a));
    pieces.push(text.slice(at, place), make("mark", "", text.slice(place, place + word.length)));
    at = place + word.length;
  }
  return [...pieces, text.slice(at)];
};
/* A link into the text: to the statement on our page, or by its first and last words on the web. */
const linkTo = (article, quote, content) => {
  const { link, page } = data.articles;
  if (!link[article]) return null;
  if (quote === undefined) return link[article];
  if (page[article]) return `${link[article]}#${encodeURIComponent(data.quotes.id[quote])}`;
  const words = content.split(" … ")[0].split(" ");
  const encode = (part) => encodeURIComponent(part.join(" ")).replace(/-/g, "%2D");
  const ends = words.length > 12 ? [words.slice(0, 5), words.slice(-5)] : [words];
  return link[article].includes("#") ? link[article] : `${link[article]}#:~:text=${ends.map(encode).join(",")}`;
};
const anchor = (href, label) => {
  if (!href) return make("bdi", "", label);
  const element = make("a", "", make("bdi", "", label));
  element.href = href;
  element.rel = "noopener noreferrer";
  return element;
};
const sourceOf = (quote) => {
  const article = data.quotes.article[quote], day = data.articles.day[article];
  return [data.articles.title[article], data.publishers[data.articles.publisher[article]], day === null ? "" : wordDay(day)];
};
const cite = (quote, line) => {
  const { voice, kind, article } = data.quotes;
  const content = contentOf(line);
  const words = KINDS[kind[quote]] === "direct" ? `“${content.replace(/^[“"]|[”"]$/g, "")}”` : `${content} (reported speech)`;
  const [title, publisher, day] = sourceOf(quote);
  const where = [`“${title}”`, publisher, day].filter(Boolean).join(", ");
  const href = linkTo(article[quote], quote, content);
  return `${data.voices.name[voice[quote]] || "Speaker unknown"}: ${words}. ${where}.${href && /^https?:/.test(href) ? " " + href : ""}`;
};
const entry = (quote, line, wanted) => {
  const { voice, source, cue, kind, stance, via, score, article } = data.quotes;
  const spoken = data.voices.label[voice[quote]];
  const who = make("p", "who", spoken ? pick("speaker", spoken, spoken) : make("b", "", "Speaker unknown"));
  if (data.cues[cue[quote]]) who.append(" ", make("i", "cue", make("bdi", "", data.cues[cue[quote]])));
  const tags = [source[quote] && spoken ? SOURCES[source[quote]] : "", KINDS[kind[quote]] || "other", stance[quote] ? "stance" : ""].filter(Boolean);
  const sentence = make("blockquote", "");
  partsOf(line).forEach((part, i) => part && sentence.append(make("bdi", i % 2 ? "said" : "around", ...(i % 2 ? lightWords(part, wanted) : [part]))));
  const [title, publisher, day] = sourceOf(quote);
  const from = make("p", "from", anchor(linkTo(article[quote], quote, contentOf(line)), title));
  for (const part of [publisher, day]) if (part) from.append(" · ", make("bdi", "", part));
  const about = make("p", "how", ...tags.map((tag) => make("span", "tag", tag)));
  if (via[quote] >= 0) about.append(make("span", "", `via ${data.voices.name[via[quote]]}`));
  if (score[quote] >= 0) about.append(make("span", "", `${score[quote]} % sure`));
  const copy = make("button", "copy", "Copy citation");
  copy.type = "button";
  copy.addEventListener("click", async () => {
    copy.textContent = (await copyText(cite(quote, line))) ? "Copied" : "Not copied";
    setTimeout(() => (copy.textContent = "Copy citation"), 1500);
  });
  about.append(copy);
  return make("li", "", who, sentence, from, about);
};
const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", "hidden", text);
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
};
const listMore = async () => {
  const mine = round, wanted = parseWords(chosen.words || "");
  const next = result.quotes.slice(listed, listed + 20);
  const entries = [];
  for (const quote of next) entries.push(entry(quote, await lineOf(quote), wanted));
  if (mine !== round) return null;
  listed ? list.append(...entries) : list.replaceChildren(...entries);
  listed += entries.length;
  more.hidden = listed >= result.quotes.length;
  return entries[0];
};
const listAnew = () => {
  round++;
  listed = 0;
  return listMore();
};
more.addEventListener("click", async () => {
  const first = await listMore();
  if (!first) return;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
});

/* ---- the result as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe ---- */
const cell = (value) => {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};
const HEAD = ["article", "date", "title", "publisher", "link", "quote", "speaker", "speaker_kind", "gender", "cue", "kind", "mode", "score", "content", "sentence"];
const makeCsv = async () => {
  const { id, article, voice, source, gender, cue, kind, stance, score } = data.quotes, { articles } = data;
  const rows = [HEAD];
  for (const quote of result.quotes) {
    const line = await lineOf(quote), content = contentOf(line), paper = article[quote], day = articles.day[paper];
    rows.push([
      articles.id[paper], day === null ? "" : isoOf(day), articles.title[paper], data.publishers[articles.publisher[paper]], linkTo(paper, quote, content),
      id[quote], data.voices.name[voice[quote]], SOURCES[source[quote]], source[quote] === 0 && gender[quote] ? GENDERS[gender[quote]] : "",
      data.cues[cue[quote]], KINDS[kind[quote]], stance[quote] ? "stance" : "statement", score[quote] < 0 ? "" : score[quote] / 100, content, sentenceOf(line),
    ]);
  }
  return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
};
document.querySelector(".download").addEventListener("click", async () => {
  const link = make("a", "");
  link.href = URL.createObjectURL(new Blob([await makeCsv()], { type: "text/csv" }));
  link.download = "quotes.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});

/* ---- the articles that pass ---- */
const papers = document.querySelector(".papers");
const morePapers = document.querySelector(".more-papers");
let papersListed = 0;
const listPapers = () => {
  const counts = new Map();
  for (const quote of result.quotes) counts.set(data.quotes.article[quote], (counts.get(data.quotes.article[quote]) || 0) + 1);
  const next = result.articles.slice(papersListed, papersListed + 30).map((article) => {
    const day = data.articles.day[article];
    const said = `${day === null ? "" : wordDay(day) + " · "}${count(counts.get(article) || 0, "statement")}`;
    return make("li", "", anchor(linkTo(article), data.articles.title[article]), " ", make("span", "n", said));
  });
  papersListed ? papers.append(...next) : papers.replaceChildren(...next);
  papersListed += next.length;
  morePapers.hidden = papersListed >= result.articles.length;
};
morePapers.addEventListener("click", listPapers);
