/* ---- all of it together: a change of a filter draws what depends on it ---- */
(async () => {
  const form = document.querySelector(".ask");
  const status = document.querySelector(".found [role=status]");
  const chips = document.querySelector(".chosen");
  if (!("DecompressionStream" in window)) {
    status.textContent = "This browser is too old for the filters: it needs DecompressionStream.";
    return;
  }
  await loadColumns();

  const showForm = () => {
    for (const name of FILTERS) if (form.elements[name] && document.activeElement !== form.elements[name]) form.elements[name].value = chosen[name] || "";
    const shown = FILTERS.filter((name) => chosen[name] && !(name === "mode" && !["stance", "all"].includes(chosen.mode)));
    chips.replaceChildren(
      ...shown.map((name) => {
        const words = { country: wordCountry, mode: (mode) => (mode === "all" ? "with stances" : "stances") }[name] || String;
        const chip = make("button", "drop", make("bdi", "", `${name}: ${words(chosen[name])}`), " ×");
        chip.type = "button";
        chip.setAttribute("aria-label", `Take back ${name}: ${words(chosen[name])}`);
        chip.addEventListener("click", () => choose({ [name]: "" }));
        return chip;
      })
    );
    document.querySelector(".clear").hidden = shown.length < 2;
  };
  const noun = () => ({ stance: "stance", all: "quote" })[chosen.mode] || "statement";
  /* Returns a function that, if what has the focus now is gone, focuses what stands in its place. */
  const keepFocus = () => {
    const old = document.activeElement, card = old?.closest(".found, .card");
    const isShown = (element) => element !== document.body && element?.getClientRects().length > 0;
    return () => {
      if (!card || isShown(document.activeElement)) return;
      const { filter, value } = old.dataset, stops = all("a, button, [tabindex='0']", card).filter(isShown);
      const same = stops.find(({ dataset }) => filter && dataset.filter === filter && dataset.value === value);
      (same || stops[0])?.focus({ preventScroll: true });
    };
  };
  const draw = async () => {
    document.documentElement.classList.remove("ready");
    if (chosen.words) status.textContent = "Searching …";
    if (!(await apply())) return;
    const refocus = keepFocus();
    showForm();
    status.textContent = `${count(result.quotes.length, noun())} in ${count(result.articles.length, "article")}`;
    drawTime();
    drawKinds();
    drawVoices();
    drawSources();
    drawGenders();
    drawPairs();
    drawPlaces();
    papersListed = 0;
    listPapers();
    refocus();
    if ((await listAnew()) === null) return;
    refocus();
    document.documentElement.classList.add("ready");
  };
  const choose = (changes, isNew = true) => {
    Object.assign(chosen, changes);
    for (const name of Object.keys(changes)) if (!changes[name]) delete chosen[name];
    writeAddress(isNew);
    return draw();
  };

  /* ---- the form ---- */
  const fill = (name, values) => form.elements[name].append(...values.map(([value, label]) => new Option(label, value)));
  const inArticles = (country) => new Set(data.places.country.flatMap((code, place) => (code === country ? data.places.in[place].filter((_, i) => i % 2 === 0) : []))).size;
  fill("country", data.countries.map((code) => [code, `${wordCountry(code)} (${inArticles(code)})`]).sort((a, b) => a[1].localeCompare(b[1], "en")));
  fill("publisher", data.publishers.filter(Boolean).sort((a, b) => a.localeCompare(b, "en")).map((name) => [name, name]));
  fill("who", SOURCES.map((source, i) => [source, SOURCE_WORDS[i]]));
  fill("gender", GENDERS.map((gender, i) => [gender, GENDER_WORDS[i]]));
  for (const [name, values] of [["publisher", data.publishers.filter(Boolean)], ["country", data.countries], ["gender", data.voices.gender.filter(Boolean)]])
    form.elements[name].closest("label").hidden = !values.length;
  form.addEventListener("submit", (event) => event.preventDefault());
  let waiting = 0;
  form.elements.words.addEventListener("input", () => {
    clearTimeout(waiting);
    const words = form.elements.words.value.trim();
    waiting = setTimeout(() => choose({ words }, Boolean(words) !== Boolean(chosen.words)), 150);
  });
  for (const name of ["from", "to", "country", "publisher", "kind", "mode", "who", "gender"])
    form.elements[name].addEventListener("change", (event) => choose({ [name]: event.target.value }));
  const speaker = form.elements.speaker;
  speaker.addEventListener("input", () => {
    const wanted = fold(speaker.value.trim());
    const near = wanted ? data.voices.label.filter((label) => fold(label).includes(wanted)).slice(0, 30) : [];
    document.getElementById("speakers").replaceChildren(...near.map((label) => new Option(label)));
  });
  speaker.addEventListener("change", () => {
    const wanted = fold(speaker.value.trim());
    const name = data.speakers.has(speaker.value) ? speaker.value : wanted && data.voices.label.find((label) => fold(label).includes(wanted));
    choose({ speaker: name || speaker.value.trim() });
  });
  document.querySelector(".clear").addEventListener("click", () => {
    form.reset();
    choose(Object.fromEntries(FILTERS.map((name) => [name, ""])));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".pick");
    if (!button) return;
    const { filter, value } = button.dataset;
    choose({ [filter]: chosen[filter] === value ? "" : value });
  });
  for (const dot of all(".map .dot"))
    dot.addEventListener("click", () => {
      const label = data.places.label[Number(dot.dataset.r)];
      choose({ place: chosen.place === label ? "" : label });
    });

  /* ---- the axis of time: click a bar, drag over several, or go by arrow keys ---- */
  const times = document.querySelector(".times");
  const barAt = (event) => {
    const bar = event.target.closest?.("[data-bar]") || document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-bar]");
    return bar ? Number(bar.dataset.bar) : null;
  };
  let dragged = null;
  const light = (one, other) => all("[data-bar]", times).forEach((bar, i) => bar.classList.toggle("in", one !== null && i >= Math.min(one, other) && i <= Math.max(one, other)));
  const chooseBars = (one, other) => {
    const { starts, ends } = times.querySelector("svg").time;
    return choose({ from: isoOf(starts[Math.min(one, other)]), to: isoOf(ends[Math.max(one, other)]) });
  };
  times.addEventListener("pointerdown", (event) => (dragged = barAt(event)));
  times.addEventListener("pointermove", (event) => {
    const bar = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-bar]");
    if (dragged !== null && bar) light(dragged, Number(bar.dataset.bar));
  });
  addEventListener("pointerup", (event) => {
    if (dragged === null) return;
    const bar = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-bar]");
    const start = dragged;
    dragged = null;
    light(null);
    if (bar && times.contains(bar)) chooseBars(start, Number(bar.dataset.bar));
  });
  times.addEventListener("keydown", (event) => {
    const bar = event.target.closest("[data-bar]");
    if (!bar) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = Number(bar.dataset.bar);
    if (step) all("[data-bar]", times)[at + step]?.focus();
    else if (event.key === "Enter" || event.key === " ") chooseBars(at, at);
    else return;
    event.preventDefault();
  });
  document.querySelector(".zoom-all").addEventListener("click", () =>
    choose({ from: "", to: "", span: chosen.from || chosen.to || chosen.span ? "" : "all" }));
  document.querySelector(".zoom-out").addEventListener("click", () => {
    const { starts, ends } = times.querySelector("svg").time;
    const width = ends.at(-1) - starts[0] + 1;
    choose({ from: isoOf(starts[0] - width), to: isoOf(ends.at(-1) + width) });
  });

  /* ---- Back, Forward and a changed address ---- */
  addEventListener("popstate", () => {
    if (location.hash && !location.hash.includes("=")) return;
    readAddress();
    form.reset();
    draw();
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("search").focus();
  });
  readAddress();
  await draw();
})();
