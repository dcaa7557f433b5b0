/* ---- elements ---- */
const make = (name, className, ...children) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
};
const svg = (name, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const number = (value) => value.toLocaleString("en");
const share = (part, whole) => (whole ? `${Math.round((100 * part) / whole)} %` : "–");
const sum = (counts) => counts.reduce((a, b) => a + b, 0);
const kindsInWords = (counts) => KINDS.map((kind, i) => counts[i] && `${number(counts[i])} ${kind}`).filter(Boolean).join(", ");
/* A button that sets a filter, or takes it back when it is set already. */
const pick = (filter, value, label, title) => {
  const button = make("button", "pick", make("bdi", "", label));
  button.type = "button";
  Object.assign(button.dataset, { filter, value });
  button.setAttribute("aria-pressed", chosen[filter] === value);
  if (title) button.title = title;
  return button;
};

/* ---- time: steps of days, weeks, months or years; a range is chosen by click or drag ---- */
const startOf = (year, month) => {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return Math.round(date / DAY);
};
const yearOf = (day) => new Date(day * DAY).getUTCFullYear();
const monthOf = (day) => new Date(day * DAY).getUTCMonth();
const everyYears = (years) => ({
  name: years > 1 ? `${years} years` : "year",
  start: (day) => startOf(Math.floor(yearOf(day) / years) * years, 0),
  next: (day) => startOf(yearOf(day) + years, 0),
  label: (day) => (years > 1 ? `${yearOf(day)}–${yearOf(day) + years - 1}` : String(yearOf(day))),
});
const STEPS = [
  { name: "day", start: (day) => day, next: (day) => day + 1, label: wordDay },
  { name: "week", start: (day) => day - ((((day + 3) % 7) + 7) % 7), next: (day) => day + 7, label: (day) => `week of ${wordDay(day)}` },
  {
    name: "month",
    start: (day) => startOf(yearOf(day), monthOf(day)),
    next: (day) => startOf(yearOf(day), monthOf(day) + 1),
    label: (day) => new Date(day * DAY).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }),
  },
  ...[1, 2, 5, 10, 50, 100, 500].map(everyYears),
];
const MOST_BARS = 62, FEWEST_BARS = 9;
const cutTime = (first, last) => {
  for (const step of STEPS) {
    const starts = [step.start(first)];
    while (starts.length <= MOST_BARS && step.next(starts.at(-1)) <= last) starts.push(step.next(starts.at(-1)));
    if (starts.length > MOST_BARS) continue;
    for (let early = true; starts.length < FEWEST_BARS; early = !early)
      early ? starts.unshift(step.start(starts[0] - 1)) : starts.push(step.next(starts.at(-1)));
    return { step, starts, end: step.next(starts.at(-1)) };
  }
};
/* The days that hold all but a fiftieth of the quotes, where the rest would flatten them. */
const usualSpan = (days) => {
  const first = days[0], last = days.at(-1), keep = days.length - Math.max(1, Math.floor(days.length / 50));
  if (days.length < 5) return [first, last];
  let best = [first, last];
  for (let i = 0; i + keep <= days.length; i++)
    if (days[i + keep - 1] - days[i] < best[1] - best[0]) best = [days[i], days[i + keep - 1]];
  return (best[1] - best[0] + 30) * 4 < last - first ? best : [first, last];
};
const drawTime = () => {
  const { day } = data.articles, { article, kind } = data.quotes;
  const dated = [];
  let undated = 0;
  eachPassing(BIT.days, (quote) => (day[article[quote]] === null ? undated++ : dated.push(quote)));
  const days = Float64Array.from(dated, (quote) => day[article[quote]]).sort();
  const box = document.querySelector(".times"), axis = document.querySelector(".axis");
  const from = dayOf(chosen.from || ""), to = dayOf(chosen.to || "");
  const usual = days.length ? (chosen.span === "all" ? [days[0], days.at(-1)] : usualSpan(days)) : [0, 0];
  const first = from > -Infinity ? from : Math.min(usual[0], to > -Infinity ? to : Infinity);
  const last = to > -Infinity ? Math.max(to, first) : Math.max(usual[1], first);
  const { step, starts, end } = cutTime(first, last);
  const bars = starts.map(() => [0, 0, 0]);
  const at = (date) => {
    let low = 0, high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= date) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  let outside = 0;
  for (const quote of dated) {
    const date = day[article[quote]];
    if (date < starts[0] || date >= end) outside++;
    else bars[at(date)][Math.min(kind[quote], 2)]++;
  }
  const most = Math.max(1, ...bars.map(sum));
  const drawing = svg("svg", { viewBox: `0 0 ${starts.length * 10} 100`, preserveAspectRatio: "none", role: "group", "aria-label": `Statements by ${step.name} of publication; choose a bar to see its time alone` });
  bars.forEach((counts, i) => {
    const label = `${step.label(starts[i])}: ${count(sum(counts), "statement")}`;
    const bar = svg("g", { transform: `translate(${i * 10} 0)`, role: "button", tabindex: i ? -1 : 0, "aria-label": label, "data-bar": i });
    const title = svg("title", {});
    title.textContent = sum(counts) ? `${label} (${kindsInWords(counts)})` : label;
    bar.append(title, svg("rect", { class: "hit", width: 10, height: 100 }));
    let height = 0;
    counts.forEach((number, k) => {
      const length = (100 * number) / most;
      if (number) bar.append(svg("rect", { class: KINDS[k], x: 1, width: 8, y: 100 - height - length, height: length }));
      height += length;
    });
    drawing.append(bar);
  });
  const ends = starts.map((_, i) => (starts[i + 1] ?? end) - 1);
  drawing.time = { starts, ends };
  box.replaceChildren(drawing, make("span", "most", number(most)));
  axis.replaceChildren(make("span", "", wordDay(starts[0])), make("span", "faint", `one bar a ${step.name}`), make("span", "", wordDay(end - 1)));
  const isZoomed = from > -Infinity || to > -Infinity;
  document.querySelector(".zoom-out").hidden = !isZoomed;
  document.querySelector(".zoom-all").hidden = !isZoomed && !(outside || chosen.span);
  document.querySelector(".zoom-all").textContent = !isZoomed && chosen.span ? "Usual dates" : "All dates";
  const told = [];
  if (!isZoomed && outside) told.push(`${count(outside, "statement")} of other years are not drawn: All dates shows them.`);
  if (undated) told.push(`${count(undated, "statement")} in articles without a date.`);
  document.querySelector(".time-note").textContent = told.join(" ");
  box.hidden = axis.hidden = !days.length;
  if (day.every((date) => date === null)) document.querySelector(".time-note").textContent = "No article has a date of publication.";
};

