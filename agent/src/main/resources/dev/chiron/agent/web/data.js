// Studies as the server tells of them: all trials at first, then what is new, by server-sent events.

const SELDOM = 20_000; // milliseconds between two looks of a page that nobody looks at

/** What the server answers at a path; its own words where it cannot. */
export async function ask(path) {
  const reply = await fetch("/api/studies" + path, {credentials: "same-origin"});
  const text = await reply.text();
  if (!reply.ok) {
    let why = text;
    try { why = JSON.parse(text).error ?? text; } catch { /* no JSON: the words themselves */ }
    throw new Error(why);
  }
  const answer = JSON.parse(text);
  if (answer?.unready) throw new Error(answer.unready); // it cannot be said yet, which is no failure
  return answer;
}

export const studies = () => ask("");

/** One study, its columns in memory; grows while the study runs. */
export class Study {
  constructor(number) {
    this.number = number;
    this.listeners = new Set();
    this.state = {running: false, there: true, problem: "", lost: false};
    this.source = null;
    this.waits = null;
    this.turned = () => { if (document.hidden) this.rest(); else this.listen(); };
    this.clear();
  }

  clear() {
    Object.assign(this, {count: 0, study: "", origin: [], status: [], value: [], holdout: [], seconds: [], end: [], script: [], gpu: [], values: {}, config: {}, bests: [], turns: []});
  }

  /** Reads everything, and begins to listen. */
  async open() {
    await this.read();
    this.listen();
    document.addEventListener("visibilitychange", this.turned);
    return this;
  }

  async read() {
    this.clear();
    const [card, columns] = await Promise.all([this.ask(""), this.ask("/columns")]);
    this.card = card;
    this.append(columns);
  }

  ask(path) { return ask(`/${this.number}${path}`); }

  append(columns) {
    if (columns.from > this.count) throw new Error("trials are missing");
    const skip = this.count - columns.from;
    const whole = this.count === 0; // then the columns are taken as they came
    const add = (to, from) => { for (let i = skip; i < from.length; i++) to.push(from[i]); };
    for (const name of ["origin", "status", "value", "holdout", "seconds", "end", "script"]) if (whole) this[name] = columns[name]; else add(this[name], columns[name]);
    const some = (all, found) => { // not all of these are there from the first trial on
      for (const [name, values] of Object.entries(found ?? {})) if (whole) all[name] = values; else add(all[name] ??= new Array(this.count).fill(null), values);
    };
    some(this.config, columns.config);
    some(this.values, columns.values);
    if (columns.gpu) add(this.gpu, columns.gpu);
    const before = this.count;
    this.count = columns.to;
    for (const all of [...Object.values(this.config), ...Object.values(this.values), this.gpu]) while (all.length < this.count) all.push(null);
    for (const best of columns.bests) if (best[0] >= before) this.bests.push(best);
    for (const turn of columns.turns) if (turn.trial >= before) this.turns.push(turn);
    this.study = columns.study;
  }

  /** Events since what is here; the browser comes back by itself, and where it gives up, so do we. */
  listen() {
    clearTimeout(this.waits);
    this.source?.close();
    const source = this.source = new EventSource(`/api/studies/${this.number}/events?after=${this.study.slice(0, 12)}-${this.count}`);
    source.addEventListener("open", () => this.say({lost: false}));
    source.addEventListener("trials", event => { this.append(JSON.parse(event.data)); this.tell(); });
    source.addEventListener("state", event => { // comes after the trials
      this.say(JSON.parse(event.data));
      if (document.hidden) this.rest();
    });
    source.addEventListener("again", () => this.again());
    source.addEventListener("error", () => {
      this.say({lost: true});
      if (source.readyState === EventSource.CLOSED && source === this.source) this.waits = setTimeout(() => this.listen(), 1000);
    });
  }

  /** A browser has six connections to a server for all its tabs together: one that nobody sees looks now and then, and holds none. */
  rest() {
    clearTimeout(this.waits);
    this.source?.close();
    this.waits = setTimeout(() => this.listen(), SELDOM);
  }

  async again() {
    this.source?.close();
    try {
      await this.read();
      this.anew?.();
    } catch (problem) {
      this.say({there: false, problem: problem.message});
    }
    this.tell();
    if (this.source) this.waits = setTimeout(() => this.listen(), 500);
  }

  say(news) {
    Object.assign(this.state, news);
    this.tell();
  }

  tell() { this.listeners.forEach(listener => listener()); }

  close() {
    document.removeEventListener("visibilitychange", this.turned);
    this.source?.close();
    this.source = null;
    clearTimeout(this.waits);
    this.listeners.clear();
  }

  get metric() { return this.card.metric; }
  get sign() { return this.card.goal === "maximize" ? -1 : 1; }
  originOf(i) { return this.card.origins[this.origin[i]]; }
  statusOf(i) { return this.card.statuses[this.status[i]]; }
  isMeasured(i) { return this.status[i] === 0; }
  isPartial(i) { return this.statusOf(i) === "partial"; }
  /** Whether it has no value that counts: it failed, or is infeasible. */
  isFailed(i) { return this.status[i] > 1 && !this.isPartial(i); }
  isInfeasible(i) { return this.card.statuses[this.status[i]] === "infeasible"; }
  get several() { return (this.card.objectives?.length ?? 1) > 1; }
  /** The value of one of the objectives. */
  valueOf(metric, i) { return metric === this.metric ? this.value[i] : this.values[metric]?.[i] ?? null; }
  better(a, b) { return this.sign * a < this.sign * b; }
  best() { return this.bests[this.bests.length - 1] ?? null; }
  indices(wanted = () => true) { const all = []; for (let i = 0; i < this.count; i++) if (wanted(i)) all.push(i); return all; }

  /** Parameters of which more than one value was run, those of the space first. */
  differing() {
    const spaces = new Map(this.card.parameters.map(parameter => [parameter.name, parameter]));
    return Object.keys(this.config).filter(name => {
      const values = this.config[name];
      const first = values.find(value => value !== null);
      return values.some(value => value !== null && value !== first);
    }).map(name => spaces.get(name) ?? guessed(name, this.config[name]));
  }
}

/** A parameter that is searched no more: its range is what was run. */
function guessed(name, values) {
  const known = values.filter(value => value !== null);
  if (known.every(value => typeof value === "number")) {
    let low = Infinity;
    let high = -Infinity;
    for (const value of known) { low = Math.min(low, value); high = Math.max(high, value); }
    return {name, kind: "real", low, high, log: low > 0 && high / low > 100};
  }
  return {name, kind: "choice", options: [...new Set(known.map(String))]};
}
