// A chart on a canvas: axes, layers that draw themselves, points that are found by pointer and by key.

import {h} from "./dom.js";
import {colour, mark} from "./palette.js";
import {scale} from "./scale.js";

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const all = new Set();

/** Draws all charts anew, as when the theme has changed. */
export const redraw = () => all.forEach(plot => plot.render());

/**
 * The parts of a chart, given to {@link Plot#set}:
 * x, y     axes, see scale.js, with a label
 * layers   functions of {ctx, x, y, width, height}; x and y turn values into pixels
 * points   {count, x(i), y(i), text(i), open(i)}: what is said of each
 * said     what the chart shows, for who cannot see it
 */
export class Plot {
  constructor(parent, {title, note = "", height = 320, zoom = false, left = 62}) {
    this.height = height;
    this.left = left;
    this.zoom = zoom;
    this.view = null;
    this.at = -1;
    this.title = title;
    this.canvas = h("canvas", {tabindex: 0, role: "img", "aria-label": title});
    this.tip = h("div", {class: "tip", hidden: true});
    this.live = h("div", {class: "hidden", "aria-live": "polite"});
    this.reset = h("button", {class: "reset", type: "button", hidden: true, on: {click: () => this.look(null)}}, "Show all");
    this.legend = h("ul", {class: "legend"});
    this.note = h("small", {}, note);
    this.figure = h("figure", {}, h("figcaption", {}, title, this.note),
      h("div", {class: "plot"}, this.canvas, this.reset, this.tip, this.live), this.legend);
    parent.append(this.figure);
    this.parts = null;
    this.observer = new ResizeObserver(() => this.render());
    this.observer.observe(this.canvas.parentElement);
    this.listen();
    all.add(this);
  }

  close() {
    this.observer.disconnect();
    all.delete(this);
  }

  set(parts) {
    this.parts = parts;
    this.canvas.setAttribute("aria-label", `${this.title}. ${parts.said ?? ""}`);
    if (parts.note !== undefined) this.note.textContent = parts.note;
    this.render();
  }

  /** What the colours and marks mean: [text, colour's name, mark]. */
  means(items) {
    this.meanings = items;
    this.legend.replaceChildren(...items.map(([text, name, kind]) => {
      const canvas = h("canvas", {width: 28, height: 28, "aria-hidden": "true"});
      const ctx = canvas.getContext("2d");
      ctx.scale(2, 2);
      ctx.fillStyle = ctx.strokeStyle = colour(name);
      ctx.lineWidth = 2;
      if (kind === "line") { ctx.fillRect(0, 6, 14, 2.5); } else if (kind === "dash") { ctx.fillRect(0, 6, 5.5, 2.5); ctx.fillRect(8.5, 6, 5.5, 2.5); } else if (kind === "band") { ctx.globalAlpha = .3; ctx.fillRect(0, 2, 14, 10); } else mark(ctx, kind, 7, 7, 4);
      return h("li", {}, canvas, text);
    }));
  }

  /** Shows this range of x; null for all. */
  look(range) {
    this.view = range;
    this.reset.hidden = range === null;
    this.render();
  }

  render() {
    const wide = this.canvas.parentElement.clientWidth;
    if (!this.parts || wide < 40) return;
    if (this.meanings) this.means(this.meanings);
    const dense = globalThis.devicePixelRatio || 1;
    this.canvas.width = Math.round(wide * dense);
    this.canvas.height = Math.round(this.height * dense);
    this.canvas.style.height = `${this.height}px`;
    const ctx = this.canvas.getContext("2d");
    ctx.scale(dense, dense);
    const {x, y} = this.parts;
    const area = {left: this.left, top: y.label ? 30 : 14, right: 20, bottom: x.label ? 42 : 26};
    const width = wide - area.left - area.right;
    const height = this.height - area.top - area.bottom;
    const shown = this.view && x.kind !== "point" ? {...x, low: this.view[0], high: this.view[1]} : x;
    this.x = scale(shown, [0, width]);
    this.y = scale({...y, upright: true}, [height, 0]);
    this.area = {...area, width, height};
    ctx.font = FONT;
    ctx.translate(area.left, area.top);
    this.axes(ctx);
    ctx.save();
    ctx.beginPath();
    ctx.rect(-3, -3, width + 6, height + 6);
    ctx.clip();
    for (const layer of this.parts.layers) {
      ctx.save();
      layer({ctx, x: this.x, y: this.y, width, height});
      ctx.restore();
    }
    ctx.restore();
    this.drawn = null;
    this.cursor(ctx);
  }

