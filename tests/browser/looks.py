"""Scripts that look at a page as a person does: contrast, overflow, what is in view."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

SCREENS = [
    pytest.param({"viewport": {"width": width, "height": 844}, "color_scheme": scheme},
                 id=f"{width}-{scheme}")
    for width in (390, 1400)
    for scheme in ("light", "dark")
]  # fmt: skip
AXE = Path("node_modules", "axe-core", "axe.min.js")
OVERLAPS = """
(selector) => [...document.querySelectorAll(selector)].filter((badge) => {
  const box = badge.getBoundingClientRect();
  if (!box.width) return false;
  const walker = document.createTreeWalker(badge.closest(".rec, .block"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (badge.contains(walker.currentNode) || !walker.currentNode.data.trim()) continue;
    const range = new Range();
    range.selectNodeContents(walker.currentNode);
    for (const text of range.getClientRects())
      if (text.left < box.right - 1 && box.left + 1 < text.right &&
          text.top < box.bottom - 1 && box.top + 1 < text.bottom) return true;
  }
  return false;
}).map((badge) => badge.outerHTML)
"""

CONTRAST = """
() => {
  const parse = (color) => {
    const parts = color.match(/[\\d.]+/g).map(Number);
    const scale = color.startsWith("color(srgb") ? 255 : 1;
    return [...parts.slice(0, 3).map((v) => v * scale), parts[3] ?? 1];
  };
  const over = (top, under) => top.slice(0, 3).map((v, i) => v * top[3] + under[i] * (1 - top[3]));
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement)
      layers.push(parse(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const light = (rgb) => {
    const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const style = getComputedStyle(element);
    if (!own || element.closest("svg, script, .skip") || !element.getClientRects().length) continue;
    const back = ground(element);
    const [a, b] = [light(over(parse(style.color), back)), light(back)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
  }
  return [...new Set(weak)];
}
"""
OVERFLOW = "() => document.documentElement.scrollWidth - innerWidth"
MARKS = """
() => {
  const marks = {};
  for (const element of document.querySelectorAll(".text [data-m]"))
    (marks[element.dataset.m] ||= []).push(element);
  for (const number of Object.keys(marks)) {
    const whole = marks[number].filter((e) => !marks[number].some((o) => o !== e && o.contains(e)));
    marks[number] = whole.map((e) => e.textContent).join("");
  }
  return marks;
}
"""
NAMELESS = """
() => [...document.querySelectorAll("button, a, input, select, [role=tab], svg[role=img]")]
  .filter((e) => !e.hidden)
  .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length))
  .map((e) => e.outerHTML.slice(0, 80))
"""


def processor_time(page: Any, ready: str = "body") -> float:
    """Return the seconds that the page's thread works when it is loaded anew, until ``ready``."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.reload()
    page.wait_for_selector(ready)
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(m["value"] for m in metrics if m["name"] == "TaskDuration")


def find_faults(page: Any) -> list[str]:
    """Return the serious and critical faults that axe-core finds on ``page``.

    The test is skipped where axe-core is missing: ``npm install --no-save axe-core``, in the folder
    of the tests, or in the one that the variable ``NEWSEXTRACT_AXE`` names.
    """
    folders = (Path(os.environ.get("NEWSEXTRACT_AXE", "."), AXE), Path(__file__).parents[2] / AXE)
    script = next(filter(Path.is_file, folders), None)
    if script is None:
        pytest.skip("needs axe-core: npm install --no-save axe-core")
    page.evaluate(script.read_text(encoding="utf8"))
    found = page.evaluate("axe.run()")["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
