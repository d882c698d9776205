// When each trial ran, and who proposed it.

import {empty, h, plural, time} from "../dom.js";
import {colour, colourOf, markOf} from "../palette.js";
import {Plot} from "../plot.js";
import {told} from "./overview.js";

/** Lanes: trials that overlap lie in different ones. */
function lanes(study, starts) {
  const free = [];
  return starts.map((start, i) => {
    let lane = free.findIndex(end => end <= start + 1);
    if (lane < 0) lane = free.length;
    free[lane] = study.end[i];
    return lane;
  });
}

/** A lane for each GPU, and more where trials share one. Gives the lanes' names. */
function byGpu(study, order, starts, lane) {
  const names = [];
  for (const gpu of [...new Set(study.gpu.filter(Boolean))].sort((a, b) => a.localeCompare(b, "en", {numeric: true})).concat(study.gpu.every(Boolean) ? [] : [null])) {
    const mine = order.filter(i => (study.gpu[i] || null) === gpu);
    const own = lanes({end: mine.map(i => study.end[i])}, mine.map(i => starts[i]));
    mine.forEach((i, k) => { lane[i] = names.length + own[k]; });
    const wide = own.reduce((most, one) => Math.max(most, one), 0) + 1;
    for (let k = 0; k < wide; k++) names.push(k ? "" : gpu ?? "none");
  }
  return names;
}

export function draw(study, root) {
  root.append(h("h1", {}, "Timeline"));
  const said = h("p", {class: "soft"});
  const none = h("div", {});
  root.append(said, none);
  const plot = new Plot(root, {title: "When each trial ran", height: 260, zoom: true, left: 28});

  function update() {
    if (!study.count) { none.replaceChildren(empty("No trial has ended yet.")); plot.figure.hidden = true; return; }
    const starts = study.end.map((end, i) => end - study.seconds[i] * 1000);
    const order = study.indices().sort((a, b) => starts[a] - starts[b]);
    const inOrder = lanes({end: order.map(i => study.end[i])}, order.map(i => starts[i]));
    const lane = [];
    order.forEach((i, k) => { lane[i] = inOrder[k]; });
    const onGpus = study.gpu.some(Boolean);
    const names = onGpus ? byGpu(study, order, starts, lane) : Array.from({length: inOrder.reduce((most, one) => Math.max(most, one), 0) + 1}, (_, k) => String(k + 1));
    const count = names.length;
    const first = starts[order[0]];
    const last = study.end.reduce((most, end) => Math.max(most, end), first);
    let busy = 0;
    for (const seconds of study.seconds) busy += seconds;
    const wall = (last - first) / 1000;
    said.textContent = `${plural(study.count, "trial")} in ${time(wall)}: ${time(busy)} of training, ${Math.round(100 * Math.min(1, busy / (wall * count || 1)))} % of the time${onGpus ? ` of ${plural(count, "GPU")}` : count > 1 ? ` of ${count} at once` : ""}. A hatched trial failed${study.indices(i => study.isInfeasible(i)).length ? " or is infeasible" : ""}.`;
    const origins = [...new Set(study.origin)].map(k => study.card.origins[k]);
    none.replaceChildren();
    plot.figure.hidden = false;
    plot.left = onGpus ? 84 : count > 1 ? 44 : 28;
    plot.height = 130 + 46 * Math.min(count, 16);
    plot.set({
      x: {kind: "time", low: first, high: last, label: "time"},
      y: {kind: "linear", low: count - .5, high: -.5, whole: true, format: k => count > 1 || onGpus ? names[k] ?? "" : "", label: onGpus ? "GPU" : count > 1 ? "at once" : ""},
      layers: [({ctx, x, y, width}) => {
        const height = Math.min(34, Math.abs(y(1) - y(0)) * .72);
        const taken = new Set();
        for (let i = 0; i < study.count; i++) {
          const left = x(starts[i]);
          const wide = Math.max(1, x(study.end[i]) - left - (study.count < 400 ? 1 : 0));
          if (left > width || left + wide < 0) continue;
          const cell = `${Math.round(left)} ${lane[i]}`;
          if (wide <= 1.5 && taken.has(cell)) continue;
          taken.add(cell);
          ctx.fillStyle = colour(colourOf(study.originOf(i)));
          ctx.globalAlpha = study.isFailed(i) ? .3 : .9;
          ctx.fillRect(left, y(lane[i]) - height / 2, wide, height);
          if (study.isFailed(i) && wide > 3) hatch(ctx, left, y(lane[i]) - height / 2, wide, height);
        }
      }],
      points: {count: study.count, x: i => (starts[i] + study.end[i]) / 2, y: i => lane[i], text: i => told(study, i), open: i => { location.hash = `#/${study.number}/trial/${i}`; }},
      note: "drag to look closer",
      said: said.textContent,
    });
    plot.means(origins.map(origin => [origin, colourOf(origin), "square"]));
  }

  update();
  return {update, close: () => plot.close()};
}

function hatch(ctx, x, y, wide, height) {
  ctx.save();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour("bad");
  ctx.beginPath();
  ctx.rect(x, y, wide, height);
  ctx.clip();
  for (let k = -height; k < wide; k += 5) { ctx.moveTo(x + k, y + height); ctx.lineTo(x + k + height, y); }
  ctx.stroke();
  ctx.restore();
}