  /** Only the mark of the point that is looked at has changed: the rest is copied. */
  again() {
    if (!this.parts || !this.area) return;
    if (!this.drawn) {
      const at = this.at;
      this.at = -1;
      this.render();
      this.at = at;
      this.drawn = document.createElement("canvas");
      this.drawn.width = this.canvas.width;
      this.drawn.height = this.canvas.height;
      this.drawn.getContext("2d").drawImage(this.canvas, 0, 0);
    }
    const ctx = this.canvas.getContext("2d");
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    ctx.drawImage(this.drawn, 0, 0);
    ctx.restore();
    this.cursor(ctx);
  }

  axes(ctx) {
    const {width, height} = this.area;
    const {x, y} = this.parts;
    ctx.strokeStyle = colour("grid");
    ctx.fillStyle = colour("soft");
    ctx.lineWidth = 1;
    ctx.textBaseline = "middle";
    ctx.textAlign = "right";
    for (const tick of this.y.ticks) {
      const at = Math.round(this.y(tick)) + .5;
      if (at < -1 || at > height + 1) continue;
      ctx.beginPath(); ctx.moveTo(0, at); ctx.lineTo(width, at); ctx.stroke();
      ctx.fillText(fit(ctx, y.format?.(tick) ?? this.y.format(tick), this.left - 12), -8, at);
    }
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    for (const tick of this.x.ticks) {
      const at = Math.round(this.x(tick)) + .5;
      if (at < -1 || at > width + 1) continue;
      ctx.beginPath(); ctx.moveTo(at, height); ctx.lineTo(at, height + 4); ctx.stroke();
      ctx.fillText(fit(ctx, x.format?.(tick) ?? this.x.format(tick), 90), at, height + 7);
    }
    ctx.fillStyle = colour("ink");
    ctx.textAlign = "right";
    ctx.fillText(x.label ?? "", width, height + 24);
    ctx.textAlign = "left";
    ctx.fillText(y.label ?? "", 12 - this.left, -22);
  }

  cursor(ctx) {
    const points = this.parts.points;
    if (!points || this.at < 0 || this.at >= points.count) return;
    const x = this.x(points.x(this.at));
    const y = this.y(points.y(this.at));
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    ctx.strokeStyle = colour("ink");
    ctx.lineWidth = 1.5;
    ctx.beginPath(); ctx.arc(x, y, 7, 0, 2 * Math.PI); ctx.stroke();
  }

