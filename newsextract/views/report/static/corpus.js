(async () => {
  const status = document.querySelector(".found [role=status]");
  const list = document.querySelector(".quotes");
  const more = document.querySelector(".more");
  const drop = document.querySelector(".drop");
  const words = document.getElementById("words");
  const kind = document.getElementById("kind");
  const source = document.getElementById("source");
  const page = 40;

  const unpack = async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  };
  document.querySelector(".ask").addEventListener("submit", (event) => event.preventDefault());
  if (!("DecompressionStream" in window)) {
    status.textContent = "This browser is too old for the search: it needs DecompressionStream.";
    return;
  }
  const data = await unpack(document.getElementById("data").textContent);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const number = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
  const voiceOf = (quote) => data.voices[quote[1]] || ["", "unknown"];
  let folded = null;
  const foldAll = () => {
    const voices = data.voices.map((voice) => fold(voice[0]));
    const titles = data.articles.map((article) => fold(article[0]));
    folded = data.quotes.map((quote) => `${fold(quote[0])}\n${voices[quote[1]] || ""}\n${titles[quote[2]]}`);
  };

  /* ---- what matches ---- */
  let voice = null;
  let found = data.quotes.map((_, index) => index);
  let shown = 0;
  const isKind = (quote) =>
    kind.value === "" || (kind.value === "stance" ? quote[3] >= 10 : quote[3] === Number(kind.value));
  const search = () => {
    const wanted = fold(words.value).split(/\s+/).filter(Boolean);
    if (wanted.length && !folded) foldAll();
    found = [];
    data.quotes.forEach((quote, index) => {
      if (voice !== null && quote[1] !== voice) return;
      if (!isKind(quote) || (source.value && voiceOf(quote)[1] !== source.value)) return;
      if (wanted.every((word) => folded[index].includes(word))) found.push(index);
    });
    status.textContent = `${number(found.length, "quote")}${found.length < data.quotes.length ? ` of ${data.quotes.length.toLocaleString("en")}` : ""}`;
    drop.hidden = voice === null;
    if (voice !== null) drop.textContent = `${data.voices[voice][0]} ×`;
    for (const button of all(".pick[data-voice]")) button.setAttribute("aria-pressed", Number(button.dataset.voice) === voice);
    list.replaceChildren();
    shown = 0;
    showMore(wanted);
    list.dataset.words = words.value;
  };

  /* ---- what is shown ---- */
  const make = (name, className, ...children) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  const light = (text, wanted) => {
    const bdi = make("bdi");
    const plain = text.toLowerCase();
    if (plain.length !== text.length || !wanted.length) {
      bdi.append(text);
      return bdi;
    }
    let at = 0;
    while (at < text.length) {
      const hits = wanted.map((word) => [plain.indexOf(word, at), word]).filter(([place]) => place >= 0);
      if (!hits.length) break;
      const [place, word] = hits.reduce((a, b) => (b[0] < a[0] ? b : a));
      bdi.append(text.slice(at, place), make("mark", "", text.slice(place, place + word.length)));
      at = place + word.length;
    }
    bdi.append(text.slice(at));
    return bdi;
  };
  const link = (article, hash, label) => {
    if (!article[2]) return make("bdi", "", label);
    const anchor = make("a", "", make("bdi", "", label));
    anchor.href = article[2] + (article[3] ? hash : "");
    anchor.rel = "noopener noreferrer";
    return anchor;
  };
  const day = (iso) => {
    const date = new Date(`${iso.slice(0, 10)}T12:00:00`);
    return isNaN(date) ? iso.slice(0, 10) : date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  };
  const entry = (quote, wanted) => {
    const [name, sort] = voiceOf(quote);
    const article = data.articles[quote[2]];
    const who = make("p", "who", make("b", "", name ? light(name, wanted) : "Speaker unknown"), " ");
    if (!["person", "unknown"].includes(sort)) who.append(make("span", "tag", sort === "organization" ? "organisation" : sort), " ");
    who.append(make("span", "tag", data.kinds[quote[3] % 10] || "other"));
    if (quote[3] >= 10) who.append(" ", make("span", "tag", "stance"));
    const from = make("p", "from", link(article, "#" + quote[4], article[0]));
    if (article[1]) from.append(" · ", make("bdi", "", day(article[1])));
    return make("li", "", who, make("blockquote", "", light(quote[0], wanted)), from);
  };
  const showMore = (wanted) => {
    const next = found.slice(shown, shown + page).map((index) => entry(data.quotes[index], wanted));
    list.append(...next);
    shown += next.length;
    more.hidden = shown >= found.length;
    return next[0];
  };
  more.addEventListener("click", () => {
    const first = showMore(fold(words.value).split(/\s+/).filter(Boolean));
    if (first) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
  });

  /* ---- the questions ---- */
  let waiting = 0;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  kind.addEventListener("change", search);
  source.addEventListener("change", search);
  drop.addEventListener("click", () => {
    voice = null;
    search();
    words.focus();
  });
  const go = () => {
    search();
    reveal(document.getElementById("search"), "start");
  };
  for (const button of all(".pick[data-voice]"))
    button.addEventListener("click", () => {
      voice = Number(button.dataset.voice);
      kind.value = source.value = words.value = "";
      go();
    });
  for (const button of all(".pick[data-kind]"))
    button.addEventListener("click", () => {
      voice = null;
      source.value = button.dataset.kind;
      go();
    });
  for (const row of all("tr.place")) {
    const dots = all(".map .dot").filter((dot) => dot.dataset.r === row.dataset.r);
    row.addEventListener("mouseenter", () => dots.forEach((dot) => dot.classList.add("hot")));
    row.addEventListener("mouseleave", () => dots.forEach((dot) => dot.classList.remove("hot")));
  }

  /* ---- the articles ---- */
  const papers = document.querySelector(".papers");
  const morePapers = document.querySelector(".more-papers");
  let listed = 0;
  const listPapers = () => {
    const next = data.articles.slice(listed, listed + 60).map((article) => {
      const said = `${article[1] ? day(article[1]) + " · " : ""}${number(article[4], "quote")}`;
      return make("li", "", link(article, "", article[0]), " ", make("span", "n", said));
    });
    listed ? papers.append(...next) : papers.replaceChildren(...next);
    listed += next.length;
    morePapers.hidden = listed >= data.articles.length;
  };
  morePapers.addEventListener("click", listPapers);
  listPapers();
  search();
  document.documentElement.classList.add("ready");
})();
