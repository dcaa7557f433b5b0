(() => {
  const text = document.querySelector(".text");
  const pill = document.querySelector(".pill");
  const marks = all("mark, .chip", text);
  const group = (elements, key) => {
    const found = new Map();
    for (const element of elements) {
      const name = element.dataset[key];
      if (name) found.has(name) ? found.get(name).push(element) : found.set(name, [element]);
    }
    return found;
  };
  const marksOf = group(all("mark", text), "r");
  const partsOf = group(all("[data-q]", text), "q");
  const cardsOf = group(all(".rec"), "r");
  const dotsOf = group(all(".map .dot"), "r");
  const saidBy = new Map();
  for (const card of all(".rec.said"))
    for (const who of card.dataset.related.split(" "))
      if (who) saidBy.set(who, [...(saidBy.get(who) || []), card.dataset.r]);
  const get = (map, key) => map.get(key) || [];
  const isQuote = (record) => get(cardsOf, record).some((card) => card.classList.contains("said"));

  /* ---- light up a record, everything that belongs to it, and what it is joined to ---- */
  let lit = [];
  let pinned = null;
  const light = (elements, look) => {
    for (const element of elements) {
      element.classList.add(look);
      lit.push(element);
    }
  };
  const clear = () => {
    for (const element of lit) element.classList.remove("hot", "warm");
    lit = [];
    all(".join", text).forEach((join) => join.remove());
  };
  const show = (record) => {
    clear();
    if (!record) return;
    light([...get(marksOf, record), ...get(partsOf, record)], "hot");
    light([...get(cardsOf, record), ...get(dotsOf, record)], "hot");
    if (isQuote(record)) {
      const card = get(cardsOf, record)[0];
      for (const who of card.dataset.related.split(" ")) light(get(marksOf, who), "warm");
      join(record, card.dataset.entity);
    } else {
      for (const quote of get(saidBy, record))
        light(get(partsOf, quote).filter((part) => part.classList.contains("quote")), "warm");
    }
  };

  /* ---- the line from a source to its words ---- */
  const svg = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const box = (element, last) => {
    const rects = element.getClientRects();
    const rect = rects[last ? rects.length - 1 : 0];
    const frame = text.getBoundingClientRect();
    return rect && { left: rect.left - frame.left, right: rect.right - frame.left, top: rect.top - frame.top, bottom: rect.bottom - frame.top };
  };
  const connect = (overlay, from, to, look) => {
    const after = from.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_FOLLOWING;
    const a = box(from, after), b = box(to, !after);
    if (!a || !b) return;
    const x1 = (a.left + a.right) / 2, x2 = after ? b.left + 8 : b.right - 8;
    const sameLine = Math.abs(a.top - b.top) < 14;
    const y1 = sameLine || !after ? a.top : a.bottom, y2 = sameLine || after ? b.top : b.bottom;
    const bend = sameLine ? -20 : (y2 - y1) / 2;
    const d = `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${sameLine ? y2 - 20 : y2 - bend} ${x2} ${y2}`;
    overlay.append(svg("path", { d, class: look }), svg("circle", { cx: x1, cy: y1, r: 3.2 }), svg("circle", { cx: x2, cy: y2, r: 3.2 }));
  };
  const join = (quote, entity) => {
    const parts = get(partsOf, quote);
    const content = parts.find((part) => part.classList.contains("quote"));
    const source = parts.find((part) => part.classList.contains("source"));
    if (!content) return;
    const overlay = svg("svg", { class: "join", "aria-hidden": "true" });
    if (source && !content.contains(source)) connect(overlay, source, content, "near");
    const start = source || content;
    const named = get(marksOf, entity);
    const touches = (mark) => start.contains(mark) || mark.contains(start);
    if (named.length && !named.some(touches)) {
      const before = named.filter((mark) => mark.compareDocumentPosition(start) & Node.DOCUMENT_POSITION_FOLLOWING);
      const names = before.filter((mark) => mark.classList.contains("name"));
      connect(overlay, names.pop() || before.pop() || named[0], start, "far");
    }
    text.append(overlay);
  };

  /* ---- go to a record in the text, to its card, and say where we are ---- */
  const tell = (record, place, total) => {
    const card = get(cardsOf, record)[0];
    if (!card) return;
    const where = total > 1 ? ` · ${place} of ${total}` : "";
    pill.querySelector(".pill-text").textContent = card.dataset.label + where;
    pill.hidden = false;
  };
  const wholes = (record) => {
    const elements = isQuote(record) ? get(partsOf, record).filter((part) => part.classList.contains("quote")) : get(marksOf, record);
    const seen = new Set();
    return elements.filter((element) => !seen.has(element.dataset.m) && seen.add(element.dataset.m));
  };
  const turns = new Map();
  const goToText = (record) => {
    const stops = isQuote(record) ? wholes(record).slice(0, 1) : wholes(record);
    if (!stops.length) return;
    const turn = pinned === record ? ((turns.get(record) ?? -1) + 1) % stops.length : 0;
    turns.set(record, turn);
    pinned = record;
    show(record);
    tell(record, turn + 1, stops.length);
    reveal(stops[turn]);
  };
  const side = document.querySelector(".side");
  const isWide = () => matchMedia("(min-width: 56.01rem)").matches;
  const revealCard = (card) => {
    const inner = card.getBoundingClientRect(), outer = side.getBoundingClientRect();
    const top = outer.top + side.querySelector(".tabs").offsetHeight;
    const below = inner.bottom - Math.min(outer.bottom, innerHeight) + 24;
    if (inner.top < top) side.scrollTop -= top - inner.top + 8;
    else if (below > 0) side.scrollTop += Math.min(below, inner.top - top - 8);
  };
  const goToCard = (record) => {
    const card = get(cardsOf, record)[0];
    if (!card) return;
    pinned = record;
    clearFilter(card);
    openPanel(card.closest(".panel"));
    show(record);
    tell(record, 1, wholes(record).length);
    if (isWide()) revealCard(card);
    return card;
  };

  /* ---- on a narrow screen a record opens over the text, and Back closes it ---- */
  const sheet = document.querySelector(".sheet");
  let tapped = null;
  const openSheet = (record) => {
    const card = get(cardsOf, record)[0];
    if (!card) return;
    const copy = document.createElement("div");
    copy.className = card.className;
    copy.append(...card.cloneNode(true).childNodes);
    for (const button of all(".go", copy)) {
      const name = document.createElement("b");
      name.append(...button.childNodes);
      button.replaceWith(name);
    }
    copy.classList.remove("off", "hot");
    sheet.querySelector(".sheet-body").replaceChildren(copy);
    sheet.querySelector(".sheet-list").href = "#" + card.id;
    sheet.querySelector(".sheet-where").textContent = isQuote(record) ? `${record.slice(1)} of ${statements.length}` : "";
    sheet.setAttribute("aria-label", card.dataset.label);
    for (const link of all(".said-list a", copy)) link.addEventListener("click", onSaid);
    sheet.hidden = false;
    pinned = record;
    show(record);
    sheet.focus({ preventScroll: true });
    const first = wholes(record)[0];
    const hidden = first && first.getBoundingClientRect().bottom > sheet.getBoundingClientRect().top;
    if (hidden) reveal(tapped && text.contains(tapped) ? tapped : first);
  };
  const closeSheet = () => {
    if (sheet.hidden) return;
    sheet.hidden = true;
    release();
    tapped?.focus({ preventScroll: true });
    tapped = null;
  };
  const tap = (record, element) => {
    const name = history.state?.sheet ? "replaceState" : "pushState";
    history[name]({ sheet: true }, "", "#" + encodeURIComponent(record));
    tapped = element;
    openSheet(record);
  };
  const leaveSheet = () => {
    if (sheet.hidden) return;
    if (history.state?.sheet) return history.back();
    history.replaceState(null, "", location.pathname + location.search);
    closeSheet();
  };
  sheet.querySelector(".sheet-close").addEventListener("click", leaveSheet);
  sheet.querySelector(".sheet-list").addEventListener("click", (event) => {
    event.preventDefault();
    const record = pinned;
    sheet.hidden = true;
    const card = goToCard(record);
    if (card) reveal(card);
    card?.querySelector(".go")?.focus({ preventScroll: true });
  });

  /* ---- find words, choose a speaker ---- */
  const find = document.getElementById("find");
  const speaker = document.getElementById("speaker");
  const status = document.getElementById("found");
  const statements = all(".rec.said");
  const findInText = makeFinder(text);
  let ranges = [], at = -1;
  const filter = () => {
    const wanted = foldText(find.value.trim());
    const name = speaker.selectedOptions[0].dataset.name;
    let kept = 0;
    for (const card of statements) {
      const fits = (name === undefined || card.dataset.speaker === name) && (!wanted || foldText(card.textContent).includes(wanted));
      kept += fits;
      card.classList.toggle("off", !fits);
      for (const part of get(partsOf, card.dataset.r)) part.classList.toggle("out", !fits);
      for (const chip of all(`.chip[data-r="${CSS.escape(card.dataset.r)}"]`, text)) chip.classList.toggle("out", !fits);
    }
    ranges = findInText(find.value);
    at = -1;
    const said = `${kept} of ${statements.length} statements`;
    status.textContent = wanted ? `${ranges.length} in the text, ${said}` : name === undefined ? "" : said;
  };
  const clearFilter = (card) => {
    if (!card.classList.contains("off")) return;
    find.value = speaker.value = "";
    filter();
  };
  const step = (by) => {
    if (!ranges.length) return;
    at = (at + by + ranges.length) % ranges.length;
    reveal(ranges[at].startContainer.parentElement);
    status.textContent = `${at + 1} of ${ranges.length} in the text`;
  };
  if (find) {
    find.addEventListener("input", filter);
    speaker.addEventListener("change", filter);
    find.addEventListener("keydown", (event) => event.key === "Enter" && step(event.shiftKey ? -1 : 1));
    find.form.addEventListener("submit", (event) => event.preventDefault());
  }

  /* ---- tabs ---- */
  const tabs = all("[role=tab]");
  const openPanel = (panel) => {
    for (const tab of tabs) {
      const isOpen = tab.getAttribute("aria-controls") === panel.id;
      tab.setAttribute("aria-selected", isOpen);
      tab.tabIndex = isOpen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).classList.toggle("off", !isOpen);
    }
  };
  const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  for (const tab of tabs) {
    tab.addEventListener("click", () => openPanel(panelOf(tab)));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      openPanel(panelOf(next));
      next.focus();
      event.preventDefault();
    });
  }
  openPanel(panelOf(tabs[0]));

  /* ---- hover, focus, click, keys ---- */
  const recordAt = (node) => {
    const hit = node.closest && node.closest("mark, .chip, .quote");
    return hit && text.contains(hit) ? hit.dataset.r || hit.dataset.q : null;
  };
  text.addEventListener("mouseover", (event) => show(recordAt(event.target) || pinned));
  text.addEventListener("mouseleave", () => settle());
  text.addEventListener("click", (event) => {
    const record = recordAt(event.target);
    if (!record) return release();
    if (event.target.closest(".chip")) event.preventDefault();
    if (String(getSelection())) return;
    if (!isWide()) return tap(record, event.target.closest("mark, .chip") || event.target.closest(".quote"));
    goToCard(record);
    if (isQuote(record)) history.replaceState(null, "", "#" + encodeURIComponent(record));
  });
  const settle = () => {
    show(pinned);
    if (!pinned) pill.hidden = true;
  };
  const release = () => {
    pinned = null;
    settle();
  };
  marks.forEach((mark, number) => (mark.tabIndex = number ? -1 : 0));
  const isShown = (mark) => mark.getClientRects().length > 0;
  const stopAt = (mark) => {
    marks.forEach((other) => other.tabIndex === 0 && (other.tabIndex = -1));
    mark.tabIndex = 0;
  };
  const moveTo = (mark) => {
    stopAt(mark);
    mark.focus();
  };
  const nextShown = (at, step) => {
    do at += step;
    while (marks[at] && !isShown(marks[at]));
    return marks[at];
  };
  text.addEventListener("focusin", (event) => {
    const record = recordAt(event.target);
    if (!record) return;
    show(record);
    const stops = wholes(record);
    tell(record, Math.max(1, stops.indexOf(event.target) + 1), stops.length);
  });
  text.addEventListener("focusout", settle);
  text.addEventListener("keydown", (event) => {
    const here = marks.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = here >= 0 && step && nextShown(here, step);
    if (next) moveTo(next);
    else if (here >= 0 && event.key === "Enter" && !isWide()) tap(recordAt(event.target), event.target);
    else if (here >= 0 && event.key === "Enter") (goToCard(recordAt(event.target)) || text).querySelector(".go")?.focus({ preventScroll: true });
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && (sheet.hidden ? release() : leaveSheet()));
  for (const card of all(".rec")) {
    const record = card.dataset.r || card.dataset.first;
    if (!record) continue;
    card.addEventListener("mouseenter", () => show(record));
    card.addEventListener("mouseleave", settle);
    card.querySelector(".go")?.addEventListener("click", () => goToText(record));
    card.querySelector(".go")?.addEventListener("focus", () => show(record));
  }
  const onSaid = (event) => {
    event.preventDefault();
    const record = decodeURIComponent(event.currentTarget.hash.slice(1));
    if (!isWide()) return tap(record, null);
    goToCard(record);
    goToText(record);
  };
  for (const link of all(".said-list a")) link.addEventListener("click", onSaid);
  for (const dot of all(".map .dot")) dot.addEventListener("click", () => goToText(dot.dataset.r));
  const recordOf = (hash) => {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return "";
    }
  };
  const follow = () => {
    const record = recordOf(location.hash);
    if (!get(cardsOf, record).length) return closeSheet();
    pinned = null;
    if (isWide()) {
      goToText(record);
      return goToCard(record);
    }
    openSheet(record);
    if (wholes(record).length) reveal(wholes(record)[0], "start");
  };
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  if (location.hash) addEventListener("load", follow);
  addEventListener("resize", () => show(null));
  for (const button of all("[data-show]"))
    button.addEventListener("click", () => {
      const off = text.classList.toggle("no-" + button.dataset.show);
      button.setAttribute("aria-pressed", !off);
      const first = marks.find(isShown);
      if (first && !marks.some((mark) => mark.tabIndex === 0 && isShown(mark))) stopAt(first);
    });
})();
