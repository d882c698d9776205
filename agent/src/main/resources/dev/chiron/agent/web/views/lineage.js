// The versions of the script: what was made of what, what became of it, and how any two differ.

import {choice, empty, h, number, plural} from "../dom.js";
import {colour} from "../palette.js";

const d3 = globalThis.d3;
const SVG = "http://www.w3.org/2000/svg";
const s = (tag, attributes, ...children) => { const element = document.createElementNS(SVG, tag); Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value)); element.append(...children); return element; };

/** A unified diff as two columns. */
export function sideBySide(diff) {
  const rows = [];
  let [left, right] = [0, 0];
  let gone = [];
  let come = [];
  const cells = (no, text, kind) => [h("td", {class: "no"}, no ?? ""), h("td", {class: kind}, text ?? "")];
  const flush = () => {
    for (let k = 0; k < Math.max(gone.length, come.length); k++) {
      rows.push(h("tr", {}, cells(gone[k]?.[0], gone[k]?.[1], gone[k] ? "del" : null), cells(come[k]?.[0], come[k]?.[1], come[k] ? "add" : null)));
    }
    gone = [];
    come = [];
  };
  for (const line of diff.replace(/\n$/, "").split("\n").slice(2)) {
    const hunk = line.match(/^@@ -(\d+)(?:,\d+)? \+(\d+)/);
    if (hunk) { flush(); [left, right] = [Number(hunk[1]), Number(hunk[2])]; rows.push(h("tr", {class: "at"}, h("td", {colspan: 4}, `line ${left} · line ${right}`))); }
    else if (line.startsWith("-")) gone.push([left++, line.slice(1)]);
    else if (line.startsWith("+")) come.push([right++, line.slice(1)]);
    else if (line.startsWith(" ")) { flush(); rows.push(h("tr", {}, cells(left++, line.slice(1)), cells(right++, line.slice(1)))); }
  }
  flush();
  return h("div", {class: "grid", tabindex: 0, role: "region", "aria-label": "Differences"}, h("table", {class: "diff"}, h("colgroup", {}, h("col", {class: "no"}), h("col"), h("col", {class: "no"}), h("col")), h("thead", {class: "hidden"}, h("tr", {}, ["line before", "before", "line after", "after"].map(text => h("th", {scope: "col"}, text)))), h("tbody", {}, rows)));
}

export async function draw(study, root) {
  root.append(h("h1", {}, "Versions of the script"));
  const box = h("div", {});
  root.append(box);
  let versions = [];
  let from = "root";
  let to = null;
  let at = -1;

  async function update() {
    if (at === study.count) return;
    at = study.count;
    ({versions} = await study.ask("/lineage"));
    if (versions.length < 2) return box.replaceChildren(empty("The script was not edited in this study: its trials differ in values alone. `--method code` and `centaur-code` edit it."));
    if (!to) { const best = versions.find(one => one.best) ?? versions[versions.length - 1]; to = best.id === "root" ? versions[versions.length - 1].id : best.id; }
    show();
    await compare();
  }

  const tree = h("div", {class: "grid tree"});
  const chosen = h("div", {class: "bar"});
  const diff = h("div", {});

  function show() {
    const kept = versions.filter(one => one.kept).length - 1;
    box.replaceChildren(h("p", {class: "soft"}, `${plural(versions.length - 1, "edit")} tried, ${kept} kept. A full line leads to a version that was kept; numbers are ${study.metric} at its best. Choose a version to see what it changed.`), tree, h("h2", {}, "Differences"), chosen, diff);
    tree.replaceChildren(drawTree());
    const names = versions.map(one => [one.id, `${one.id.slice(0, 8)} ${one.idea.slice(0, 50)}`]);
    chosen.replaceChildren(choice("From", names, from, value => { from = value; show(); compare(); }), choice("to", names, to, value => { to = value; show(); compare(); }));
  }

  async function compare() {
    const key = `${from} ${to}`;
    const answer = await study.ask(`/difference?from=${from}&to=${to}`);
    if (key !== `${from} ${to}`) return;
    diff.replaceChildren(answer.diff ? sideBySide(answer.diff) : empty("The two are the same."));
    diff.dataset.shown = key;
  }

  function drawTree() {
    const root_ = d3.stratify().id(one => one.id).parentId(one => one.parent || null)(versions);
    const step = 30;
    d3.tree().nodeSize([step, 120])(root_);
    const nodes = root_.descendants();
    // one row a version, in the order of the tree, so that ideas stand beside each other and can be read
    let row = 0;
    root_.eachBefore(node => { node.x = row++ * step; node.y = node.depth * 26; });
    const height = row * step + 20;
    const wide = 60 + 26 * root_.height + 620;
    const svg = s("svg", {width: wide, height, viewBox: `0 0 ${wide} ${height}`, role: "group", "aria-label": "Tree of versions"});
    for (const {source, target} of root_.links()) {
      svg.append(s("path", {class: target.data.kept ? "edge kept" : "edge", d: `M${source.y + 16},${source.x + 20} V${target.x + 12} Q${source.y + 16},${target.x + 20} ${source.y + 24},${target.x + 20} H${target.y + 16}`}));
    }
    for (const node of nodes) {
      const one = node.data;
      const value = one.value === undefined ? study.card.statuses[one.status] : number(one.value, 5);
      const pick = () => { to = one.id; from = one.parent || "root"; show(); compare(); };
      const text = `${one.best ? "★ " : ""}${value}  ${one.idea}`;
      const group = s("g", {role: "button", tabindex: 0, transform: `translate(${node.y + 16},${node.x + 20})`, "aria-pressed": String(one.id === to), "aria-label": `${one.kept ? "kept" : "not kept"}: ${one.idea}, ${value}, ${plural(one.trials, "trial")}`},
        s("circle", {r: one.best ? 7.5 : 5.5, fill: colour(one.best ? "orange" : one.value === undefined ? "bad" : one.kept ? "green" : "grey")}), s("text", {x: 13, y: 4}, text.length > 92 ? text.slice(0, 91) + "…" : text));
      group.addEventListener("click", pick);
      group.addEventListener("keydown", event => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(); } });
      svg.append(group);
    }
    return svg;
  }

  await update();
  return {update};
}
