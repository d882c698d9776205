// Elements without markup in strings, so that no text of a study is ever read as markup.

/** An element: attributes by name, `on` for listeners; children are elements or texts. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

/** A labelled list to choose from; options are texts or [value, text]. */
export function choice(label, options, value, change) {
  const select = h("select", {on: {change: event => change(event.target.value)}});
  for (const option of options) {
    const [key, text] = Array.isArray(option) ? option : [option, option];
    select.append(h("option", {value: key, selected: String(key) === String(value)}, text));
  }
  return h("label", {}, label + " ", select);
}

/** A labelled box to tick. */
export function tick(label, value, change) {
  return h("label", {}, h("input", {type: "checkbox", checked: value, on: {change: event => change(event.target.checked)}}), " " + label);
}

/** A text with what stands between backticks as code. */
export const worded = text => text.split("`").map((part, k) => k % 2 ? h("code", {}, part) : part);

/** What stands where nothing is to be seen yet, and why. */
export const empty = text => h("p", {class: "empty"}, worded(text));

/** Terms and what they are: [term, text, more]. */
export function facts(all) {
  return h("dl", {class: "facts"}, all.filter(Boolean).map(([term, text, more]) =>
    h("div", {}, h("dt", {}, term), h("dd", {}, text, more ? h("small", {}, more) : null))));
}

/** A file made here, saved by the browser. */
export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], {type}));
  h("a", {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A number as people read it, to so many digits. */
export function number(value, digits = 6) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e7)
    ? value.toExponential(Math.max(0, digits - 3)).replace(/\.?0+e/, "e") : String(Number(value.toPrecision(digits)));
}

/** Seconds as people say them. */
export function time(seconds) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${number(seconds, 3)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round(seconds % 3600 / 60)} min`;
}

export const percent = share => share === null || Number.isNaN(share) ? "–" : `${number(100 * share, 3)} %`;
export const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
export const dollars = usd => usd === null || usd === undefined ? "not known" : usd === 0 ? "$0" : `$${number(usd, 3)}`;
