// All trials as a table.

import {h, number, time} from "../dom.js";
import {Table} from "../table.js";

/** Whether values are words, which begin at the left. */
export const words = values => typeof values.find(value => value !== null) === "string";

/** What a table says of trials. */
export function columns(study) {
  return [
    {name: "trial", of: i => i},
    {name: "by", of: i => study.originOf(i), left: true},
    {name: "status", of: i => study.statusOf(i), left: true, show: (text, i) => h("span", {class: study.isFailed(i) ? "bad" : null}, text)},
    {name: "value", text: study.metric, of: i => study.value[i], show: value => number(value)},
    ...Object.keys(study.values).map(name => ({name, of: i => study.values[name][i], show: value => number(value)})),
    ...(study.holdout.some(value => value !== null) ? [{name: "holdout", text: "hold-out", of: i => study.holdout[i], show: value => number(value)}] : []),
    {name: "seconds", text: "time", of: i => study.seconds[i], show: seconds => time(seconds)},
    ...(study.script.some(Boolean) ? [{name: "version", of: i => study.script[i].slice(0, 8) || "root", left: true}] : []),
    ...Object.keys(study.config).map(name => ({name, of: i => study.config[name][i], left: words(study.config[name]), show: value => number(value, 5)})),
    ...(study.gpu.some(Boolean) ? [{name: "gpu", text: "GPU", of: i => study.gpu[i]}] : []),
  ];
}

export function draw(study, root) {
  root.append(h("h1", {}, "Trials"), h("p", {class: "soft"}, "A row opens its trial. A filter takes words and comparisons, such as “cma-es value < 0.3”."));
  const table = new Table(root, {name: "trials", columns: columns(study), open: i => `#/${study.number}/trial/${i}`, sort: ["trial", true]});
  const update = () => table.set(study.indices(), columns(study));
  update();
  return {update, close: () => table.close()};
}
