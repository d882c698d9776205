// The history: every trial's value, the incumbent, noise and failures; above it what came of the study so far.

import {choice, dollars, facts, h, number, percent, plural, tick, time} from "../dom.js";
import {colour, colourOf, isModel, markOf} from "../palette.js";
import {Plot, bars, dots, line, rug} from "../plot.js";
import {reach} from "../scale.js";

/** What is said of a trial beside its mark. */
export function told(study, i) {
  const value = study.isFailed(i) ? `${study.statusOf(i)}${study.isInfeasible(i) ? `, ${study.metric} ${number(study.value[i])}` : ""}` : study.status[i] === 1 ? `pruned at ${number(study.value[i])}` : study.isPartial(i) ? `${study.metric} ${number(study.value[i])} after a part of a training` : `${study.metric} ${number(study.value[i])}`;
  return `Trial ${i} by ${study.originOf(i)}\n${value}, ${time(study.seconds[i])}`;
}

/** Trials by proposer: those that have a value. */
export function groups(study, wanted = i => study.status[i] === 0) {
  const groups = new Map();
  for (let i = 0; i < study.count; i++) {
    if (!wanted(i)) continue;
    const origin = study.originOf(i);
    if (!groups.has(origin)) groups.set(origin, []);
    groups.get(origin).push(i);
  }
  return groups;
}

