// The empirical distribution of the values: which share of each proposer's trials is at least so good.

import {empty, h, number, percent, plural} from "../dom.js";
import {LINES, colourOf} from "../palette.js";
import {Plot, line} from "../plot.js";
import {reach} from "../scale.js";
import {groups} from "./overview.js";

const MOST = 2000; // points of a line; more would not be seen

export function draw(study, root) {
  root.append(h("h1", {}, "Distribution of values"), h("p", {class: "soft"}, "For each proposer the share of its trials, failed ones too, that are at least so good: a line further up and on the good side is better."));
  const none = h("div", {});
  root.append(none);
  const plot = new Plot(root, {title: "Share of trials that are at least so good", height: 380, zoom: true});

  function update() {
    const by = [...groups(study, () => true)].filter(([, trials]) => trials.length > 1);
    const layers = [];
    const legend = [];
    const used = new Set();
    const values = study.value.filter((value, i) => study.isMeasured(i));
    const [low, high] = reach(values, {share: .05});
    const points = [];
    for (const [origin, trials] of by) {
      const sorted = trials.filter(i => study.isMeasured(i)).map(i => study.value[i]).sort((a, b) => study.sign * (a - b));
      if (!sorted.length) continue;
      const every = Math.max(1, Math.ceil(sorted.length / MOST));
      const kept = sorted.map((value, k) => [value, (k + 1) / trials.length]).filter((_, k) => k % every === every - 1 || k === sorted.length - 1);
      let name = colourOf(origin);
      if (used.has(name)) name = LINES.find(one => !used.has(one)) ?? name;
      used.add(name);
      layers.push(line([kept[0][0], ...kept.map(point => point[0])], [0, ...kept.map(point => point[1])], name, {steps: true, dash: layers.length > 5 ? [5, 3] : []}));
      legend.push([`${origin}, ${plural(trials.length, "trial")}`, name, layers.length > 6 ? "dash" : "line"]);
      kept.forEach(point => points.push([origin, ...point]));
    }
    none.replaceChildren(layers.length ? "" : empty("No proposer has had two trials yet of which one was measured."));
    plot.figure.hidden = !layers.length;
    if (!layers.length) return;
    plot.set({x: {kind: "linear", low, high, label: study.metric}, y: {kind: "linear", low: 0, high: 1, label: "share", format: percent}, layers,
      points: {count: points.length, x: k => points[k][1], y: k => points[k][2], text: k => `${points[k][0]}: ${percent(points[k][2])} of the trials\nat ${number(points[k][1])} or better`},
      said: legend.map(one => one[0]).join("; ") + "."});
    plot.means(legend);
  }

  update();
  return {update, close: () => plot.close()};
}
