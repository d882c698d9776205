// What two parameters do together, as a forest expects it.

import {h, number} from "../dom.js";
import {scaleOf} from "../palette.js";
import {reach} from "../scale.js";
import {told} from "./overview.js";
import {pins, terrain, thinned} from "./terrain.js";

export function draw(study, root) {
  root.append(h("h1", {}, "Contour"), h("p", {class: "soft"}, "The value that a random forest expects where two parameters cross, all others being anything. Points are trials, crosses those that failed or are infeasible; the large one is " + (study.several ? "the compromise" : "the best") + "."));
  const failed = () => thinned(study.indices(i => study.isFailed(i)));
  const measured = () => thinned(study.indices(i => study.isMeasured(i)));
  return terrain(study, root, {
    path: "/values", title: `Expected ${study.metric}`,
    paint: {range: flat => reach(flat, {room: 0}), colour: share => scaleOf(study.sign > 0 ? share : 1 - share), line: "rgba(255,255,255,.55)",
      said: () => `Bright is better. Where crosses are, trials had no value: what is expected there is a guess from others.`},
    marks: (x, y) => [
      ({ctx, ...rest}) => pins(measured().map(i => study.config[x][i]), measured().map(i => study.config[y][i]), "#ffffff")({ctx, ...rest}),
      parts => pins(failed().map(i => study.config[x][i]), failed().map(i => study.config[y][i]), null, "cross")(parts),
      ({ctx, x: sx, y: sy}) => {
        const best = study.best()?.[1];
        if (best === undefined) return;
        ctx.lineWidth = 2.5; ctx.strokeStyle = "#000000"; ctx.fillStyle = "#e69f00";
        ctx.beginPath(); ctx.arc(sx(study.config[x][best]), sy(study.config[y][best]), 7, 0, 2 * Math.PI); ctx.fill(); ctx.stroke();
      }],
    points: (x, y) => ({count: study.count, x: i => study.isMeasured(i) ? study.config[x][i] ?? NaN : NaN, y: i => study.config[y][i] ?? NaN, text: i => told(study, i), open: i => { location.hash = `#/${study.number}/trial/${i}`; }}),
  });
}
