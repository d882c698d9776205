// A map over two parameters: cells, contour lines, and the trials on it.

import {choice, empty, h, number} from "../dom.js";
import {colour} from "../palette.js";
import {Plot} from "../plot.js";
import {axisOf} from "../scale.js";
import {worked} from "./worked.js";

const d3 = globalThis.d3;

/**
 * Draws a map that the server works out at `path`.
 *
 * @param paint   a share in [0, 1] as a colour, and how a value becomes a share and a text
 * @param marks   layers above it, given the names of the two parameters
 */
export function terrain(study, root, {path, title, paint, marks, points}) {
  const parameters = study.card.parameters.filter(parameter => !parameter.fixed);
  const names = parameters.map(parameter => parameter.name);
  if (!names.length) {
    root.append(empty("This study searches no parameter."));
    return {update: () => {}, close: () => {}};
  }
  const axes = {x: names[0], y: names[1] ?? names[0]};
  const bar = h("div", {class: "bar"},
    choice("Across", names, axes.x, value => { axes.x = value; update(true); }),
    choice("Upright", names, axes.y, value => { axes.y = value; update(true); }));
  root.append(bar);
  const answer = worked(study, root, () => `${path}?x=${encodeURIComponent(axes.x)}&y=${encodeURIComponent(axes.y)}`, show);
  const plot = new Plot(root, {title, height: 470, left: 76});
  plot.figure.hidden = true;
  const colours = h("canvas", {width: 320, height: 1, class: "ramp", "aria-hidden": "true"});
  const [least, most] = [h("span", {}), h("span", {})];
  const scaleLine = h("span", {});
  const ramp = h("p", {class: "soft scale", hidden: true}, least, colours, most, scaleLine);
  root.append(ramp);
  let map = null;

  function show(found) {
    map = found;
    render();
  }

  function render() {
    if (!map) return;
    const by = name => parameters.find(parameter => parameter.name === name);
    const x = axisOf(by(axes.x));
    const y = axisOf(by(axes.y));
    const flat = map.z.flat();
    const [low, high] = paint.range(flat);
    const share = value => high > low ? (value - low) / (high - low) : 0;
    plot.figure.hidden = ramp.hidden = false;
    scaleLine.textContent = paint.said(low, high);
    least.textContent = number(low, 4);
    most.textContent = number(high, 4);
    const ink = colours.getContext("2d");
    for (let k = 0; k < 320; k++) { ink.fillStyle = paint.colour(k / 319); ink.fillRect(k, 0, 1, 1); }
    plot.set({
      x, y,
      layers: [({ctx, x: sx, y: sy, width, height}) => cells(ctx, sx, sy, width, height, map, share, paint), ({ctx, x: sx, y: sy}) => contours(ctx, sx, sy, map, paint, low, high), ...marks(axes.x, axes.y)],
      points: points(axes.x, axes.y),
      note: study.count > MOST ? "of the trials some are shown, evenly spread" : "",
      said: `Over ${axes.x} and ${axes.y}. ${scaleLine.textContent}`,
    });
  }

  function update(force = false) { answer.update(force); render(); }

  update();
  return {update, close: () => plot.close()};
}

const edges = (values, scale, size) => {
  const at = values.map(value => scale(value));
  return at.map((middle, k) => [k ? (at[k - 1] + middle) / 2 : null, k < at.length - 1 ? (middle + at[k + 1]) / 2 : null])
    .map(([from, to]) => [from ?? (at[0] < at[at.length - 1] ? 0 : size), to ?? (at[0] < at[at.length - 1] ? size : 0)]);
};

function cells(ctx, sx, sy, width, height, {x, y, z}, share, paint) {
  const across = edges(x, sx, width);
  const upright = edges(y, sy, height);
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) {
      ctx.fillStyle = paint.colour(share(z[i][j]));
      const [left, right] = across[i].slice().sort((a, b) => a - b);
      const [top, bottom] = upright[j].slice().sort((a, b) => a - b);
      ctx.fillRect(left, top, right - left + .6, bottom - top + .6);
    }
  }
}

/** Lines of equal value, where both parameters have an order. */
function contours(ctx, sx, sy, {x, y, z}, paint, low, high) {
  if (x.length < 3 || y.length < 3 || typeof x[0] !== "number" || typeof y[0] !== "number" || !(high > low)) return;
  const flat = [];
  for (let j = 0; j < y.length; j++) for (let i = 0; i < x.length; i++) flat.push(z[i][j]);
  const lines = d3.contours().size([x.length, y.length]).thresholds(d3.range(1, 9).map(k => low + (high - low) * k / 9))(flat);
  const between = (values, scale, at) => {
    const k = Math.max(0, Math.min(values.length - 1, at - .5));
    const [a, b] = [scale(values[Math.floor(k)]), scale(values[Math.ceil(k)])];
    return a + (b - a) * (k - Math.floor(k));
  };
  ctx.strokeStyle = paint.line;
  ctx.lineWidth = .8;
  for (const one of lines) {
    ctx.beginPath();
    for (const polygon of one.coordinates) for (const ring of polygon) {
      ring.forEach(([i, j], k) => {
        const edge = i <= 0 || j <= 0 || i >= x.length || j >= y.length;
        const px = between(x, sx, i);
        const py = between(y, sy, j);
        if (k && !edge) ctx.lineTo(px, py); else ctx.moveTo(px, py);
      });
    }
    ctx.stroke();
  }
}

const MOST = 500; // points on a map, evenly spread: more would hide it

/** So many trials of these as a map has room for. */
export const thinned = trials => trials.filter((_, k) => k % Math.max(1, Math.ceil(trials.length / MOST)) === 0);

/** Points that are seen on any ground. */
export function pins(xs, ys, inside, kind) {
  return ({ctx, x, y}) => {
    for (let i = 0; i < xs.length; i++) {
      const [px, py] = [x(xs[i]), y(ys[i])];
      if (!Number.isFinite(px) || !Number.isFinite(py)) continue;
      ctx.lineWidth = 1.4;
      ctx.strokeStyle = "#000000"; ctx.fillStyle = inside ?? colour("ground");
      ctx.beginPath();
      if (kind === "cross") {
        ctx.lineWidth = 3.4; ctx.strokeStyle = "#ffffff"; cross(ctx, px, py); ctx.stroke();
        ctx.beginPath(); ctx.lineWidth = 1.6; ctx.strokeStyle = "#000000"; cross(ctx, px, py); ctx.stroke();
      } else { ctx.arc(px, py, 3, 0, 2 * Math.PI); ctx.fill(); ctx.stroke(); }
    }
  };
}

function cross(ctx, x, y) { ctx.moveTo(x - 3.4, y - 3.4); ctx.lineTo(x + 3.4, y + 3.4); ctx.moveTo(x + 3.4, y - 3.4); ctx.lineTo(x - 3.4, y + 3.4); }
