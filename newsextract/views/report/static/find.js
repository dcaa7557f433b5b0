/* ---- fold letters one for one, so that offsets stay: case, accents and white space do not count ---- */
const foldLetter = (letter) => {
  if (/\s/.test(letter)) return " ";
  const bare = letter.normalize("NFD")[0].toLowerCase();
  return bare.length === letter.length ? bare : letter;
};
const foldText = (text) => text.replace(/[^\x21-\x40\x5b-\x7f]/gu, foldLetter);

/* ---- find words in an element, across the elements inside it, and light them up ---- */
const makeFinder = (root) => {
  const nodes = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let length = 0;
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, start: length });
    length += walker.currentNode.data.length;
  }
  const folded = foldText(nodes.map(({ node }) => node.data).join(""));
  const nodeAt = (offset) => {
    let low = 0, high = nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (nodes[middle].start <= offset) low = middle;
      else high = middle - 1;
    }
    return nodes[low];
  };
  const rangeOf = (start, end) => {
    const range = new Range(), first = nodeAt(start), last = nodeAt(end - 1);
    range.setStart(first.node, start - first.start);
    range.setEnd(last.node, end - last.start);
    return range;
  };
  return (words) => {
    const ranges = [];
    const wanted = foldText(words.trim());
    for (let at = wanted ? folded.indexOf(wanted) : -1; at >= 0; at = folded.indexOf(wanted, at + wanted.length))
      ranges.push(rangeOf(at, at + wanted.length));
    if (window.Highlight) ranges.length ? CSS.highlights.set("found", new Highlight(...ranges)) : CSS.highlights.delete("found");
    return ranges;
  };
};
