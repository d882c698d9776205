// A table that sorts, filters and exports, and shows only the rows in sight, so that 100,000 are as quick as ten.

import {h, number, plural, save} from "./dom.js";

const ROW = 30;

/**
 * columns: {name, text, of(row), show(value, row), left}; of gives what is sorted by and exported
 */
export class Table {
  constructor(parent, {name, columns, open = null, sort = null, filter = true}) {
    Object.assign(this, {name, columns, open, rows: [], shown: [], by: sort?.[0] ?? null, down: sort?.[1] ?? false, wanted: ""});
    this.filter = h("input", {type: "search", placeholder: "e.g. llm, or value < 0.3", size: 22, on: {input: event => { this.wanted = event.target.value; this.arrange(); }}});
    this.said = h("span", {class: "soft", role: "status"});
    this.bar = h("div", {class: "bar"}, filter ? h("label", {}, "Filter ", this.filter) : null, this.said,
      h("button", {type: "button", on: {click: () => this.csv()}}, "Save as CSV"), h("button", {type: "button", on: {click: () => this.json()}}, "Save as JSON"));
    this.head = h("tr", {});
    this.body = h("tbody", {});
    this.table = h("table", {"aria-label": name}, h("thead", {}, this.head), this.body);
    this.grid = h("div", {class: "grid", tabindex: 0, role: "region", "aria-label": name, on: {scroll: () => this.draw()}}, this.table);
    parent.append(this.bar, this.grid);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.grid);
  }

  close() { this.observer.disconnect(); }

  set(rows, columns = this.columns) {
    this.rows = rows;
    this.columns = columns;
    this.arrange();
  }

  arrange() {
    const column = this.columns.find(one => one.name === this.by);
    const keep = condition(this.wanted, this.columns);
    this.shown = this.rows.filter(keep);
    if (column) {
      const keys = new Map(this.shown.map(row => [row, column.of(row)]));
      const turn = this.down ? -1 : 1;
      this.shown.sort((a, b) => order(keys.get(a), keys.get(b), turn));
    } else if (this.down) this.shown.reverse();
    this.said.textContent = this.shown.length === this.rows.length ? plural(this.rows.length, "row") : `${this.shown.length.toLocaleString("en")} of ${plural(this.rows.length, "row")}`;
    this.head.replaceChildren(...this.columns.map(one => h("th", {scope: "col", class: one.left ? "text" : null,
      "aria-sort": one.name === this.by ? (this.down ? "descending" : "ascending") : "none"},
      h("button", {type: "button", on: {click: () => this.sort(one.name)}}, one.text ?? one.name, one.name === this.by ? (this.down ? " ↓" : " ↑") : ""))));
    this.table.setAttribute("aria-rowcount", this.shown.length + 1);
    this.first = -1;
    this.draw();
  }

  sort(name) {
    this.down = this.by === name ? !this.down : false;
    this.by = name;
    this.arrange();
    this.head.querySelector(`th:nth-child(${this.columns.findIndex(one => one.name === name) + 1}) button`).focus();
  }

  draw() {
    const high = this.grid.clientHeight || 400;
    const first = Math.max(0, Math.floor(this.grid.scrollTop / ROW) - 8);
    const count = Math.ceil(high / ROW) + 24;
    if (first === this.first && count === this.count) return;
    this.first = first;
    this.count = count;
    const rows = this.shown.slice(first, first + count);
    const after = Math.max(0, this.shown.length - first - rows.length);
    const pad = height => { const row = h("tr", {"aria-hidden": "true"}, h("td", {class: "pad", colspan: this.columns.length})); row.style.height = `${height}px`; return row; };
    this.body.replaceChildren(pad(first * ROW), ...rows.map((row, k) => this.row(row, first + k)), pad(after * ROW));
  }

  row(row, at) {
    const cells = this.columns.map((column, k) => {
      const value = column.of(row);
      const text = column.show ? column.show(value, row) : number(value);
      return h("td", {class: column.left ? "text" : null, title: typeof text === "string" && text.length > 24 ? text : null},
        k === 0 && this.open ? h("a", {href: this.open(row)}, text) : text);
    });
    return h("tr", {"aria-rowindex": at + 2, class: this.open ? "link" : null,
      on: this.open ? {click: event => { if (event.target.tagName !== "A") location.hash = this.open(row); }} : {}}, cells);
  }

  csv() {
    const quoted = value => {
      const text = value === null || value === undefined ? "" : typeof value === "string" ? guarded(value) : String(value);
      return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const lines = [this.columns.map(one => quoted(one.name)), ...this.shown.map(row => this.columns.map(one => quoted(one.of(row))))];
    save(`${this.name}.csv`, "text/csv", lines.map(line => line.join(",")).join("\r\n") + "\r\n");
  }

  json() {
    const rows = this.shown.map(row => Object.fromEntries(this.columns.map(one => [one.name, one.of(row) ?? null])));
    save(`${this.name}.json`, "application/json", JSON.stringify(rows, null, 1));
  }
}

/** A spreadsheet takes a text that begins so for a formula, unless an apostrophe stands before it; as `chiron export` has it. */
const guarded = text => /^[=+\-@\t\r\n]/.test(text) && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? `'${text}` : text;

function order(a, b, turn) {
  const gone = value => value === null || value === undefined || Number.isNaN(value);
  if (gone(a) || gone(b)) return gone(a) - gone(b); // what is not known comes last, whichever way
  if (typeof a === "number" && typeof b === "number") return turn * (a - b);
  return turn * String(a).localeCompare(String(b), "en", {numeric: true});
}

/** What a filter wants: words that stand in some cell, and comparisons with a column, all of them. */
function condition(wanted, columns) {
  const parts = [...wanted.matchAll(/(\S+)\s*(<=|>=|!=|=|<|>)\s*(\S+)|(\S+)/g)].map(([, name, sign, against, word]) => {
    const column = name && columns.find(one => one.name.toLowerCase() === name.toLowerCase());
    if (!column) return row => columns.some(one => String(one.show ? textOf(one.show(one.of(row), row)) : one.of(row) ?? "").toLowerCase().includes((word ?? name + sign + against).toLowerCase()));
    const number = Number(against);
    return row => {
      const value = column.of(row);
      if (value === null || value === undefined || Number.isNaN(value)) return false;
      const [a, b] = typeof value === "number" && !Number.isNaN(number) ? [value, number] : [String(value), against];
      return {"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b, "=": a === b, "!=": a !== b}[sign];
    };
  });
  return row => parts.every(part => part(row));
}

const textOf = shown => shown instanceof Node ? shown.textContent : String(shown);
