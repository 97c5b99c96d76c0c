"use strict";
// Filtering, and opening what a link leads into: without this script everything is there, some of it folded.
const form = document.getElementById("filter");
const lines = [...document.querySelectorAll(".source > .line")];

function wanted(item) {
  const decisions = new Set([...form.querySelectorAll("[name=decision]:checked")].map((box) => box.value));
  const name = form.elements.function.value;
  return (decisions.has(item.dataset.decision) && (name === "" || item.dataset.function === name));
}

function apply() {
  const only = form.elements.only.checked;
  for (const line of lines) {
    const items = [...line.querySelectorAll(".why > li")];
    const shown = items.filter((item) => {
      const keep = wanted(item);
      item.classList.toggle("filtered", !keep);
      return keep;
    });
    line.querySelectorAll(".markers > .symbol").forEach((marker, index) => {
      marker.classList.toggle("dimmed", items[index].classList.contains("filtered"));
    });
    line.classList.toggle("filtered", only && shown.length === 0);
  }
}

function openAll(state) {
  for (const line of lines) {
    if (line.tagName === "DETAILS" && !line.classList.contains("filtered")) {
      line.open = state;
    }
  }
}

function reveal() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  for (let fold = target && target.closest("details:not(.line)"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  if (target) {
    target.scrollIntoView();
  }
}

window.addEventListener("hashchange", reveal);
reveal();
form.hidden = false;
form.addEventListener("change", apply);
form.elements.open.addEventListener("click", () => openAll(true));
form.elements.close.addEventListener("click", () => openAll(false));
