// The model's turns: what was asked, and what was answered.

import {dollars, empty, h, number} from "../dom.js";
import {Table} from "../table.js";

/** The questions of a trial's turn, each to be opened. */
export async function questions(study, trial) {
  const asked = await study.ask(`/talk?number=${trial}`);
  if (!asked.length) return empty("Of this turn no prompt and no reply is kept: nobody was asked, or it is counted with another trial.");
  return h("div", {}, asked.map((one, k) => h("div", {},
    h("details", {}, h("summary", {}, `Prompt ${k + 1} of ${asked.length} to ${one.model}, ${one.prompt.length.toLocaleString("en")} characters`), h("pre", {tabindex: 0}, one.prompt)),
    h("details", {open: k === asked.length - 1}, h("summary", {}, one.outcome === "replied" ? `Reply ${k + 1}${one.truncated ? ", cut off" : ""}` : `No reply: ${one.outcome}`), h("pre", {tabindex: 0}, one.reply)))));
}

export async function draw(study, root, more) {
  root.append(h("h1", {}, "Prompts and replies"));
  if (!study.turns.length) {
    root.append(empty(study.card.llm === "none" ? "No model takes part in this study." : "No model has had a turn yet."));
    return {};
  }
  root.append(h("p", {class: "soft"}, "The turns of models. Choose one to read what was said; keys of the environment are made unreadable."));
  const table = new Table(root, {name: "turns", open: turn => `#/${study.number}/talk/${turn.trial}`, sort: ["trial", true], columns: [
    {name: "trial", of: turn => turn.trial},
    {name: "model", of: turn => turn.model, left: true},
    {name: "ended", of: turn => turn.fallback ?? turn.over ?? (turn.echo ? "proposed what the optimizer did" : "its proposal was run"), left: true, show: (text, turn) => h("span", {class: turn.fallback || turn.over ? "bad" : null}, text)},
    {name: "value", text: study.metric, of: turn => study.value[turn.trial]},
    {name: "rejected", text: "sent back", of: turn => turn.rejected},
    {name: "calls", of: turn => turn.calls},
    {name: "in", text: "tokens in", of: turn => turn.in},
    {name: "out", text: "tokens out", of: turn => turn.out},
    {name: "usd", text: "cost", of: turn => turn.usd, show: dollars},
    {name: "expected", of: turn => turn.expected, show: value => number(value, 5)},
  ]});
  table.grid.classList.add("low");
  const said = h("div", {});
  root.append(said);
  const go = async trial => {
    if (!trial) return;
    said.replaceChildren(h("h2", {}, `Trial ${trial}`), await questions(study, Number(trial)), h("p", {}, h("a", {href: `#/${study.number}/trial/${trial}`}, "all of this trial")));
    said.dataset.trial = trial;
    if (said.scrollIntoView) said.scrollIntoView({block: "nearest"});
  };
  const update = () => table.set([...study.turns]);
  update();
  await go(more);
  return {update, go, close: () => table.close()};
}
