// The model beside the optimizer: turns, worth, forecasts, and what of the model's turns came to nothing.

import {empty, facts, h, number, percent, plural} from "../dom.js";
import {isCheck, isModel} from "../palette.js";
import {Plot, dots, line} from "../plot.js";
import {reach} from "../scale.js";
import {Table} from "../table.js";
import {worked} from "./worked.js";

export function draw(study, root) {
  root.append(h("h1", {}, "Model and optimizer"));
  if (!study.turns.length) {
    root.append(empty(study.card.llm === "none" ? "No model takes part in this study: every turn is the optimizer's." : "No model has had a turn yet."));
    return {};
  }
  const counts = h("div", {});
  root.append(counts);
  const box = h("div", {class: "two"});
  const answer = worked(study, root, () => "/credit", credit);
  root.append(box);
  const share = new Plot(box, {title: "The model's share of the proposals", height: 250});
  const worth = new Plot(box, {title: "What trials are worth", height: 250});
  const value = new Plot(box, {title: "Forecast of the value", height: 280});
  const chance = new Plot(box, {title: "Forecast of failure", height: 280});
  root.append(h("p", {class: "soft"}, "Worth: half whether a trial became the best, half the share of the last 20 that it beats; old trials count less. An adaptive share follows from it. "
    + "Forecasts of the model are shown beside what came of them, where it made any; those on the diagonal are right."));
  const table = new Table(root, {name: "models", filter: false, columns: [
    {name: "model", of: one => one.model, left: true}, {name: "turns", of: one => one.turns}, {name: "trials", of: one => one.trials}, {name: "bests", of: one => one.bests},
    {name: "gain", of: one => one.gain}, {name: "worth", of: one => one.worth, show: worth => number(worth, 3)}, {name: "fallbacks", of: one => one.fallbacks}, {name: "calls", of: one => one.calls}]});

  function credit({points, every}) {
    const xs = points.map(point => point[0]);
    worth.set({x: {kind: "linear", low: 0, high: Math.max(1, study.count), label: "trial", whole: true}, y: {kind: "linear", low: 0, high: 1, label: "worth"},
      layers: [line(xs, points.map(point => point[1]), "red"), line(xs, points.map(point => point[2]), "blue"), line(xs, points.map(point => point[3]), "soft", {wide: 1.2, dash: [4, 3]})],
      points: {count: xs.length, x: k => xs[k], y: k => points[k][1], text: k => `after trial ${xs[k]}\nmodel ${number(points[k][1], 3)}, optimizer ${number(points[k][2], 3)}\nmodel better with ${percent(points[k][3])}`},
      note: every > 1 ? `every ${every}th trial` : "", said: points.length ? `At last the model's ${number(points[points.length - 1][1], 3)}, the optimizer's ${number(points[points.length - 1][2], 3)}.` : ""});
    worth.means([["model", "red", "line"], ["optimizer", "blue", "line"], ["probability that the model's next is worth more", "soft", "line"]]);
  }

  async function models() {
    try { const totals = await study.ask("/totals"); table.set(totals.llm.models); counted(totals.llm); } catch { /* it is asked again with the next trial */ }
  }

  function counted(llm) {
    counts.replaceChildren(facts([
      ["Turns", String(llm.turns), "of the model"],
      ["Taken by the optimizer", String(llm.fallbacks), llm.over_budget ? `and ${llm.over_budget} over budget` : "fallbacks: no reply of use"],
      ["Sent back", String(llm.rejected), "replies: repeats, out of range, unreadable, sure to fail"],
      ["Mended", String(llm.repaired)],
      ["Echoes", String(llm.echoes), "the optimizer's own suggestion"],
      llm.forecasts.values && ["Values foretold", String(llm.forecasts.values), `off by ${number(llm.forecasts.median_error, 3)} in the median`],
      llm.forecasts.chances && ["Failures foretold", number(llm.forecasts.failures_expected, 3), `${llm.forecasts.failures_seen} came`],
    ]));
  }

  function update() {
    answer.update();
    models();
    const xs = [];
    const shares = [];
    let of = 0;
    let models_ = 0;
    for (let i = 0; i < study.count; i++) {
      const origin = study.originOf(i);
      if (isCheck(origin)) continue;
      of++;
      models_ += isModel(origin) ? 1 : 0;
      xs.push(i);
      shares.push(models_ / of);
    }
    const every = Math.max(1, Math.ceil(xs.length / 3000));
    const kept = xs.map((x, k) => k).filter(k => k % every === 0 || k === xs.length - 1);
    share.set({x: {kind: "linear", low: 0, high: Math.max(1, study.count), label: "trial", whole: true}, y: {kind: "linear", low: 0, high: Math.min(1, Math.max(.1, ...shares.slice(-1), ...kept.map(k => shares[k])) * 1.15), label: "share so far", format: percent},
      layers: [line(kept.map(k => xs[k]), kept.map(k => shares[k]), "red"), ...(study.card.share ? [line([0, study.count], [study.card.share, study.card.share], "soft", {wide: 1, dash: [4, 3]})] : [])],
      points: {count: kept.length, x: k => xs[kept[k]], y: k => shares[kept[k]], text: k => `after trial ${xs[kept[k]]}: ${percent(shares[kept[k]])}`},
      note: study.card.share ? `asked for: ${percent(study.card.share)} of the turns` : "adaptive", said: `${percent(shares[shares.length - 1])} of the proposals are the model's own.`});
    forecasts();
  }

  function forecasts() {
    const told = study.turns.filter(turn => isModel(study.originOf(turn.trial)));
    const values = told.filter(turn => turn.expected !== null && study.isMeasured(turn.trial));
    value.figure.hidden = !values.length;
    const [low, high] = reach([...values.map(turn => turn.expected), ...values.map(turn => study.value[turn.trial])], {share: .02});
    value.set({x: {kind: "linear", low, high, label: "expected"}, y: {kind: "linear", low, high, label: `measured ${study.metric}`},
      layers: [line([low, high], [low, high], "soft", {wide: 1, dash: [4, 3]}), dots(values.map(turn => turn.expected), values.map(turn => study.value[turn.trial]), "red", "triangle")],
      points: {count: values.length, x: k => values[k].expected, y: k => study.value[values[k].trial], text: k => `Trial ${values[k].trial}\nexpected ${number(values[k].expected)}, measured ${number(study.value[values[k].trial])}`, open: k => { location.hash = `#/${study.number}/trial/${values[k].trial}`; }},
      note: plural(values.length, "forecast"), said: `${plural(values.length, "forecast")} of values.`});
    const chances = told.filter(turn => turn.chance !== null);
    chance.figure.hidden = !chances.length;
    const bins = [0, .1, .25, .5, .75, 1.0001];
    const points = bins.slice(1).map((end, k) => {
      const inside = chances.filter(turn => turn.chance >= bins[k] && turn.chance < end);
      const failed = inside.filter(turn => study.isFailed(turn.trial)).length;
      return {n: inside.length, mean: inside.reduce((sum, turn) => sum + turn.chance, 0) / inside.length, share: failed / inside.length, failed};
    }).filter(point => point.n);
    chance.set({x: {kind: "linear", low: 0, high: 1, label: "chance of failure that was foretold", format: percent}, y: {kind: "linear", low: 0, high: 1, label: "share that failed", format: percent},
      layers: [line([0, 1], [0, 1], "soft", {wide: 1, dash: [4, 3]}), line(points.map(point => point.mean), points.map(point => point.share), "red", {wide: 1.5}), dots(points.map(point => point.mean), points.map(point => point.share), "red", "circle", {size: 5})],
      points: {count: points.length, x: k => points[k].mean, y: k => points[k].share, text: k => `${plural(points[k].n, "forecast")} around ${percent(points[k].mean)}\n${points[k].failed} failed`},
      note: plural(chances.length, "forecast"), said: points.map(point => `of ${point.n} around ${percent(point.mean)} ${point.failed} failed`).join("; ")});
  }

  update();
  return {update, close: () => { [share, worth, value, chance].forEach(plot => plot.close()); table.close(); }};
}
