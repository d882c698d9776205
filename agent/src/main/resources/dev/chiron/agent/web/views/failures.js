// Where trials fail: the chance by what is known, and how each of them ended.

import {empty, h, percent, plural} from "../dom.js";
import {Table} from "../table.js";
import {told} from "./overview.js";
import {pins, terrain, thinned} from "./terrain.js";

const d3 = globalThis.d3;

export function draw(study, root) {
  root.append(h("h1", {}, "Where it fails"));
  const failed = () => study.indices(i => study.isFailed(i));
  const box = h("div", {});
  let map = null;
  let table = null;

  const on = (trials, x, y, inside, kind) => pins(trials.map(i => study.config[x][i]), trials.map(i => study.config[y][i]), inside, kind);

  function begin() {
    root.append(h("p", {class: "soft"}, "The chance that a trial fails where two parameters cross, all others as in the best config so far: what the optimizer leaves out is learned alike. Crosses failed or are infeasible, dots were measured."));
    map = terrain(study, root, {
      path: "/failures", title: "Chance of failure",
      paint: {range: () => [0, 1], colour: share => d3.interpolateRgb("#f4f1ea", "#8a3d00")(share), line: "rgba(0,0,0,.3)", said: () => "A line every ninth."},
      marks: (x, y) => [
        parts => on(thinned(study.indices(i => !study.isFailed(i))), x, y, "#0072b2")(parts),
        parts => on(thinned(failed()), x, y, null, "cross")(parts)],
      points: (x, y) => ({count: study.count, x: i => study.config[x][i] ?? NaN, y: i => study.config[y][i] ?? NaN, text: i => told(study, i), open: i => { location.hash = `#/${study.number}/trial/${i}`; }}),
    });
    root.append(h("h2", {}, "How"));
    table = new Table(root, {name: "failures", filter: false, columns: [{name: "reason", of: row => row[0], left: true}, {name: "trials", of: row => row[1]}, {name: "share", of: row => row[1] / study.count, show: percent},
      {name: "last", of: row => row[2], show: i => h("a", {href: `#/${study.number}/trial/${i}`}, `trial ${i}`)}]});
  }

  function update() {
    if (!failed().length) return box.replaceChildren(empty(`None of ${plural(study.count, "trial")} has failed.`));
    box.replaceChildren();
    if (!map) begin(); else map.update();
    const by = new Map();
    for (const i of failed()) by.set(study.statusOf(i), [study.statusOf(i), (by.get(study.statusOf(i))?.[1] ?? 0) + 1, i]);
    table.set([...by.values()].sort((a, b) => b[1] - a[1]));
  }

  root.append(box);
  update();
  return {update, close: () => { map?.close(); table?.close(); }};
}
