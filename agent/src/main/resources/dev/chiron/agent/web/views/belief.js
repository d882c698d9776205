// What CMA-ES believed: where it looks, how wide, and which parameters it moves together.

import {choice, empty, h, number, percent, plural} from "../dom.js";
import {LINES, colour} from "../palette.js";
import {Plot, band, dots, line} from "../plot.js";
import {axisOf} from "../scale.js";

export async function draw(study, root) {
  root.append(h("h1", {}, "What the optimizer believes"), h("p", {class: "soft"}, "CMA-ES draws its configs from a normal distribution, which it moves and reshapes after each generation. "
    + "Only the last state is kept on disk: those before it are worked out here, by going through the study again without running anything."));
  const said = h("p", {class: "soft", role: "status"}, "Working it out …");
  const box = h("div", {hidden: true});
  root.append(said, box);
  const two = h("div", {class: "two"});
  const sigma = new Plot(two, {title: "Step size", height: 250});
  const spectrum = new Plot(two, {title: "Eigen-spectrum", note: "one sigma along each axis, in ranges", height: 250});
  const controls = h("div", {class: "bar"});
  const slider = h("input", {type: "range", min: 0, value: 0, on: {input: () => { follow = false; at = Number(slider.value); ellipse(); }}});
  const when = h("output", {});
  const pair = new Plot(h("div", {}), {title: "Where it looks", height: 420, left: 76});
  const small = h("div", {class: "small"});
  const choices = h("div", {});
  const axes = new Map();
  const chances = new Map();
  let points = [];
  let [x, y] = ["", ""];
  let at = 0;
  let follow = true;
  let closed = false;
  let asking = false;

  box.append(two, h("h2", {}, "Two parameters together"), controls, pair.figure, h("h2", {}, "Each parameter over time"), h("p", {class: "soft"}, "The line is the mean, the band one standard deviation to either side."), small, choices);

  async function update() {
    if (asking || closed) return;
    asking = true;
    let found;
    try { found = await study.ask("/belief"); } catch (problem) { said.textContent = problem.message; return; } finally { asking = false; }
    if (closed) return;
    points = found.points;
    const kept = found.same === undefined ? "" : found.same ? " The last state that the study kept was met exactly." : " The state that the study kept is another: it was gone on with by other settings than it began with, so earlier states may have been others, too.";
    said.textContent = found.problem || (found.working ? `Worked out up to trial ${found.upTo} of ${found.of} …`
      : `${plural(found.upTo, "trial")} gone through${found.of > found.most ? ` of ${found.of.toLocaleString("en")}: going through more would take too long` : ""}.${found.every > 1 ? ` Shown is every ${found.every}th generation.` : ""}${kept}`);
    box.hidden = !points.length;
    root.dataset.upTo = found.upTo;
    if (points.length) show();
    if (found.working) setTimeout(update, 400);
  }

  function show() {
    const last = points[points.length - 1];
    const names = last.axes.map(axis => axis.name);
    if (!names.includes(x) || !names.includes(y)) {
      [x, y] = names.length > 1 ? correlated(last) : [names[0], names[0]];
      controls.replaceChildren(choice("Across", names, x, value => { x = value; ellipse(); }), choice("Upright", names, y, value => { y = value; ellipse(); }), h("label", {}, "After trial ", slider), when);
    }
    slider.max = points.length - 1;
    if (follow) at = points.length - 1;
    slider.value = at;
    const xs = points.map(point => point.trial);
    const across = {kind: "linear", low: 0, high: Math.max(1, ...xs), label: "trial", whole: true};
    const sigmas = points.map(point => point.sigma);
    sigma.set({x: across, y: {kind: "log", low: Math.min(...sigmas) * .8, high: Math.max(...sigmas) * 1.25, label: "sigma"}, layers: [line(xs, sigmas, "blue", {steps: true})],
      points: {count: xs.length, x: k => xs[k], y: k => sigmas[k], text: k => `after trial ${xs[k]}: sigma ${number(sigmas[k], 4)}\ngeneration ${points[k].generation}, population ${points[k].population}`}, said: `At last ${number(last.sigma, 4)}, in generation ${last.generation}.`});
    const sorted = points.map(point => [...point.spectrum].sort((a, b) => b - a));
    const all = sorted.flat().filter(value => value > 0);
    spectrum.set({x: across, y: {kind: "log", low: Math.min(...all) * .8, high: Math.max(...all) * 1.25, label: "one-sigma length"},
      layers: sorted[sorted.length - 1].map((_, k) => line(xs, sorted.map(one => one[k] ?? NaN), LINES[k % LINES.length], {wide: 1.5, steps: true, alpha: .85})),
      points: {count: xs.length, x: k => xs[k], y: k => sorted[k][0], text: k => `after trial ${xs[k]}: ${number(sorted[k][0], 3)} to ${number(sorted[k][sorted[k].length - 1], 3)}`},
      said: `At last from ${number(sorted[sorted.length - 1][0], 3)} to ${number(sorted[sorted.length - 1].slice(-1)[0], 3)}.`});
    ellipse();
    over(last, xs, across);
    options(last, xs, across);
  }

  const parameter = name => study.card.parameters.find(one => one.name === name);

  function over(last, xs, across) {
    last.axes.forEach((axis, k) => {
      const known = parameter(axis.name);
      if (!known) return;
      if (!axes.has(axis.name)) axes.set(axis.name, new Plot(small, {title: axis.name, height: 200, left: 66}));
      const of = field => points.map(point => point.axes.find(one => one.name === axis.name)?.[field] ?? NaN);
      axes.get(axis.name).set({x: {...across, label: ""}, y: {...axisOf(known), label: ""},
        layers: [band(xs, of("low"), of("high"), "blue", .22), line(xs, of("value"), "blue")],
        points: {count: xs.length, x: i => xs[i], y: i => of("value")[i], text: i => `after trial ${xs[i]}: ${number(of("value")[i], 4)}\n${number(of("low")[i], 4)} to ${number(of("high")[i], 4)}`},
        said: `At last ${number(axis.value, 4)}, from ${number(axis.low, 4)} to ${number(axis.high, 4)}.`});
    });
  }

  function options(last, xs, across) {
    if (last.categories.length && !chances.size) choices.append(h("h2", {}, "Choices"), h("p", {class: "soft"}, "The probability with which each option is drawn."), h("div", {class: "small"}));
    last.categories.forEach((category, c) => {
      const known = parameter(category.name);
      if (!chances.has(category.name)) chances.set(category.name, new Plot(choices.lastChild, {title: category.name, height: 220}));
      const plot = chances.get(category.name);
      const of = k => points.map(point => point.categories[c]?.chances[k] ?? NaN);
      plot.set({x: across, y: {kind: "linear", low: 0, high: 1, label: "probability", format: percent}, layers: category.chances.map((_, k) => line(xs, of(k), LINES[k % LINES.length], {steps: true})),
        said: category.chances.map((chance, k) => `${known?.options[k]} ${percent(chance)}`).join(", ") + "."});
      plot.means(category.chances.map((_, k) => [String(known?.options[k] ?? k), LINES[k % LINES.length], "line"]));
    });
  }

  function ellipse() {
    const point = points[at];
    if (!point || !parameter(x) || !parameter(y)) return;
    const i = point.axes.findIndex(axis => axis.name === x);
    const j = point.axes.findIndex(axis => axis.name === y);
    when.textContent = String(point.trial);
    slider.setAttribute("aria-valuetext", `after trial ${point.trial}`);
    const [a, b, c] = [point.covariance[i][i], point.covariance[i][j], point.covariance[j][j]];
    const before = study.indices(k => k < point.trial && study.config[x]?.[k] !== null);
    const told = before.filter(k => study.isMeasured(k));
    const layer = ({ctx, x: sx, y: sy, width, height}) => {
      const [px, py] = [along(point.axes[i], sx, width, axisOf(parameter(x))), along(point.axes[j], sy, height, axisOf(parameter(y)))];
      ctx.fillStyle = ctx.strokeStyle = colour("blue");
      for (const [radius, alpha] of [[2, .10], [1, .16]]) {
        ctx.beginPath();
        for (let k = 0; k <= 72; k++) {
          const [u, v] = [Math.cos(k * Math.PI / 36), Math.sin(k * Math.PI / 36)];
          const l11 = Math.sqrt(a);
          const l21 = l11 ? b / l11 : 0;
          const l22 = Math.sqrt(Math.max(0, c - l21 * l21));
          ctx.lineTo(px(point.axes[i].mean + radius * l11 * u), py(point.axes[j].mean + radius * (l21 * u + l22 * v)));
        }
        ctx.closePath();
        ctx.globalAlpha = alpha; ctx.fill();
        ctx.globalAlpha = .9; ctx.lineWidth = radius === 1 ? 2 : 1; ctx.stroke();
      }
      ctx.globalAlpha = 1;
      ctx.beginPath(); ctx.arc(px(point.axes[i].mean), py(point.axes[j].mean), 4.5, 0, 2 * Math.PI); ctx.fill();
    };
    pair.set({x: axisOf(parameter(x)), y: axisOf(parameter(y)),
      layers: [dots(told.map(k => study.config[x][k]), told.map(k => study.config[y][k]), "grey", "circle", {size: 2.6, alpha: .6}), layer],
      points: {count: told.length, x: k => study.config[x][told[k]], y: k => study.config[y][told[k]], text: k => `Trial ${told[k]}: ${number(study.value[told[k]])}`, open: k => { location.hash = `#/${study.number}/trial/${told[k]}`; }},
      note: `after ${plural(point.trial, "trial")}; one and two standard deviations`,
      said: `Correlation ${number(a && c ? b / Math.sqrt(a * c) : 0, 2)}; mean ${number(point.axes[i].value, 4)} and ${number(point.axes[j].value, 4)}.`});
  }

  await update();
  return {update, close: () => { closed = true; [sigma, spectrum, pair, ...axes.values(), ...chances.values()].forEach(plot => plot.close()); }};
}

/** Where a coordinate of the unit cube lies on an axis: both are straight between the ends of the range. */
function along({ends}, on, size, axis) {
  const [first, last] = axis.kind === "point" ? [on(axis.options[0]), on(axis.options[axis.options.length - 1])] : [on(axis.low), on(axis.high)];
  return u => first + (last - first) * (u - ends[0]) / (ends[1] - ends[0] || 1);
}

/** The two axes that move together most. */
function correlated({axes, covariance}) {
  let best = [0, 1, -1];
  for (let i = 0; i < axes.length; i++) for (let j = i + 1; j < axes.length; j++) {
    const strength = Math.abs(covariance[i][j]) / Math.sqrt(covariance[i][i] * covariance[j][j] || 1);
    if (strength > best[2]) best = [i, j, strength];
  }
  return [axes[best[0]].name, axes[best[1]].name];
}
