// Several studies side by side: their incumbents by trials or by training time, and what is said of each.

import {ask, studies} from "../data.js";
import {choice, h, number, percent, worded} from "../dom.js";
import {LINES} from "../palette.js";
import {Plot, line} from "../plot.js";
import {reach} from "../scale.js";
import {Table} from "../table.js";

/** Of several objectives no trial is the best. */
const single = one => (one.objectives?.length ?? 1) < 2;

export async function draw(study, root) {
  let by = "trials";
  root.append(h("h1", {}, "Compare studies"), h("p", {class: "soft"}, worded("All studies that this server was given: `chiron serve STUDY STUDY …`.")),
    h("div", {class: "bar"}, choice("Over", [["trials", "trials"], ["time", "training time"]], by, value => { by = value; show(); })));
  const plot = new Plot(root, {title: "Incumbents", height: 380, zoom: true});
  const table = new Table(root, {name: "studies", open: one => `#/${one.number}/overview`, columns: [
    {name: "study", of: one => one.name, left: true}, {name: "method", of: one => one.method, left: true}, {name: "llm", of: one => one.llm, left: true}, {name: "trials", of: one => one.trials},
    {name: "metric", of: one => one.objectives?.map(one => one.metric).join(", ") ?? "", left: true}, {name: "first", of: one => single(one) ? one.first : null}, {name: "best", of: one => single(one) ? one.best : null},
    {name: "better", text: "better by", of: one => one.first && single(one) ? Math.abs((one.best - one.first) / one.first) : null, show: percent}, {name: "state", of: one => one.problem || (one.running ? "running" : "not running"), left: true}]});
  const columns = new Map();
  let all = [];
  let at = -1;

  async function update() {
    if (at === study.count) return;
    at = study.count;
    all = await studies();
    table.set(all);
    for (const one of all.filter(one => one.there)) {
      if (columns.get(one.number)?.to !== one.trials) columns.set(one.number, one.number === study.number ? study : await ask(`/${one.number}/columns`));
    }
    show();
  }

  function show() {
    const metrics = new Set(all.map(one => one.metric).filter(Boolean));
    const curves = all.filter(one => one.there && one.metric === study.metric && single(one)).map((one, k) => {
      const {bests, seconds} = columns.get(one.number);
      let sum = 0;
      const spent = seconds.map(value => sum += value);
      const xs = bests.map(best => by === "time" ? spent[best[0]] : best[0]);
      const ys = bests.map(best => best[2]);
      const end = by === "time" ? sum : seconds.length - 1;
      if (xs.length) { xs.push(end); ys.push(ys[ys.length - 1]); }
      return {one, xs, ys, name: LINES[k % LINES.length], dash: k < LINES.length ? [] : [6, 3]};
    });
    const points = curves.flatMap(curve => curve.xs.map((x, k) => [curve.one.name, x, curve.ys[k]]));
    const [low, high] = reach(points.map(point => point[2]), {share: .1});
    plot.set({x: {kind: "linear", low: 0, high: Math.max(1, ...points.map(point => point[1])), label: by === "time" ? "seconds of training" : "trial"}, y: {kind: "linear", low, high, label: study.metric},
      layers: curves.map(curve => line(curve.xs, curve.ys, curve.name, {steps: true, dash: curve.dash})),
      points: {count: points.length, x: k => points[k][1], y: k => points[k][2], text: k => `${points[k][0]}\n${number(points[k][2])}`},
      note: [metrics.size > 1 ? `only studies of ${study.metric}` : "", !all.every(single) ? "without those of several objectives, of which no trial is the best" : ""].filter(Boolean).join("; "), said: curves.map(curve => `${curve.one.name} ${number(curve.ys[curve.ys.length - 1])}`).join("; ")});
    plot.means(curves.map(curve => [curve.one.name, curve.name, curve.dash.length ? "dash" : "line"]));
    plot.figure.hidden = !curves.length;
  }

  await update();
  return {update, close: () => { plot.close(); table.close(); }};
}
