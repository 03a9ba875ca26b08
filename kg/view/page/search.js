// Finding an entity by any of its names. "/" goes here from anywhere; arrows choose, Enter opens, Esc leaves.
"use strict";

explorer.search = (() => {
  const { element, badge, name } = explorer.dom;
  const box = document.getElementById("search");
  const input = document.getElementById("query");
  const list = document.getElementById("suggestions");
  const LIMIT = 12;
  let hits = [];
  let active = -1;
  let pathFrom = null; // while the search asks for the other end of a path

  function refresh() {
    hits = explorer.walk.search(input.value, LIMIT);
    active = hits.length > 0 ? 0 : -1;
    const nothing = input.value.trim() && hits.length === 0 ? [element("li", { class: "nothing" }, "No such name")] : [];
    list.replaceChildren(...hits.map((hit, index) => element("li", {
      id: "suggestion-" + index, role: "option", "aria-selected": String(index === active),
      onpointerdown: (event) => { event.preventDefault(); choose(index); },
    }, badge(hit.node.group), element("span", { class: "words" }, name(hit.node.label),
      hit.name !== hit.node.label ? element("span", { class: "quiet" }, " also ", name(hit.name)) : null),
    element("span", { class: "number" }, String(explorer.model.edgesOf(hit.node.id).length)))), ...nothing);
    open(list.childElementCount > 0);
    point();
  }

  function open(yes) {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
  }

  function point() {
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", "suggestion-" + active);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    if (!hits[index]) return;
    const id = hits[index].node.id;
    const start = pathFrom;
    leave();
    if (start !== null) explorer.showPath(start, id);
    else explorer.select({ entity: id }, { reveal: true });
  }

  function leave() {
    input.value = "";
    ask(null);
    open(false);
    input.blur();
  }

  function ask(id) {
    pathFrom = id;
    box.classList.toggle("asking", id !== null);
    input.placeholder = id === null ? "Find a name" : `Path from ${explorer.model.entities.get(id).label.slice(0, 40)} to …`;
  }

  function askPath(id) {
    ask(id);
    input.focus();
  }

  input.addEventListener("input", refresh);
  input.addEventListener("focus", () => { if (input.value) refresh(); });
  input.addEventListener("blur", () => { open(false); if (!input.value) ask(null); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (hits.length > 0) active = (active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      point();
    } else if (event.key === "Enter") choose(Math.max(active, 0));
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { askPath, focus: () => { input.focus(); input.select(); } };
})();
