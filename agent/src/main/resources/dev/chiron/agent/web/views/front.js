// Several objectives: the trials that none beats, those that are beaten, and those that break a condition, over any two objectives.

import {choice, empty, facts, h, number, plural, tick} from "../dom.js";
import {colour, colourOf, mark, markOf} from "../palette.js";
import {Plot, dots, line} from "../plot.js";
import {reach} from "../scale.js";
import {Table} from "../table.js";
import {told} from "./overview.js";
import {words} from "./trials.js";

export function draw(study, root) {
  root.append(h("h1", {}, "Pareto front"));
  const objectives = study.card.objectives ?? [];
  if (objectives.length < 2) {
    root.append(empty(`This study has one objective, ${study.metric}: its best trial is its front.`));
    return {};
  }
  const metrics = objectives.map(one => one.metric);
  const goal = metric => objectives.find(one => one.metric === metric).goal;
  const options = {x: metrics[0], y: metrics[1], infeasible: true, far: false};
  const numbers = h("div", {});
  root.append(h("p", {class: "soft"}, "No other trial is as good as one of the front in everything and better in something. What it is worth to give up one for the other only you can say; "
    + "the compromise is what is nowhere far from the best."), numbers, h("div", {class: "bar"},
    choice("Across", metrics, options.x, value => { options.x = value; show(); }),
    choice("Upright", metrics, options.y, value => { options.y = value; show(); }),
    tick("infeasible trials", true, on => { options.infeasible = on; show(); }),
    tick("show values far off", false, on => { options.far = on; show(); })));
  const plot = new Plot(root, {title: "Trials by two objectives", height: 420, zoom: true, left: 70});
  const volume = new Plot(root, {title: "Hypervolume", height: 220, left: 70});
  root.append(h("h2", {}, "The trials of the front"));
  const table = new Table(root, {name: "front", columns: [], open: one => `#/${study.number}/trial/${one.trial}`});
  let found = null;
  let worth = new Map(); // of a trial of the front: with repeats the means of its config's runs
  const valueOf = (metric, i) => worth.get(i)?.[metric] ?? study.valueOf(metric, i);
  let asked = -1;

  async function update() {
    if (asked === study.count) return;
    asked = study.count;
    try { found = await study.ask("/totals"); } catch { asked = -1; return; } // it is asked again with the next trial
    head();
    show();
  }

  function head() {
    const {front, hypervolume, best} = found;
    const measured = study.indices(i => study.isMeasured(i)).length;
    numbers.replaceChildren(facts([
      ["On the front", plural(front.length, "trial"), `of ${measured.toLocaleString("en")} measured`],
      study.card.feasible.length && ["Infeasible", (found.infeasible ?? 0).toLocaleString("en"), study.card.feasible.join("; ")],
      best && ["The compromise", h("a", {href: `#/${study.number}/trial/${best.trial}`}, `trial ${best.trial}`), metrics.map(metric => `${metric} ${number(best.values[metric], 4)}`).join(", ")],
      ["Hypervolume", number(hypervolume.now, 5), `up to ${Object.entries(hypervolume.reference).map(([metric, value]) => `${metric} ${number(value, 4)}`).join(", ")}`],
    ]));
    const xs = hypervolume.history.map((_, k) => k);
    volume.set({x: {kind: "linear", low: 0, high: Math.max(1, xs.length - 1), label: "trial", whole: true}, y: {kind: "linear", low: 0, high: hypervolume.now || 1, label: "volume"},
      layers: [line(xs, hypervolume.history, "ink", {steps: "on"})],
      points: {count: xs.length, x: k => k, y: k => hypervolume.history[k], text: k => `after trial ${k}: ${number(hypervolume.history[k], 5)}`}, note: "what the front beats, after each trial", said: `At last ${number(hypervolume.now, 5)}.`});
    const differing = study.differing().map(parameter => parameter.name);
    table.set(front, [{name: "trial", of: one => one.trial}, {name: "by", of: one => one.origin, left: true, show: (text, one) => one.trial === best?.trial ? `${text}, the compromise` : text},
      ...metrics.map(metric => ({name: metric, of: one => one.values[metric]})),
      ...differing.map(name => ({name, of: one => one.config[name] ?? null, left: words(study.config[name]), show: value => number(value, 5)}))]);
  }

  function show() {
    if (!found) return;
    const {x, y} = options;
    const on = new Set(found.front.map(one => one.trial));
    worth = new Map(found.front.map(one => [one.trial, one.values]));
    const front = found.front.map(one => one.trial).sort((a, b) => valueOf(x, a) - valueOf(x, b));
    const beaten = study.indices(i => study.isMeasured(i) && !on.has(i));
    const broken = options.infeasible ? study.indices(i => study.isInfeasible(i)) : [];
    const all = [...front, ...beaten, ...broken];
    const at = metric => all.map(i => valueOf(metric, i));
    const range = metric => reach([...at(metric)], {share: options.far ? 0 : .05});
    const wide = metric => { const [low, high] = range(metric); const own = front.map(i => valueOf(metric, i)); return [Math.min(low, ...own), Math.max(high, ...own)]; };
    const [[left, right], [low, high]] = [wide(x), wide(y)];
    const off = all.filter(i => valueOf(x, i) < left || valueOf(x, i) > right || valueOf(y, i) < low || valueOf(y, i) > high).length;
    const xs = trials => trials.map(i => valueOf(x, i));
    const ys = trials => trials.map(i => valueOf(y, i));
    const best = found.best?.trial;
    const layers = [dots(xs(beaten), ys(beaten), "grey", "circle", {size: 3, alpha: .55}), dots(xs(broken), ys(broken), "bad", "plus", {size: 3.6})];
    if (metrics.length === 2 && x !== y) layers.push(edge(front, valueOf, x, y, goal));
    layers.push(({ctx, x: sx, y: sy}) => {
      for (const i of front) {
        const [px, py] = [sx(valueOf(x, i)), sy(valueOf(y, i))];
        ctx.fillStyle = ctx.strokeStyle = colour(colourOf(study.originOf(i)));
        ctx.lineWidth = 2;
        mark(ctx, markOf(study.originOf(i)), px, py, 5.2);
        if (i === best) { ctx.strokeStyle = colour("ink"); ctx.beginPath(); ctx.arc(px, py, 9.5, 0, 2 * Math.PI); ctx.stroke(); }
      }
    });
    const better = (metric, less, more) => goal(metric) === "minimize" ? less : more;
    plot.set({x: {kind: "linear", low: left, high: right, label: x}, y: {kind: "linear", low, high, label: y}, layers,
      points: {count: all.length, x: k => valueOf(x, all[k]), y: k => valueOf(y, all[k]), open: k => { location.hash = `#/${study.number}/trial/${all[k]}`; },
        text: k => `${told(study, all[k])}\n${metrics.slice(1).map(metric => `${metric} ${number(valueOf(metric, all[k]))}`).join(", ")}${on.has(all[k]) ? "\non the front" : ""}`},
      note: `better is ${better(x, "left", "right")} and ${better(y, "down", "up")}${off ? `; ${plural(off, "trial")} far off not shown` : ""}`,
      said: `${plural(front.length, "trial")} on the front, ${beaten.length} beaten, ${broken.length} infeasible; better is ${better(x, "left", "right")} and ${better(y, "down", "up")}.`});
    const by = new Map();
    for (const i of front) by.set(study.originOf(i), (by.get(study.originOf(i)) ?? 0) + 1);
    plot.means([...[...by].map(([origin, count]) => [`front, ${origin} ${count}`, colourOf(origin), markOf(origin)]), [`beaten ${beaten.length.toLocaleString("en")}`, "grey", "circle"],
      ...(broken.length ? [[`infeasible ${broken.length.toLocaleString("en")}`, "bad", "plus"]] : []), ...(best === undefined ? [] : [["the compromise", "ink", "ring"]])]);
  }

  update();
  return {update, close: () => { plot.close(); volume.close(); table.close(); }};
}

/** The edge of what two objectives' front beats: from one of it straight to where the next begins. */
function edge(front, valueOf, x, y, goal) {
  return ({ctx, x: sx, y: sy}) => {
    ctx.strokeStyle = colour("ink");
    ctx.lineWidth = 1.4;
    ctx.globalAlpha = .7;
    ctx.beginPath();
    const first = goal(x) === "minimize"; // then what is beaten lies to the right of each
    front.forEach((i, k) => {
      const [px, py] = [sx(valueOf(x, i)), sy(valueOf(y, i))];
      if (k) {
        const before = front[k - 1];
        if (first) ctx.lineTo(px, sy(valueOf(y, before))); else ctx.lineTo(sx(valueOf(x, before)), py);
        ctx.lineTo(px, py);
      } else ctx.moveTo(px, py);
    });
    ctx.stroke();
  };
}
