// Scales for axes, as d3 has them, made of what an axis is.

const d3 = globalThis.d3;

/**
 * An axis's scale and its marks. An axis is {kind: linear | log | time | point, low, high, options, round}; what has one value only is widened.
 */
export function scale(axis, range) {
  if (axis.kind === "point") {
    const point = d3.scalePoint().domain(axis.options.map(String)).range(range).padding(.5);
    const step = Math.max(1, Math.ceil(axis.options.length / 12));
    return Object.assign(value => point(String(value)), {ticks: axis.options.filter((_, k) => k % step === 0).map(String), format: String, at: () => null});
  }
  let {low, high} = axis;
  if (!Number.isFinite(low) || !Number.isFinite(high) || low === high) {
    const middle = Number.isFinite(low) ? low : 0;
    const half = axis.kind === "log" ? 0 : Math.abs(middle) * .05 || .5;
    [low, high] = axis.kind === "log" ? [middle / 2 || .1, middle * 2 || 1] : [middle - half, middle + half];
  }
  const made = axis.kind === "log" ? d3.scaleLog() : axis.kind === "time" ? d3.scaleTime() : d3.scaleLinear();
  made.domain([low, high]).range(range);
  const room = Math.abs(range[1] - range[0]);
  const wanted = Math.max(2, Math.floor(room / (axis.kind === "time" ? 110 : axis.upright ? 46 : 78)));
  let ticks = made.ticks(wanted);
  if (axis.kind === "log" && ticks.length > wanted + 2) {
    const powers = ticks.filter(tick => Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9);
    const even = ticks.filter(tick => [1, 2, 5].includes(Number((tick / 10 ** Math.floor(Math.log10(tick) + 1e-9)).toPrecision(3))));
    ticks = even.length >= 2 && even.length <= wanted + 2 ? even : powers.length >= 2 ? powers : ticks.filter((_, k) => k % Math.ceil(ticks.length / wanted) === 0);
    if (ticks.length > wanted) ticks = ticks.filter((_, k) => k % Math.ceil(ticks.length / wanted) === 0);
  }
  if (axis.whole) ticks = ticks.filter(Number.isInteger);
  const format = axis.kind === "time" ? times(made, high - low, wanted) : short(ticks);
  return Object.assign(value => made(value), {ticks, format, at: pixel => made.invert(pixel)});
}

/** Hours and minutes in full, where the days would not be told apart by them; d3 alone has ":35" for a second. */
function times(made, span, wanted) {
  const hour = 3_600_000;
  return span < hour ? d3.timeFormat(span < hour / 6 ? "%H:%M:%S" : "%H:%M") : made.tickFormat(wanted);
}

function short(ticks) {
  const largest = Math.max(...ticks.map(Math.abs));
  if (largest >= 1e5 || (largest !== 0 && largest < 1e-3)) return value => value === 0 ? "0" : d3.format(largest < 1 ? ".3~e" : ".3~s")(value);
  return value => String(Number(value.toPrecision(7)));
}

/** The least and the greatest of what is finite, with a little room; of most of the values where a few lie far away. */
export function reach(values, {room = .05, share = 0} = {}) {
  const all = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) all[count++] = values[i];
  if (!count) return [0, 1];
  const finite = all.subarray(0, count).sort();
  let low = finite[0];
  let high = finite[finite.length - 1];
  if (share && finite.length > 20) {
    const a = finite[Math.floor(share * (finite.length - 1))];
    const b = finite[Math.ceil((1 - share) * (finite.length - 1))];
    const span = b - a || Math.abs(b) || 1;
    low = Math.max(low, a - 1.5 * span);
    high = Math.min(high, b + 1.5 * span);
  }
  const edge = (high - low || Math.abs(high) || 1) * room;
  return [low - edge, high + edge];
}

/** The axis of a parameter. */
export function axisOf(parameter, seen = []) {
  if (parameter.kind === "choice") {
    const options = parameter.options.map(String);
    for (const value of seen) if (value !== null && value !== undefined && !options.includes(String(value))) options.push(String(value));
    return {kind: "point", options, label: parameter.name};
  }
  return {kind: parameter.log && parameter.low > 0 ? "log" : "linear", low: parameter.low, high: parameter.high, label: parameter.name, whole: parameter.kind === "whole"};
}
