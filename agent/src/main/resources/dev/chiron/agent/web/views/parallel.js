// Parallel coordinates: one upright axis a parameter that differs, one line a trial, coloured by its value.

import {choice, empty, h, number, plural} from "../dom.js";
import {colour, lineOf} from "../palette.js";
import {axisOf, reach, scale} from "../scale.js";

const SHARES = [[.05, "the best 5 %"], [.1, "the best 10 %"], [.25, "the best quarter"], [.5, "the better half"], [1, "all"]];
const MOST = 10_000; // lines; more could not be told apart
const FRAME = 8; // milliseconds of drawing at a time, so that the page answers meanwhile

export function draw(study, root) {
  const options = {share: study.several ? 0 : .25};
  const shares = study.several ? [[0, "the front"], ...SHARES] : SHARES;
  let front = null;
  const kept = new Map(); // what is chosen on axes, by name
  const said = h("p", {class: "soft", role: "status"});
  const canvas = h("canvas", {tabindex: 0, role: "img", "aria-label": "Parallel coordinates"});
  const clear = h("button", {type: "button", hidden: true, on: {click: () => { kept.clear(); update(); }}}, "Show all");
  const live = h("div", {class: "hidden", "aria-live": "polite"});
  const figure = h("figure", {}, h("div", {class: "plot grid"}, canvas), live);
  root.append(h("h1", {}, "Parallel coordinates"),
    h("p", {class: "soft"}, "Parameters of which more than one value was run. Drag along an axis to keep what passes there (with the keyboard ← → and ↑ ↓); lines that stand out are better."),
    h("div", {class: "bar"}, choice("Show", shares, options.share, value => { options.share = Number(value); update(); }), clear), said,
    figure);
  let axes = [];
  let drag = null;
  let drawing = 0;

  let asked = -1;

  /** Which trials are on the front only the server says. */
  async function ask() {
    if (asked === study.count) return;
    asked = study.count;
    try { front = (await study.ask("/totals")).front.map(one => one.trial); update(); } catch { /* it is asked again with the next trial */ }
  }

  function update() {
    const parameters = study.differing();
    const measured = study.indices(i => study.isMeasured(i)).sort((a, b) => study.sign * (study.value[a] - study.value[b]));
    figure.hidden = !parameters.length || !measured.length;
    if (!parameters.length || !measured.length) return said.replaceChildren(empty("There is no parameter yet of which two values were measured."));
    if (study.several) ask();
    const on = new Set(front ?? []);
    const shown = study.several && !options.share ? measured.filter(i => on.has(i)) : measured.slice(0, Math.max(2, Math.ceil(options.share * measured.length)));
    const wide = Math.max(canvas.parentElement.clientWidth - 4, parameters.length * 74 + 110);
    const high = 430;
    const dense = globalThis.devicePixelRatio || 1;
    canvas.width = wide * dense;
    canvas.height = high * dense;
    canvas.style.width = `${wide}px`;
    canvas.style.height = `${high}px`;
    const ctx = canvas.getContext("2d");
    ctx.scale(dense, dense);
    const [top, bottom] = [48, high - 22];
    const best = study.best()?.[1];
    const last = best !== undefined && !shown.includes(best) ? [...shown, best] : shown; // its line is drawn whatever is shown
    const [low, most] = reach(last.map(i => study.value[i]), {room: 0});
    const others = Object.entries(study.values).map(([name, values]) => {
      const [from, to] = reach(last.map(i => values[i]), {room: 0});
      return {name, axis: {kind: "linear", low: from, high: to}, of: i => values[i]};
    });
    const names = [...parameters.map(parameter => ({name: parameter.name, axis: axisOf(parameter, study.config[parameter.name]), of: i => study.config[parameter.name][i]})),
      {name: study.metric, axis: {kind: "linear", low, high: most}, of: i => study.value[i]}, ...others];
    axes = names.map((one, k) => {
      const at = 46 + k * (wide - 120) / Math.max(1, names.length - 1);
      const on = scale({...one.axis, upright: true}, [bottom, top]);
      // a value outside of what is searched now, or none, has its place below
      const place = i => { const value = one.of(i); const y = value === null ? NaN : on(value); return Number.isFinite(y) ? Math.max(top - 10, Math.min(bottom + 10, y)) : bottom + 14; };
      return {...one, at, on, place, top, bottom};
    });
    const passes = i => [...kept].every(([name, [from, to]]) => { const axis = axes.find(one => one.name === name); return !axis || (axis.place(i) >= from && axis.place(i) <= to); });
    const passing = shown.filter(passes);
    const every = Math.max(1, Math.ceil(passing.length / MOST));
    const drawn = passing.filter((_, k) => k % every === 0);
    const count = drawn.length;
    const span = most - low || 1;
    const trace = i => { ctx.beginPath(); axes.forEach((axis, k) => k ? ctx.lineTo(axis.at, axis.place(i)) : ctx.moveTo(axis.at, axis.place(i))); ctx.stroke(); };
    const mine = ++drawing;
    let next = drawn.length - 1; // the best last, on top
    const some = () => {
      if (mine !== drawing) return;
      const until = performance.now() + FRAME;
      ctx.lineWidth = 1.2;
      ctx.globalAlpha = Math.max(.08, Math.min(.8, 10 / Math.sqrt(count + 1)));
      while (next >= 0 && performance.now() < until) {
        const share = study.sign > 0 ? (study.value[drawn[next]] - low) / span : (most - study.value[drawn[next]]) / span;
        ctx.strokeStyle = lineOf(Math.min(1, share));
        trace(drawn[next--]);
      }
      ctx.globalAlpha = 1;
      if (next >= 0) return requestAnimationFrame(some);
      if (best !== undefined && passes(best)) {
        ctx.strokeStyle = colour("red");
        ctx.lineWidth = 2.5;
        trace(best);
      }
      frame(ctx);
      canvas.dataset.lines = count;
    };
    delete canvas.dataset.lines;
    frame(ctx);
    some();
    clear.hidden = kept.size === 0;
    said.textContent = `${plural(passing.length, "trial")} of ${measured.length.toLocaleString("en")} measured${every > 1 ? `, of which every ${every}${every === 2 ? "nd" : every === 3 ? "rd" : "th"} is drawn` : ""}; ${study.metric} ${number(study.sign > 0 ? low : most, 5)} (stands out) to ${number(study.sign > 0 ? most : low, 5)} (fades). ${study.several ? "The compromise" : "The best so far"} is the orange line.`;
    canvas.setAttribute("aria-label", `Parallel coordinates of ${names.map(one => one.name).join(", ")}. ${said.textContent}`);
  }

  function frame(ctx) {
    ctx.font = '12px system-ui, "DejaVu Sans", sans-serif';
    axes.forEach((axis, k) => {
      ctx.strokeStyle = colour("soft");
      ctx.lineWidth = 1;
      ctx.beginPath(); ctx.moveTo(axis.at, axis.top); ctx.lineTo(axis.at, axis.bottom); ctx.stroke();
      ctx.fillStyle = colour("ink");
      ctx.textAlign = k === 0 ? "left" : "center";
      const text = axis.name.length > 14 ? axis.name.slice(0, 13) + "…" : axis.name;
      ctx.fillText(text, k === 0 ? 4 : axis.at, k % 2 ? 14 : 30);
      ctx.textAlign = "left";
      for (const tick of axis.on.ticks) {
        const y = axis.on(tick);
        ctx.fillStyle = colour("ground");
        ctx.globalAlpha = .75;
        const label = String(axis.on.format(tick)).slice(0, 9);
        ctx.fillRect(axis.at + 4, y - 7, ctx.measureText(label).width + 3, 14);
        ctx.globalAlpha = 1;
        ctx.fillStyle = colour("soft");
        ctx.fillText(label, axis.at + 5, y + 4);
      }
      const chosen = kept.get(axis.name);
      if (chosen) {
        ctx.fillStyle = colour("accent");
        ctx.globalAlpha = .35;
        ctx.fillRect(axis.at - 7, chosen[0], 14, chosen[1] - chosen[0]);
        ctx.globalAlpha = 1;
      }
    });
  }

  const place = event => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", event => {
    const [x, y] = place(event);
    const axis = axes.reduce((near, one) => Math.abs(one.at - x) < Math.abs(near.at - x) ? one : near, axes[0]);
    if (axis && Math.abs(axis.at - x) < 24) { drag = {axis, from: y}; canvas.setPointerCapture(event.pointerId); }
  });
  canvas.addEventListener("pointerup", event => {
    if (!drag) return;
    const [, y] = place(event);
    if (Math.abs(y - drag.from) < 5) kept.delete(drag.axis.name);
    else kept.set(drag.axis.name, [Math.min(y, drag.from), Math.max(y, drag.from)]);
    drag = null;
    update();
  });
  let at = -1; // the axis that keys speak of

  /** Left and right go from axis to axis, up and down move what is kept of it by a tenth, Escape keeps everything again. */
  canvas.addEventListener("keydown", event => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    const move = {ArrowUp: -1, ArrowDown: 1}[event.key];
    if (event.key === "Escape" && kept.size) { kept.clear(); update(); }
    if (!axes.length || !step && !move) return;
    event.preventDefault();
    if (step) at = Math.max(0, Math.min(axes.length - 1, at + step));
    const axis = axes[Math.max(0, at)];
    if (move) {
      const tenth = (axis.bottom - axis.top) / 10;
      const [from] = kept.get(axis.name) ?? [move < 0 ? axis.bottom - tenth : axis.top - 2 * tenth];
      const start = Math.max(axis.top, Math.min(axis.bottom - 2 * tenth, from + move * tenth));
      kept.set(axis.name, [start - 1, start + 2 * tenth + 1]);
      update();
    }
    const chosen = kept.get(axis.name);
    live.textContent = chosen ? `${axis.name}: ${axis.on.at(chosen[1]) === null ? "some options" : `${number(axis.on.at(chosen[1] - 1), 3)} to ${number(axis.on.at(chosen[0] + 1), 3)}`}` : `${axis.name}: all of it`;
  });
  const observer = new ResizeObserver(() => update());
  observer.observe(canvas.parentElement);
  const themed = () => update();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", themed);
  document.getElementById("theme").addEventListener("click", themed);
  update();
  return {update, close: () => { drawing++; observer.disconnect(); document.getElementById("theme").removeEventListener("click", themed); matchMedia("(prefers-color-scheme: dark)").removeEventListener("change", themed); }};
}