  listen() {
    const canvas = this.canvas;
    let from = null;
    const place = event => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left - this.left, event.clientY - box.top - (this.area?.top ?? 0)];
    };
    canvas.addEventListener("pointermove", event => {
      if (!this.parts) return;
      const [x, y] = place(event);
      if (from !== null && Math.abs(x - from) > 6) this.stretch(from, x); else this.find(x, y);
    });
    canvas.addEventListener("pointerleave", () => { if (from === null) this.show(-1); });
    canvas.addEventListener("pointerdown", event => {
      if (this.zoom && event.pointerType === "mouse" && event.button === 0) { from = place(event)[0]; canvas.setPointerCapture(event.pointerId); }
    });
    canvas.addEventListener("pointerup", event => {
      const [x] = place(event);
      const began = from;
      from = null;
      if (began !== null && Math.abs(x - began) > 6) {
        const ends = [began, x].map(at => +this.x.at(Math.max(0, Math.min(this.area.width, at)))).sort((a, b) => a - b);
        this.look(ends);
      }
    });
    canvas.addEventListener("click", event => {
      const [x, y] = place(event);
      const at = this.nearest(x, y, 18);
      if (at >= 0) this.parts.points.open?.(at);
    });
    canvas.addEventListener("dblclick", () => this.look(null));
    canvas.addEventListener("keydown", event => this.key(event));
    canvas.addEventListener("blur", () => this.show(-1));
  }

  key(event) {
    const points = this.parts?.points;
    if (event.key === "Escape") this.look(null);
    if (this.zoom && ["+", "-"].includes(event.key)) return this.closer(event.key === "+" ? .5 : 2);
    if (!points?.count) return;
    const step = {ArrowRight: 1, ArrowLeft: -1, PageDown: 20, PageUp: -20}[event.key];
    if (step) {
      let at = this.at < 0 ? (step > 0 ? -1 : points.count) : this.at;
      do at += Math.sign(step); while (at >= 0 && at < points.count && !this.isSeen(at));
      at = Math.abs(step) > 1 ? Math.max(0, Math.min(points.count - 1, this.at + step)) : at;
      if (at >= 0 && at < points.count) { this.show(at); this.live.textContent = points.text(at); }
      event.preventDefault();
    } else if (event.key === "Enter" && this.at >= 0) {
      points.open?.(this.at);
    }
  }

  /** Shows such a share of what is shown, around the point that is looked at or the middle. */
  closer(share) {
    const {points, x} = this.parts ?? {};
    if (!x || x.kind === "point") return;
    const on = points && this.at >= 0 ? this.x(points.x(this.at)) : this.area.width / 2;
    const half = share * this.area.width / 2;
    const [low, high] = [+this.x.at(on - half), +this.x.at(on + half)];
    if (low <= x.low && high >= x.high) this.look(null); else this.look([Math.max(x.low, low), Math.min(x.high, high)]);
  }

  isSeen(i) {
    const x = this.x(this.parts.points.x(i));
    return Number.isFinite(x) && x >= 0 && x <= this.area.width && Number.isFinite(this.y(this.parts.points.y(i)));
  }

  stretch(from, to) {
    this.again();
    const ctx = this.canvas.getContext("2d");
    ctx.fillStyle = colour("cover");
    ctx.fillRect(Math.min(from, to), 0, Math.abs(to - from), this.area.height);
  }

  nearest(x, y, within) {
    const points = this.parts?.points;
    let best = -1;
    let least = within * within;
    for (let i = 0; i < (points?.count ?? 0); i++) {
      const dx = this.x(points.x(i)) - x;
      if (dx > within || dx < -within) continue;
      const dy = this.y(points.y(i)) - y;
      const far = dx * dx + dy * dy;
      if (far < least) { least = far; best = i; }
    }
    return best;
  }

  find(x, y) {
    const at = this.nearest(x, y, 24);
    this.canvas.style.cursor = at >= 0 && this.parts.points?.open ? "pointer" : this.zoom ? "crosshair" : "default";
    if (at !== this.at) this.show(at);
  }

  show(at) {
    this.at = at;
    this.again();
    this.tip.hidden = at < 0;
    if (at < 0 || !this.parts) return;
    const {points} = this.parts;
    this.tip.textContent = points.text(at);
    const x = this.x(points.x(at)) + this.left;
    const right = x > this.canvas.clientWidth / 2;
    this.tip.style.left = right ? "auto" : `${x + 12}px`;
    this.tip.style.right = right ? `${this.canvas.clientWidth - x + 12}px` : "auto";
    this.tip.style.top = `${Math.max(4, this.y(points.y(at)) + this.area.top - 22)}px`;
  }
}

function fit(ctx, text, most) {
  if (ctx.measureText(text).width <= most) return text;
  let shorter = text;
  while (shorter.length > 1 && ctx.measureText(shorter + "…").width > most) shorter = shorter.slice(0, -1);
  return shorter + "…";
}

/**
 * Points in one colour and mark; very many as {@link specks}. A null has no place.
 */
export function dots(xs, ys, name, kind = "circle", {size = 3.4, alpha = .8} = {}) {
  return ({ctx, x, y, width, height}) => {
    ctx.fillStyle = ctx.strokeStyle = colour(name);
    ctx.globalAlpha = alpha;
    ctx.lineWidth = 1.5;
    if (xs.length > 4000) return specks({ctx, x, y, width, height}, xs, ys, colour(name), alpha);
    for (let i = 0; i < xs.length; i++) {
      const px = x(xs[i]);
      const py = y(ys[i]);
      if (!(px >= -4 && px <= width + 4 && py >= -4 && py <= height + 4)) continue;
      mark(ctx, kind, px, py, xs.length > 800 ? size * .7 : size);
    }
  };
}

