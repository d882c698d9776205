// What models have cost: money and tokens, and what came of it.

import {dollars, empty, facts, h, number} from "../dom.js";
import {Plot, line} from "../plot.js";
import {Table} from "../table.js";

export function draw(study, root) {
  root.append(h("h1", {}, "Cost"));
  if (!study.turns.length) {
    root.append(empty(study.card.llm === "none" ? "No model takes part in this study: it costs nothing but machine time." : "No model has had a turn yet."));
    return {};
  }
  const counts = h("div", {});
  root.append(counts);
  const box = h("div", {class: "two"});
  root.append(box);
  const money = new Plot(box, {title: "Money spent so far", height: 260, left: 70});
  const tokens = new Plot(box, {title: "Tokens so far", height: 260, left: 70});
  const table = new Table(root, {name: "costs", filter: false, columns: [
    {name: "model", of: one => one.model, left: true}, {name: "turns", of: one => one.turns}, {name: "calls", of: one => one.calls}, {name: "tokens_in", text: "tokens in", of: one => one.tokens_in},
    {name: "tokens_out", text: "tokens out", of: one => one.tokens_out}, {name: "usd", text: "cost", of: one => one.usd, show: dollars}, {name: "gain", of: one => one.gain},
    {name: "usd_a_gain", text: "cost of a gain of 1", of: one => one.usd && one.gain ? one.usd / one.gain : null, show: value => value === null ? "–" : dollars(value)}]});

  async function update() {
    const xs = study.turns.map(turn => turn.trial);
    const sums = of => { let sum = 0; return study.turns.map(turn => sum += of(turn) ?? 0); };
    const [usd, into, out] = [sums(turn => turn.usd), sums(turn => turn.in), sums(turn => turn.out)];
    const unknown = study.turns.filter(turn => turn.usd === null).length;
    const x = {kind: "linear", low: 0, high: Math.max(1, study.count), label: "trial", whole: true};
    const last = all => all[all.length - 1];
    money.figure.hidden = !last(usd); // nothing costs nothing, or no price is known: the first line says which
    tokens.figure.hidden = !last(into) && !last(out);
    money.set({x, y: {kind: "linear", low: 0, high: last(usd) || .01, label: "US dollars"}, layers: [line(xs, usd, "orange", {steps: "on"})],
      points: {count: xs.length, x: k => xs[k], y: k => usd[k], text: k => `after trial ${xs[k]}: ${dollars(usd[k])}`}, note: unknown ? `without ${unknown} turns whose price is not known` : "", said: `${dollars(last(usd))}.`});
    tokens.set({x, y: {kind: "linear", low: 0, high: Math.max(last(into), last(out), 1), label: "tokens"}, layers: [line(xs, into, "blue", {steps: "on"}), line(xs, out, "red", {steps: "on"})],
      points: {count: xs.length, x: k => xs[k], y: k => into[k], text: k => `after trial ${xs[k]}\n${into[k].toLocaleString("en")} in, ${out[k].toLocaleString("en")} out`}, said: `${last(into)} in, ${last(out)} out.`});
    tokens.means([["in", "blue", "line"], ["out", "red", "line"]]);
    try {
      const {llm, best, baseline} = await study.ask("/totals");
      table.set(llm.models);
      const gain = best && baseline ? Math.abs(best.value - baseline) / Math.abs(baseline || 1) : 0;
      counts.replaceChildren(facts([
        ["Spent", dollars(llm.usd), llm.usd === null ? "no price is known" : null], ["Tokens", (llm.tokens_in + llm.tokens_out).toLocaleString("en"), `${llm.tokens_out.toLocaleString("en")} out`],
        ["Calls", String(llm.calls), llm.doubtful ? `${llm.doubtful} in doubt` : null],
        llm.usd ? ["A gain of 1 %", gain ? dollars(llm.usd / (100 * gain)) : "–", "all that was gained, whoever found it"] : null,
        llm.unused && ["Unused turns", number(llm.unused.turns)],
      ]));
    } catch { /* it is asked again with the next trial */ }
  }

  update();
  return {update, close: () => { money.close(); tokens.close(); table.close(); }};
}
