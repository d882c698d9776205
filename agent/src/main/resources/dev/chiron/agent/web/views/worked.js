// What the server works out of the trials: asked for when it is looked at, and again when a tenth more of them are there.

import {h, plural} from "../dom.js";

/** Calls `show` with what the server answers at `path()`; says why where there is nothing. */
export function worked(study, root, path, show) {
  const said = h("p", {class: "soft", role: "status"});
  root.append(said);
  let at = -1;
  let asking = "";

  async function update(force = false) {
    const wanted = path();
    if (!force && asking === wanted && study.count < at + Math.max(5, at / 10)) return;
    asking = wanted;
    at = study.count;
    if (!said.textContent || force) said.textContent = "Working it out …";
    try {
      const answer = await study.ask(wanted);
      if (asking !== wanted) return;
      said.textContent = answer.used === undefined ? "" : answer.used < answer.of
        ? `Worked out from ${answer.used.toLocaleString("en")} of ${plural(answer.of, "trial")}, evenly spread.` : `Worked out from ${plural(answer.of, "trial")}.`;
      show(answer);
      root.dataset.worked = wanted;
    } catch (problem) {
      if (asking === wanted) { said.textContent = sentence(problem.message); root.dataset.worked = wanted; }
    }
  }

  return {update, said};
}

const sentence = text => text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
