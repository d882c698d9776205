// Learning curves: what trials reported on their way.

import {choice, empty, h, number} from "../dom.js";
import {LINES, colour} from "../palette.js";
import {Plot, line} from "../plot.js";
import {reach} from "../scale.js";

const PICKS = {best: "the best 12", last: "the last 12", pruned: "the last 12 that were pruned or failed"};

function chosen(study, pick) {
  const measured = study.indices(i => study.isMeasured(i));
  if (pick === "best") return measured.sort((a, b) => study.sign * (study.value[a] - study.value[b])).slice(0, 12);
  return study.indices(i => pick === "last" || study.status[i] > 0).slice(-12);
}

export async function draw(study, root) {
  let pick = "best";
  let curves = {};
  let asked = null;
  const none = h("div", {});
  root.append(h("h1", {}, "Learning curves"), h("div", {class: "bar"}, choice("Show", Object.entries(PICKS), pick, value => { pick = value; update(); })), none);
  const plot = new Plot(root, {title: `${study.metric} on the way`, height: 400, zoom: true});

  async function update() {
    const trials = chosen(study, pick);
    const key = trials.join(",");
    if (key === asked) return;
    asked = key;
    curves = key ? await study.ask(`/curves?trials=${key}`) : {};
    if (key === asked) show(trials.filter(i => curves[i]));
  }

  function show(trials) {
    none.replaceChildren(trials.length ? "" : empty("None of these trials reported values on its way. A script reports them by printing its metric more than once."));
    plot.figure.hidden = !trials.length;
    if (!trials.length) return;
    const points = trials.flatMap(i => curves[i].map(([step, value]) => [i, step, value]));
    const [low, high] = reach(points.map(point => point[2]), {share: .05});
    const best = study.best()?.[1];
    plot.set({
      x: {kind: "linear", low: Math.min(...points.map(point => point[1])), high: Math.max(...points.map(point => point[1])), label: "step", whole: points.every(point => Number.isInteger(point[1]))},
      y: {kind: "linear", low, high, label: study.metric},
      layers: [...trials.map((i, k) => line(curves[i].map(point => point[0]), curves[i].map(point => point[1]), LINES[k % LINES.length], {wide: i === best ? 3.5 : 1.6, dash: k < LINES.length ? [] : [5, 3]})),
        ({ctx, x, y}) => {
          ctx.fillStyle = colour("ink");
          ctx.textAlign = "right";
          const taken = [];
          for (const i of [...trials].sort((a, b) => (b === best) - (a === best))) { const [step, value] = curves[i][curves[i].length - 1]; const [px, py] = [x(step) - 3, y(value) - 7]; if (taken.some(([qx, qy]) => Math.abs(px - qx) < 26 && Math.abs(py - qy) < 13)) continue; taken.push([px, py]); ctx.fillText(String(i), px, py); }
        }],
      points: {count: points.length, x: k => points[k][1], y: k => points[k][2], text: k => `Trial ${points[k][0]}\nstep ${number(points[k][1])}: ${number(points[k][2])}`, open: k => { location.hash = `#/${study.number}/trial/${points[k][0]}`; }},
      note: "numbers at the ends are trials, where they have room", said: `Curves of trials ${trials.join(", ")}.`,
    });
    plot.means(trials.map((i, k) => [`trial ${i}${i === best ? ", the best" : ""}`, LINES[k % LINES.length], k < LINES.length ? "line" : "dash"]));
  }

  await update();
  return {update, close: () => plot.close()};
}
