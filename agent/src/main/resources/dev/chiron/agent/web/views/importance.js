// How much each parameter matters, with intervals; and which matter only together.

import {h, percent} from "../dom.js";
import {colour} from "../palette.js";
import {Plot} from "../plot.js";
import {Table} from "../table.js";
import {worked} from "./worked.js";

export function draw(study, root) {
  root.append(h("h1", {}, "Importance"), h("p", {class: "soft"}, "fANOVA: the share of the variance of the values' ranks over the whole space that a parameter explains by itself; the line is one standard deviation over the trees. "
    + "PED-ANOVA: the share of what tells the best tenth of the configs from all of them; the line is its 95 % interval."));
  const caution = h("p", {});
  const box = h("div", {class: "two"});
  const plots = [new Plot(box, {title: "fANOVA: what decides the value", left: 130}), new Plot(box, {title: "PED-ANOVA: what decides what is best", left: 130})];
  const pairs = h("div", {});
  let table = null;
  box.hidden = true;
  const answer = worked(study, root, () => "/importance", show);
  root.append(caution, box, pairs);

  function show({parameters, interactions, caution: text}) {
    caution.textContent = text[0].toUpperCase() + text.slice(1) + ".";
    box.hidden = false;
    const rows = [["share", one => one.share, one => Math.max(0, one.share - one.sd), one => one.share + one.sd, "blue"], ["best", one => one.best, one => one.best_low, one => one.best_high, "orange"]];
    rows.forEach(([, of, low, high, name], k) => {
      const plot = plots[k];
      plot.height = 90 + 26 * parameters.length;
      plot.set({
        x: {kind: "linear", low: 0, high: Math.max(.05, ...parameters.map(high)), label: "", format: percent},
        y: {kind: "point", options: parameters.map(one => one.name).reverse()},
        layers: [({ctx, x, y}) => parameters.forEach(one => {
          const at = y(one.name);
          ctx.fillStyle = colour(name);
          ctx.globalAlpha = .85;
          ctx.fillRect(0, at - 7, Math.max(1, x(of(one))), 14);
          ctx.globalAlpha = 1;
          ctx.strokeStyle = colour("ink");
          ctx.lineWidth = 1.5;
          ctx.beginPath(); ctx.moveTo(x(low(one)), at); ctx.lineTo(x(high(one)), at);
          for (const end of [low(one), high(one)]) { ctx.moveTo(x(end), at - 4); ctx.lineTo(x(end), at + 4); }
          ctx.stroke();
        })],
        points: {count: parameters.length, x: i => of(parameters[i]), y: i => parameters[i].name, text: i => `${parameters[i].name}: ${percent(of(parameters[i]))}\n${percent(low(parameters[i]))} to ${percent(high(parameters[i]))}`},
        said: parameters.slice(0, 5).map(one => `${one.name} ${percent(of(one))}`).join(", ") + ".",
      });
    });
    if (!table) {
      pairs.append(h("h2", {}, "Only together"), h("p", {class: "soft"}, "What two parameters explain beyond what each does by itself."));
      table = new Table(pairs, {name: "interactions", filter: false, columns: [{name: "first", of: one => one.first, left: true}, {name: "second", of: one => one.second, left: true},
        {name: "share", of: one => one.share, show: percent}, {name: "sd", text: "±", of: one => one.sd, show: percent}]});
    }
    table.set(interactions);
  }

  answer.update();
  return {update: () => answer.update(), close: () => { plots.forEach(plot => plot.close()); table?.close(); }};
}
