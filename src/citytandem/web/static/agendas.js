// Arrow keys go from free cell to free cell of the grid; without this file the tabulator key does.
"use strict";
document.addEventListener("keydown", (event) => {
  const here = event.target.closest?.("button.here");
  if (!here || !event.key.startsWith("Arrow")) return;
  const box = here.getBoundingClientRect();
  const [across, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  let best = null;
  let least = Infinity;
  for (const one of document.querySelectorAll("button.here")) {
    const other = one.getBoundingClientRect();
    const x = other.left - box.left;
    const y = other.top - box.top;
    const ahead = x * across + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * across);
    if (one === here || ahead <= 1 || ahead + 3 * aside >= least) continue;
    best = one;
    least = ahead + 3 * aside;
  }
  if (best) {
    event.preventDefault();
    best.focus();
  }
});
document.querySelector(".entry.picked")?.closest("table")?.querySelector("button.here")?.focus({ preventScroll: false });
