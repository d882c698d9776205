// Who has which colour and which mark; colours are those of style.css, marks tell the same to who sees no colours.

const KINDS = {
  baseline: ["ink", "ring"], imported: ["ink", "ring"],
  llm: ["red", "triangle"], "llm-repaired": ["red", "triangle"], "warm-start": ["red", "triangle"], builtin: ["red", "triangle"],
  "local-move": ["green", "square"], perturb: ["purple", "square"],
  person: ["orange", "diamond"], agent: ["orange", "diamond"], told: ["orange", "diamond"],
  repeat: ["grey", "cross"], ablation: ["grey", "plus"], lean: ["grey", "plus"],
};
const OPTIMIZERS = {"cma-es": "blue", tpe: "blue", gp: "blue", turbo: "purple", "random-forest": "sky", random: "grey"};
const MODELS = ["llm", "llm-repaired", "warm-start", "builtin"];
const CHECKS = ["repeat", "ablation", "lean"];

export const colourOf = origin => (KINDS[origin] ?? [OPTIMIZERS[origin] ?? "blue"])[0];
export const markOf = origin => (KINDS[origin] ?? ["", "circle"])[1];
export const isModel = origin => MODELS.includes(origin);
export const isCheck = origin => CHECKS.includes(origin);

/** The colours of lines that are no proposer's, in order. */
export const LINES = ["blue", "red", "green", "orange", "purple", "sky", "grey", "yellow"];

const cache = new Map();

/** A colour of style.css by its name, in the theme that holds now. */
export function colour(name) {
  if (!cache.has(name)) cache.set(name, getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim());
  return cache.get(name);
}

/** The theme has changed. */
export const forget = () => cache.clear();

/** From good (0) to bad (1): cividis, which reads alike with any colour vision. */
export const scaleOf = share => globalThis.d3.interpolateCividis(1 - Math.max(0, Math.min(1, share)));

/** The same for lines, from what stands out on the ground of the theme to what does not. */
export function lineOf(share) {
  const dark = globalThis.d3.lab(colour("ground")).l < 50;
  return globalThis.d3.interpolateCividis(dark ? 1 - .7 * share : .88 * share);
}

/** Draws a mark of about `r` pixels. */
export function mark(ctx, kind, x, y, r) {
  ctx.beginPath();
  if (kind === "square") ctx.rect(x - r * .85, y - r * .85, r * 1.7, r * 1.7);
  else if (kind === "triangle") { ctx.moveTo(x, y - r * 1.15); ctx.lineTo(x + r * 1.1, y + r * .85); ctx.lineTo(x - r * 1.1, y + r * .85); ctx.closePath(); }
  else if (kind === "diamond") { ctx.moveTo(x, y - r * 1.25); ctx.lineTo(x + r * 1.25, y); ctx.lineTo(x, y + r * 1.25); ctx.lineTo(x - r * 1.25, y); ctx.closePath(); }
  else if (kind === "cross") { ctx.moveTo(x - r, y - r); ctx.lineTo(x + r, y + r); ctx.moveTo(x + r, y - r); ctx.lineTo(x - r, y + r); }
  else if (kind === "plus") { ctx.moveTo(x - r * 1.2, y); ctx.lineTo(x + r * 1.2, y); ctx.moveTo(x, y - r * 1.2); ctx.lineTo(x, y + r * 1.2); }
  else ctx.arc(x, y, r, 0, 2 * Math.PI);
  if (kind === "cross" || kind === "plus" || kind === "ring") ctx.stroke(); else ctx.fill();
}
