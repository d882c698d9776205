// One trial with everything that is known of it.

import {empty, facts, h, number, percent, time} from "../dom.js";
import {sideBySide} from "./lineage.js";
import {questions} from "./talk.js";
import {Plot, dots, line} from "../plot.js";
import {reach} from "../scale.js";

export async function draw(study, root, more) {
  const i = Number(more);
  if (!Number.isInteger(i) || i < 0 || i >= study.count) {
    root.append(h("h1", {}, `Trial ${more}`), empty(`There is no trial ${more}.`));
    return {go: () => draw(study, (root.replaceChildren(), root), location.hash.split("/")[3] ?? "")};
  }
  const trial = await study.ask(`/trial?number=${i}`);
  const plots = [];
  const link = (to, text) => to >= 0 && to < study.count ? h("a", {href: `#/${study.number}/trial/${to}`}, text) : null;
  root.append(
    h("h1", {}, `Trial ${i}`),
    h("div", {class: "bar"}, link(i - 1, `← trial ${i - 1}`), link(i + 1, `trial ${i + 1} →`), h("a", {href: `#/${study.number}/trials`}, "all trials")),
    facts([
      [study.metric, trial.value === undefined ? trial.reason ?? trial.status : number(trial.value), trial.status === "pruned" ? "pruned there" : trial.status === "infeasible" ? `infeasible: breaks ${trial.broken.join("; ")}` : null],
      ...Object.keys(study.values).map(name => [name, number(study.values[name][i])]),
      ["By", trial.origin, trial.model?.author || trial.wish?.author || null],
      ["Took", time(trial.seconds)],
      ["Ended", new Date(study.end[i]).toLocaleString("sv")],
      trial.holdout !== undefined && ["On the hold-out", number(trial.holdout)],
      trial.sandbox && ["Sandbox", trial.sandbox],
    ]),
    h("h2", {}, "What came of it"),
    ...trial.story.map(text => h("p", {class: text.startsWith("  ") ? "story in" : "story"}, text.trim())));
  root.append(h("h2", {}, "Its values"), config(study, i));
  if (trial.metrics) root.append(h("h2", {}, "Other metrics"), table(["metric", "value"], Object.entries(trial.metrics).map(([name, value]) => [name, number(value)])));
  if (trial.curve.length > 1) {
    const plot = new Plot(root, {title: "Learning curve", height: 240});
    const [xs, ys] = [trial.curve.map(point => point[0]), trial.curve.map(point => point[1])];
    const [low, high] = reach(ys);
    plot.set({x: {kind: "linear", low: xs[0], high: xs[xs.length - 1], label: "step", whole: xs.every(Number.isInteger)}, y: {kind: "linear", low, high, label: study.metric}, layers: [line(xs, ys, "blue"), dots(xs, ys, "blue", "circle", {size: 2})],
      points: {count: xs.length, x: k => xs[k], y: k => ys[k], text: k => `step ${number(xs[k])}: ${number(ys[k])}`}, said: `From ${number(ys[0])} to ${number(ys[ys.length - 1])}.`});
    plots.push(plot);
  }
  if (trial.model) root.append(h("h2", {}, "The model's turn"), turn(trial.model), await questions(study, i));
  if (trial.diff) root.append(h("h2", {}, "What it changed of the script"), sideBySide(trial.diff));
  for (const [name, text] of Object.entries(trial.files)) {
    root.append(h("details", {open: name === "tail.log"}, h("summary", {}, name === "tail.log" ? "The end of its output" : "The beginning of its output"), h("pre", {tabindex: 0}, text)));
  }
  return {close: () => plots.forEach(plot => plot.close()), go: to => redrawn(study, root, to, plots)};
}

async function redrawn(study, root, more, plots) {
  plots.forEach(plot => plot.close());
  root.replaceChildren();
  await draw(study, root, more);
  document.getElementById("main").dataset.drawn = `${study.number}/trial/${more}`;
}

function table(head, rows) {
  return h("div", {class: "grid"}, h("table", {}, h("thead", {}, h("tr", {}, head.map((text, k) => h("th", {scope: "col", class: k ? null : "text"}, text)))),
    h("tbody", {}, rows.map(row => h("tr", {}, row.map((text, k) => h("td", {class: k ? null : "text"}, text)))))));
}

function config(study, i) {
  const best = study.best()?.[1];
  const names = Object.keys(study.config).filter(name => study.config[name][i] !== null);
  const head = ["parameter", "baseline", `trial ${i}`, ...(best !== undefined && best !== i && best !== 0 ? [`${study.several ? "compromise" : "best"}, trial ${best}`] : [])];
  return table(head, together(names).map(([name, pieces]) => [name, ...[0, i, ...(head.length > 3 ? [best] : [])].map(k => {
    const values = pieces.map(piece => number(study.config[piece][k], 6));
    const text = new Set(values).size > 1 ? pieces.map((piece, at) => `${piece.split("@")[1]}: ${values[at]}`).join(", ") : values[0];
    return k === i && pieces.some(piece => study.config[piece][0] !== study.config[piece][i]) ? h("strong", {}, text) : text;
  })]));
}

/** The parameters by the names in the script: the pieces of a schedule, such as LR@0 and LR@0.5, have one row. */
function together(names) {
  const rows = new Map();
  for (const name of names) rows.set(name.split("@")[0], [...(rows.get(name.split("@")[0]) ?? []), name]);
  return [...rows];
}

function turn(model) {
  return facts([
    model.author && ["Asked", model.author],
    ["Calls", String(model.calls ?? 0)],
    ["Tokens", `${(model.tokens_in ?? 0).toLocaleString("en")} in`, `${(model.tokens_out ?? 0).toLocaleString("en")} out`],
    model.expected !== undefined && ["Expected", number(model.expected)],
    model.expected_failure !== undefined && ["Chance of failure", percent(model.expected_failure)],
    model.rejected?.length && ["Sent back", String(model.rejected.length)],
    model.fallback && ["Taken by the optimizer", model.why ?? "yes"],
  ]);
}
