// One small chart a parameter: every trial's value over it, and what a forest expects there.

import {choice, empty, h, number} from "../dom.js";
import {colour, colourOf, markOf} from "../palette.js";
import {Plot, band, dots, line} from "../plot.js";
import {axisOf, reach} from "../scale.js";
import {groups, told} from "./overview.js";
import {worked} from "./worked.js";

export function draw(study, root) {
  let share = 1;
  root.append(h("h1", {}, "Slices"), h("p", {class: "soft"}, "Each trial's " + study.metric + " over one parameter after the other. The line is what a random forest expects there, all other parameters being anything; "
    + "the band is what it says of samples of the trials. Crosses at the lower edge failed."),
    h("div", {class: "bar"}, choice("Values", [[.05, "without far ones"], [0, "all"]], .05, value => { share = Number(value) ? 1 : 0; update(); })));
  const answer = worked(study, root, () => "/importance", found => { expected = new Map(found.dependence.map(one => [one.name, one])); update(); });
  const box = h("div", {class: "small"});
  root.append(box);
  const plots = new Map();
  let expected = new Map();

  function update() {
    answer.update();
    const parameters = study.differing();
    if (!parameters.length) return box.replaceChildren(empty("No parameter has had two values yet."));
    const [low, high] = reach(study.value.filter((_, i) => study.isMeasured(i)), {share: share ? .05 : 0});
    const by = [...groups(study)];
    const failed = study.indices(i => study.isFailed(i));
    for (const parameter of parameters) {
      const name = parameter.name;
      if (!plots.has(name)) plots.set(name, new Plot(box, {title: name, height: 220, left: 54}));
      const values = study.config[name];
      const found = expected.get(name);
      const layers = by.map(([origin, trials]) => dots(trials.map(i => values[i]), trials.map(i => study.value[i]), colourOf(origin), markOf(origin), {size: 2.6, alpha: .55}));
      if (found) {
        const xs = found.points.map(point => point.value);
        layers.push(band(xs, found.points.map(point => point.low), found.points.map(point => point.high), "ink"), line(xs, found.points.map(point => point.mean), "ink", {wide: 2}));
      }
      layers.push(({ctx, x, height}) => {
        ctx.strokeStyle = colour("bad");
        ctx.globalAlpha = .7;
        ctx.beginPath();
        const taken = new Set();
        for (const i of failed) {
          const px = Math.round(x(values[i]));
          if (values[i] === null || taken.has(px)) continue;
          taken.add(px);
          ctx.moveTo(px - 2.5, height - 8); ctx.lineTo(px + 2.5, height - 3); ctx.moveTo(px + 2.5, height - 8); ctx.lineTo(px - 2.5, height - 3);
        }
        ctx.stroke();
      });
      plots.get(name).set({x: {...axisOf(parameter, values), label: ""}, y: {kind: "linear", low, high, label: ""}, layers,
        points: {count: study.count, x: i => values[i] ?? NaN, y: i => study.isMeasured(i) ? study.value[i] : NaN, text: i => `${name} ${number(values[i])}\n${told(study, i)}`, open: i => { location.hash = `#/${study.number}/trial/${i}`; }},
        said: found ? `Expected best at ${number(bestOf(found.points, study.sign).value)}.` : ""});
    }
  }

  update();
  return {update, close: () => plots.forEach(plot => plot.close())};
}

const bestOf = (points, sign) => points.reduce((best, one) => sign * one.mean < sign * best.mean ? one : best);