/** Many points as specks of two by two pixels, set one by one in a picture: a hundred thousand calls to a canvas would take as many times longer. */
function specks({ctx, x, y, width, height}, xs, ys, ink, alpha) {
  const room = 8;
  const wide = Math.ceil(width) + 2 * room;
  const image = new ImageData(wide, Math.ceil(height) + 2 * room);
  const pixels = new Uint32Array(image.data.buffer);
  const {r, g, b} = globalThis.d3.rgb(ink);
  const speck = (Math.round(255 * alpha) << 24 | b << 16 | g << 8 | r) >>> 0;
  for (let i = 0; i < xs.length; i++) {
    const px = x(xs[i]);
    const py = y(ys[i]);
    if (!(px >= -4 && px <= width + 4 && py >= -4 && py <= height + 4)) continue;
    const at = Math.round(px) + room - 1 + wide * (Math.round(py) + room - 1);
    pixels[at] = pixels[at + 1] = pixels[at + wide] = pixels[at + wide + 1] = speck;
  }
  const sheet = h("canvas", {width: wide, height: image.height});
  sheet.getContext("2d").putImageData(image, 0, 0);
  ctx.globalAlpha = 1;
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(sheet, -room, -room);
}

/** A line through points in order; with steps it stays until the next one. */
export function line(xs, ys, name, {wide = 2, steps = false, dash = [], alpha = 1} = {}) {
  return ({ctx, x, y, width}) => {
    ctx.strokeStyle = colour(name);
    ctx.lineWidth = wide;
    ctx.globalAlpha = alpha;
    ctx.lineJoin = "round";
    ctx.setLineDash(dash);
    ctx.beginPath();
    let drawn = false;
    for (let i = 0; i < xs.length; i++) {
      const px = x(xs[i]);
      const py = y(ys[i]);
      if (!Number.isFinite(py)) { drawn = false; continue; }
      if (!drawn) ctx.moveTo(px, py);
      else { if (steps) ctx.lineTo(px, y(ys[i - 1])); ctx.lineTo(px, py); }
      drawn = true;
    }
    if (steps === "on" && xs.length) ctx.lineTo(width, y(ys[ys.length - 1]));
    ctx.stroke();
  };
}

/** What lies between two lines. */
export function band(xs, lows, highs, name, alpha = .18) {
  return ({ctx, x, y}) => {
    ctx.fillStyle = colour(name);
    ctx.globalAlpha = alpha;
    ctx.beginPath();
    xs.forEach((value, i) => ctx.lineTo(x(value), y(lows[i])));
    for (let i = xs.length - 1; i >= 0; i--) ctx.lineTo(x(xs[i]), y(highs[i]));
    ctx.closePath();
    ctx.fill();
  };
}

/** Upright bars from low to high, such as noise. */
export function bars(xs, lows, highs, name) {
  return ({ctx, x, y, width}) => {
    ctx.strokeStyle = colour(name);
    ctx.lineWidth = 1;
    ctx.globalAlpha = .55;
    ctx.beginPath();
    for (let i = 0; i < xs.length; i++) {
      const px = x(xs[i]);
      if (px < -4 || px > width + 4) continue;
      ctx.moveTo(px, y(lows[i])); ctx.lineTo(px, y(highs[i]));
    }
    ctx.stroke();
  };
}

/** Marks on the lower edge, such as trials without a value. */
export function rug(xs, name) {
  return ({ctx, x, height, width}) => {
    ctx.strokeStyle = colour(name);
    ctx.lineWidth = 1.4;
    ctx.globalAlpha = .85;
    const taken = new Set();
    ctx.beginPath();
    for (const value of xs) {
      const px = Math.round(x(value));
      if (px < -4 || px > width + 4 || taken.has(px)) continue;
      taken.add(px);
      ctx.moveTo(px - 3, height - 9); ctx.lineTo(px + 3, height - 3);
      ctx.moveTo(px + 3, height - 9); ctx.lineTo(px - 3, height - 3);
    }
    ctx.stroke();
  };
}
