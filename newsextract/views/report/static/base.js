"use strict";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const reveal = (element, block = "center") =>
  element.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
document.documentElement.classList.add("js");