/* ---- rows of bars ---- */
const drawBar = (counts, most) => {
  const bar = svg("svg", { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" });
  let start = 0;
  counts.forEach((number, kind) => {
    const width = (100 * number) / (most || 1);
    if (number) bar.append(svg("rect", { class: KINDS[kind], x: start, width, height: 10 }));
    start += width;
  });
  return bar;
};
const drawRows = (table, rows) => {
  const body = table.tBodies[0];
  body.replaceChildren(
    ...rows.map(({ head, tag, counts, most, said }) => {
      const name = make("th", "", head);
      name.scope = "row";
      if (tag) name.append(" ", make("span", "tag", tag));
      return make("tr", "", name, make("td", "", drawBar(counts, most), make("span", "hidden", kindsInWords(counts))), make("td", "num", said));
    })
  );
  table.hidden = !rows.length;
};
const countBy = (own, column) => {
  const counts = new Map();
  eachPassing(own, (quote) => {
    const key = column[quote];
    if (!counts.has(key)) counts.set(key, [0, 0, 0]);
    counts.get(key)[Math.min(data.quotes.kind[quote], 2)]++;
  });
  return [...counts].sort(([a, one], [b, two]) => sum(two) - sum(one) || a - b);
};
const drawVoices = () => {
  const { kind, label } = data.voices;
  const named = countBy(BIT.speaker, data.quotes.voice).filter(([voice]) => voice >= 0 && kind[voice] < NAMED);
  const top = named.slice(0, 15);
  const most = top.length ? sum(top[0][1]) : 0;
  drawRows(document.querySelector("#voices table"), top.map(([voice, counts]) => ({
    head: pick("speaker", label[voice], label[voice]),
    tag: kind[voice] ? SOURCES[kind[voice]] : "",
    counts, most, said: number(sum(counts)),
  })));
};
const drawSources = () => {
  const rows = countBy(BIT.who, data.quotes.source);
  const total = rows.reduce((all, [, counts]) => all + sum(counts), 0);
  drawRows(document.querySelector("#sources table"), rows.map(([source, counts]) => ({
    head: pick("who", SOURCES[source], SOURCE_WORDS[source]), counts, most: sum(counts), said: `${number(sum(counts))} · ${share(sum(counts), total)}`,
  })));
};
const drawGenders = () => {
  const rows = [];
  const counts = GENDERS.map(() => [0, 0, 0]);
  eachPassing(BIT.gender, (quote) => data.quotes.source[quote] === 0 && counts[data.quotes.gender[quote]][Math.min(data.quotes.kind[quote], 2)]++);
  const total = sum(counts.map(sum));
  for (const gender of [1, 2, 0])
    if (sum(counts[gender])) rows.push({ head: pick("gender", GENDERS[gender], GENDER_WORDS[gender]), counts: counts[gender], most: total, said: `${number(sum(counts[gender]))} · ${share(sum(counts[gender]), total)}` });
  drawRows(document.querySelector("#genders table"), rows);
  document.getElementById("genders").hidden = !data.voices.gender.some(Boolean);
};
const drawKinds = () => {
  const counts = [0, 0, 0];
  eachPassing(BIT.kind, (quote) => counts[Math.min(data.quotes.kind[quote], 2)]++);
  all(".keys li").forEach((item, kind) =>
    item.querySelector(".key-of").replaceChildren(pick("kind", KINDS[kind], KINDS[kind]), " ", make("b", "", share(counts[kind], sum(counts))), " ", make("span", "n", number(counts[kind]))));
};

/* ---- who quotes whom, passes on whom, speaks of whom ---- */
const drawPairs = () => {
  const { voice, via, article, about } = data.quotes, { kind, label } = data.voices;
  const sorts = {
    publishers: [data.publishers, (quote) => [[data.articles.publisher[article[quote]], voice[quote]]], "publisher"],
    relays: [label, (quote) => [[via[quote], voice[quote]]], ""],
    about: [label, (quote) => (about[quote] || []).map((subject) => [voice[quote], subject]), "speaker"],
  };
  let shown = 0;
  for (const [name, [names, pairsOf, filter]] of Object.entries(sorts)) {
    const rows = new Map();
    for (const quote of result.quotes)
      for (const [one, other] of pairsOf(quote)) {
        if (one < 0 || other < 0 || !names[one] || (name !== "about" && kind[other] >= NAMED)) continue;
        if (!rows.has(one)) rows.set(one, new Map());
        rows.get(one).set(other, (rows.get(one).get(other) || 0) + 1);
      }
    const table = document.querySelector(`#pairs-${name}`);
    const totals = [...rows].map(([one, others]) => [one, others, sum([...others.values()])]).sort((a, b) => b[2] - a[2] || a[0] - b[0]);
    table.tBodies[0].replaceChildren(
      ...totals.slice(0, 10).map(([one, others, total]) => {
        const head = make("th", "", filter ? pick(filter, names[one], names[one]) : make("bdi", "", names[one]), " ", make("span", "n", number(total)));
        head.scope = "row";
        const cells = [...others].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 6);
        const list = cells.map(([other, times]) =>
          make("li", "", name === "about" ? make("bdi", "", data.subjects[other]) : pick("speaker", label[other], label[other]), " ", make("span", "n", number(times))));
        return make("tr", "", head, make("td", "", make("ul", "chain", ...list)));
      })
    );
    table.closest("section").hidden = !rows.size;
    shown += Boolean(rows.size);
  }
  document.getElementById("pairs").hidden = !shown;
};

/* ---- places: the table and the dots of the map ---- */
const drawPlaces = () => {
  const { name, label, country } = data.places;
  const inside = new Uint8Array(data.articles.id.length);
  if (result.isPlain) result.ofArticle.forEach((fails, article) => (inside[article] = !(fails & ~BIT.place)));
  else eachPassing(BIT.place, (quote) => (inside[data.quotes.article[quote]] = 1));
  const counted = data.places.in.map((pairs, place) => {
    let mentions = 0, articles = 0;
    for (let i = 0; i < pairs.length; i += 2)
      if (inside[pairs[i]]) {
        mentions += pairs[i + 1];
        articles++;
      }
    return { place, mentions, articles };
  });
  const top = counted.filter(({ mentions }) => mentions).sort((a, b) => b.mentions - a.mentions || a.place - b.place);
  const table = document.querySelector("#places table");
  table.hidden = !top.length;
  table.tBodies[0].replaceChildren(
    ...top.slice(0, 12).map(({ place, mentions, articles }) => {
      const head = make("th", "", pick("place", label[place], label[place]), " ", make("span", "n", label[place] === name[place] ? country[place] : ""));
      head.scope = "row";
      return make("tr", "", head, make("td", "num", number(articles)), make("td", "num", number(mentions)));
    })
  );
  const most = top.length ? top[0].mentions : 1;
  for (const dot of all(".map .dot")) {
    const { place, mentions, articles } = counted[Number(dot.dataset.r)];
    const radius = Math.max(3.5, Math.min(16, 2.5 + 3 * Math.log2(most + 1)) * Math.sqrt(mentions / most));
    dot.classList.toggle("none", !mentions);
    dot.classList.toggle("hot", chosen.place === label[place]);
    const circle = dot.querySelector("circle");
    circle.setAttribute("r", radius.toFixed(1));
    circle.querySelector("title").textContent = `${label[place]}: ${count(mentions, "mention")} in ${count(articles, "article")}`;
  }
};