export function draw(study, root) {
  const title = h("h1", {});
  const task = h("p", {class: "soft"}, study.card.task ?? "");
  const numbers = h("div", {});
  const options = {far: false, log: false, metric: study.metric};
  root.append(title, task, numbers, h("div", {class: "bar"},
    study.several ? choice("Objective", study.card.objectives.map(one => one.metric), options.metric, value => { options.metric = value; update(); }) : null,
    tick("show values far off", false, on => { options.far = on; update(); }),
    tick("logarithmic", false, on => { options.log = on; update(); })));
  const plot = new Plot(root, {title: "History", note: "drag to look closer", height: 380, zoom: true});
  const wishes = h("div", {});
  root.append(wishes);
  let totals = null;
  let asked = -1;

  async function count() {
    if (asked === study.count) return;
    asked = study.count;
    try { totals = await study.ask("/totals"); } catch { return; }
    if (totals.noise || study.several) update(); else head(); // they are drawn, too
  }

  /** What stands first: the best, or of several objectives the front, of which none is the best. */
  function first(best, began) {
    if (!study.several) {
      const gain = best && began[2] !== 0 ? Math.abs((best[2] - began[2]) / began[2]) : 0;
      title.textContent = best ? `${study.metric} ${number(began[2], 5)} → ${number(best[2], 5)}` : `${study.metric}: nothing measured yet`;
      return [best && ["Best", `trial ${best[1]}`, `by ${study.originOf(best[1])}${best[3] > 1 ? `, mean of ${best[3]} runs` : ""}`],
        best && ["Better by", best[1] === 0 ? "–" : percent(gain), best[1] === 0 ? "nothing beat the baseline" : "than the baseline"]];
    }
    const front = totals?.front?.length;
    title.textContent = front ? `${plural(front, "trial")} on the front of ${study.card.objectives.map(one => one.metric).join(", ")}` : best ? "Several objectives" : "Nothing measured yet";
    return [front && ["On the front", front.toLocaleString("en"), h("a", {href: `#/${study.number}/front`}, "show it")],
      best && ["The compromise", `trial ${best[1]}`, `by ${study.originOf(best[1])}`]];
  }

  function head() {
    const best = study.best();
    const infeasible = study.indices(i => study.isInfeasible(i)).length;
    const failed = study.indices(i => study.isFailed(i)).length - infeasible;
    let spent = 0;
    for (const seconds of study.seconds) spent += seconds;
    const llm = totals?.llm;
    numbers.replaceChildren(facts([
      ...first(best, study.bests[0]),
      ["Trials", study.count.toLocaleString("en"), !study.card.budget ? null : study.count > study.card.budget ? `${study.card.budget.toLocaleString("en")} asked for` : `of ${study.card.budget.toLocaleString("en")}`],
      ["Failed", failed.toLocaleString("en"), failed ? percent(failed / study.count) : null],
      (infeasible || study.card.feasible.length) && ["Infeasible", infeasible.toLocaleString("en"), study.card.feasible.join("; ")],
      ["Training", time(spent)],
      totals?.noise && ["Noise", `± ${number(totals.noise.sd, 3)}`, `from ${plural(totals.noise.repeats, "repeat")}`],
      llm && study.card.llm !== "none" && ["Model", plural(llm.turns, "turn"), `${llm.fallbacks ? `${llm.fallbacks} taken by the optimizer, ` : ""}${llm.usd === null ? "cost not known" : dollars(llm.usd)}`],
    ]));
    wishes.replaceChildren(...(study.card.steerings.length ? [h("h2", {}, "Steered"), h("ol", {}, study.card.steerings.map(one => h("li", {}, `before trial ${one.trial}: ${one.text}`)))] : []));
  }

  function update() {
    head();
    count();
    const measured = study.indices(i => study.status[i] === 0);
    const of = i => study.valueOf(options.metric, i);
    const values = measured.map(of);
    const positive = options.log && values.every(value => value > 0);
    const infeasible = study.indices(i => study.isInfeasible(i));
    const [low, high] = reach([...values, ...infeasible.map(of)], {share: options.far ? 0 : .05});
    const bests = study.bests.map(best => [best[0], options.metric === study.metric ? best[2] : of(best[1])]);
    const lowest = positive ? Math.max(Math.min(...low > 0 ? [low] : [Infinity], ...sample(values)), Number.MIN_VALUE) : Math.min(low, ...bests.slice(-1).map(best => best[1]));
    const off = options.far ? 0 : values.filter(value => value > high || value < lowest).length;
    const sd = study.several ? undefined : totals?.noise?.sd;
    const layers = [];
    if (sd && measured.length <= 2000) layers.push(bars(measured, values.map(value => value - sd), values.map(value => value + sd), "grey"));
    const legend = [];
    const order = [...groups(study)].sort(([a], [b]) => isModel(a) - isModel(b));
    for (const [origin, trials] of order) {
      layers.push(dots(trials, trials.map(of), colourOf(origin), markOf(origin)));
      legend.push([`${origin} ${trials.length.toLocaleString("en")}`, colourOf(origin), markOf(origin)]);
    }
    const failed = study.indices(i => study.isFailed(i) && !study.isInfeasible(i));
    layers.push(dots(infeasible, infeasible.map(of), "bad", "plus"), rug(failed, "bad"));
    if (infeasible.length) legend.push([`infeasible ${infeasible.length.toLocaleString("en")}`, "bad", "plus"]);
    if (failed.length) legend.push([`failed ${failed.length.toLocaleString("en")}`, "bad", "cross"]);
    if (study.several) layers.push(front(of));
    layers.push(line(bests.map(best => best[0]), bests.map(best => best[1]), study.several ? "soft" : "ink", {steps: "on", dash: study.several ? [5, 4] : []}));
    if (study.several) legend.push(["on the front", "ink", "ring"]);
    if (bests.length) legend.push(study.several ? ["the compromise", "soft", "dash"] : ["incumbent", "ink", "line"]);
    if (sd && measured.length <= 2000) legend.push([`± one standard deviation of repeats (${number(sd, 3)})`, "grey", "band"]);
    plot.set({
      x: {kind: "linear", low: -.5, high: Math.max(1, study.count - .5), label: "trial", whole: true},
      y: {kind: positive ? "log" : "linear", low: lowest, high, label: options.metric},
      layers,
      points: {count: study.count, x: i => i, y: i => study.status[i] === 0 || study.isInfeasible(i) ? of(i) : study.isFailed(i) ? lowest : NaN, text: i => told(study, i), open: i => { location.hash = `#/${study.number}/trial/${i}`; }},
      note: [off ? `${plural(off, "value")} far off not shown` : "", measured.length > 4000 ? "trials on one pixel drawn once" : "drag to look closer"].filter(Boolean).join("; "),
      said: study.best() ? `${plural(study.count, "trial")}; ${study.several ? "the compromise" : "the best"} is trial ${study.best()[1]} with ${study.metric} ${number(study.best()[2])}; ${failed.length} failed.` : `${plural(study.count, "trial")}, none measured.`,
    });
    plot.means(legend);
  }

  /** Rings around the trials of the front. */
  function front(of) {
    return ({ctx, x, y}) => {
      ctx.strokeStyle = colour("ink");
      ctx.lineWidth = 1.3;
      for (const {trial} of totals?.front ?? []) {
        ctx.beginPath(); ctx.arc(x(trial), y(of(trial)), 6, 0, 2 * Math.PI); ctx.stroke();
      }
    };
  }

  update();
  return {update, close: () => plot.close()};
}

/** Enough of many values to see their least. */
const sample = values => { let least = Infinity; for (const value of values) if (value < least) least = value; return [least]; };
