// Which study and which view are shown, by the address: #/STUDY/VIEW/more; the frame around them.

import {Study, studies} from "./data.js";
import {empty, h, number, plural} from "./dom.js";
import {forget} from "./palette.js";
import {redraw} from "./plot.js";

const VIEWS = [
  ["The study", [["overview", "History"], ["trials", "Trials"], ["timeline", "Timeline"], ["curves", "Learning curves"], ["front", "Pareto front"], ["compare", "Compare studies"]]],
  ["Parameters", [["parallel", "Parallel coordinates"], ["slices", "Slices"], ["contour", "Contour"], ["importance", "Importance"], ["failures", "Where it fails"], ["edf", "Distribution"]]],
  ["Who proposes", [["belief", "Optimizer's belief"], ["partners", "Model and optimizer"], ["talk", "Prompts and replies"], ["lineage", "Versions"], ["cost", "Cost"]]],
];
const IDS = VIEWS.flatMap(([, views]) => views.map(([id]) => id));
const THEMES = {auto: "Theme: system", light: "Theme: light", dark: "Theme: dark"};

const main = document.getElementById("main");
const nav = document.getElementById("views");
const list = document.getElementById("study");
const state = document.getElementById("state");
let study = null;
let view = null;
let shown = "";
let all = [];

/** Where the address points. */
function place() {
  const [, number, id, more] = location.hash.split("/");
  return {number: Number(number) || 0, id: IDS.includes(id) || id === "trial" ? id : "overview", more: more ?? ""};
}

function drawFrame({number, id}) {
  nav.replaceChildren(...VIEWS.flatMap(([title, views]) => [h("h2", {}, title),
    ...views.map(([name, text]) => h("a", {href: `#/${number}/${name}`, "aria-current": (id === "trial" ? "trials" : id) === name ? "page" : null}, text))]));
  list.replaceChildren(...all.map(one => h("option", {value: one.number, selected: one.number === number}, one.name)));
  nav.querySelector("[aria-current]")?.scrollIntoView({block: "nearest", inline: "center"});
}

function drawState() {
  const {lost, problem, running, there} = study.state;
  state.dataset.state = lost ? "lost" : running ? "running" : "ended";
  state.textContent = lost ? "no connection, trying again" : problem ? problem : !there ? "no study here now" : running ? `running, ${plural(study.count, "trial")}` : `not running, ${plural(study.count, "trial")}`;
  const best = study.best();
  document.title = best && !study.several ? `${number(best[2], 5)} · ${study.card.name} · Chiron` : `${study.card.name} · Chiron`;
}

async function show() {
  const now = place();
  const same = shown === `${now.number}/${now.id}`;
  drawFrame(now);
  if (same && view?.go) return view.go(now.more);
  view?.close?.();
  view = null;
  shown = `${now.number}/${now.id}`;
  const asked = shown;
  try {
    if (!study || study.number !== now.number) {
      study?.close();
      main.replaceChildren(empty("Reading the study …"));
      const opened = study = new Study(now.number);
      await opened.open();
      if (shown !== asked) return;
      let due = false;
      opened.anew = () => { shown = ""; show(); };
      opened.listeners.add(() => {
        if (due) return;
        due = true;
        requestAnimationFrame(() => {
          due = false;
          if (study !== opened) return;
          drawState();
          if (view) view.update?.(); else if (shown === "" && !opened.state.lost) show(); // the server went while it was drawn
        });
      });
    }
    drawState();
    const {draw} = await import(`./views/${now.id}.js`);
    if (shown !== asked) return;
    const root = h("section", {});
    main.replaceChildren(root);
    view = await draw(study, root, now.more) ?? {};
    main.dataset.drawn = shown;
  } catch (problem) {
    shown = "";
    main.replaceChildren(empty(problem.message));
    console.error(problem);
  }
}

function theme(next) {
  const root = document.documentElement;
  const now = next ?? localStorage.getItem("theme") ?? "auto";
  localStorage.setItem("theme", now);
  if (now === "auto") root.removeAttribute("data-theme"); else root.dataset.theme = now;
  document.getElementById("theme").textContent = THEMES[now];
  forget();
  redraw();
}

const turnTheme = () => { const names = Object.keys(THEMES); theme(names[(names.indexOf(localStorage.getItem("theme") ?? "auto") + 1) % names.length]); };

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName)) return;
  const {number, id} = place();
  const step = {"]": 1, "[": -1}[event.key];
  if (step) location.hash = `#/${number}/${IDS[(IDS.indexOf(id === "trial" ? "trials" : id) + step + IDS.length) % IDS.length]}`;
  else if (event.key === "t") turnTheme();
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (event.key === "/") { main.querySelector("input[type=search]")?.focus(); event.preventDefault(); }
}

document.getElementById("theme").addEventListener("click", turnTheme);
document.getElementById("help").addEventListener("click", () => document.getElementById("keys").showModal());
document.addEventListener("keydown", key);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { forget(); redraw(); });
list.addEventListener("change", () => { location.hash = `#/${list.value}/${place().id === "trial" ? "trials" : place().id}`; });
addEventListener("hashchange", show);
theme();
studies().then(found => { all = found; show(); }, problem => main.replaceChildren(empty(problem.message)));
