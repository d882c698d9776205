"""Makes docs/loop.svg and docs/belief.svg, the pictures of docs/how-it-works.md: python3 docs/how-it-works.py (needs the built jar).

The loop is drawn. CMA-ES's belief is a real one: a study of 120 trials tunes the script below, `chiron serve` says what CMA-ES knew when the
model was asked for the last time, and the lines beside it stand in that prompt.
"""
import html, json, math, os, re, shutil, subprocess, sys, tempfile, urllib.request

SCRIPT = '''"""Fits a line to noisy points by stochastic gradient descent with momentum."""

import random

LEARNING_RATE = 0.001
MOMENTUM = 0.5
STEPS = 400

draw = random.Random(1)
points = [(x, 3 * x - 1 + draw.gauss(0, 1)) for x in (draw.uniform(-1, 1) for _ in range(400))]
slope = height = slope_speed = height_speed = 0.0
for step in range(STEPS):
    x, y = draw.choice(points)
    error = slope * x + height - y
    slope_speed = MOMENTUM * slope_speed - LEARNING_RATE * error * x
    height_speed = MOMENTUM * height_speed - LEARNING_RATE * error
    slope += slope_speed
    height += height_speed
print("val_loss:", (slope - 3) ** 2 / 3 + (height + 1) ** 2)
'''
TASK = """task: Fit a line to noisy points by stochastic gradient descent with momentum, 400 steps.
script: train.py
run: python3 {script}
metric: { name: val_loss }
space:
  LEARNING_RATE: { type: float, low: 0.0001, high: 1, log: true }
  MOMENTUM: { type: float, low: 0, high: 0.99 }
method: centaur
optimizer: cma-es
llm: { model: builtin }
budget: { trials: 120 }
"""
# Okabe and Ito's colours, as on the live page; the picture has its own ground, light or dark as the reader's system is.
STYLE = """<style>
:root { --ground: #fbfaf7; --paper: #ffffff; --line: #c9c5bc; --grid: #ebe8e1; --ink: #1e2226; --soft: #5c6369; --blue: #0072b2; --red: #c95700; --green: #008a64; --purple: #a8568a; --wash: #0072b21c; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171a; --paper: #1b1f23; --line: #4a5158; --grid: #262b30; --ink: #e8e6e1; --soft: #a3a9af; --blue: #56b4e9; --red: #f07f2e; --green: #1fb38a; --purple: #cc79a7; --wash: #56b4e924; } }
text { font: 14px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--ink); }
.soft { fill: var(--soft); font-size: 12.5px; } .head { font-weight: 600; } .mono { font: 12.5px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.box { fill: var(--paper); stroke: var(--line); stroke-width: 1.5; } .go { fill: none; stroke: var(--soft); stroke-width: 1.5; }
</style>"""
here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
launcher = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else os.path.join(here, "chiron")


def picture(name, width, height, said, parts):
    with open(os.path.join(here, "docs", name), "w") as file:
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{html.escape(said)}">\n'
                   f'{STYLE}\n<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="var(--soft)"/></marker></defs>\n'
                   f'<rect width="{width}" height="{height}" rx="10" fill="var(--ground)"/>\n' + "\n".join(parts) + "\n</svg>\n")


def text(x, y, words, kind="", more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" xml:space="preserve"{more}>{html.escape(words)}</text>'


def box(x, y, width, height, colour, head, *lines):
    parts = [f'<rect class="box" x="{x}" y="{y}" width="{width}" height="{height}" rx="8"/>', f'<rect x="{x}" y="{y + 10}" width="4" height="{height - 20}" fill="var(--{colour})"/>', text(x + 14, y + 25, head, "head")]
    return parts + [text(x + 14, y + 46 + 18 * k, line, "soft") for k, line in enumerate(lines)]


def arrow(path, words="", at=None, anchor="middle"):
    return [f'<path class="go" d="{path}" marker-end="url(#tip)"/>'] + ([text(*at, words, "soft", f' text-anchor="{anchor}"')] if words else [])


def loop():
    parts = [
        *box(30, 40, 216, 92, "blue", "Optimizer", "keeps the mathematics:", "draws the next config"),
        *box(30, 228, 216, 110, "red", "Prompt", "its whole state, its suggestion,", "the trials, facts from papers,", "in the units of your script"),
        *box(300, 228, 216, 110, "red", "Language model", "knows what parameters mean:", "three candidates, each with", "what it expects"),
        *box(366, 40, 160, 92, "blue", "Check", "constraints, repeats,", "what will surely fail"),
        *box(586, 40, 176, 92, "green", "Run", "a fresh copy, walled in;", "a metric or a failure"),
        *box(814, 40, 160, 92, "green", "Journal", "one line on disk,", "before all else"),
        *arrow("M246 86H362", "its own turns", (304, 76)),
        *arrow("M133 132V224", "the model's turns, 3 in 10", (143, 172), "start"),
        *arrow("M246 283H296"),
        *arrow("M446 228V136", "the optimizer's own model chooses one", (456, 186), "start"),
        *arrow("M526 86H582"),
        *arrow("M762 86H810"),
        *arrow("M894 132V372H16V86H26", "tell: the config that was really run, and what came of it, whoever proposed it", (560, 362)),
    ]
    said = "The loop: the optimizer draws a config on every turn; on three in ten a language model sees its state in a prompt and proposes three candidates, of which the optimizer's model chooses. What is proposed is checked, run in a fresh copy, written to the journal, and told to the optimizer."
    picture("loop.svg", 1000, 392, said, parts)


def study(folder):
    with open(os.path.join(folder, "train.py"), "w") as script, open(os.path.join(folder, "chiron.yaml"), "w") as task:
        script.write(SCRIPT)
        task.write(TASK)
    subprocess.run([launcher, "run", "--quiet"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    serve = subprocess.Popen([launcher, "serve", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        address = next(line.strip() for line in serve.stdout if "http://" in line) + "api/studies/0/"
        ask = lambda path: json.load(urllib.request.urlopen(address + path))
        columns = ask("columns")
        talks = ((number, ask(f"talk?number={number}")) for number in range(columns["to"] - 1, 0, -1))
        number, prompt = next((number, talk[0]["prompt"]) for number, talk in talks if talk)
        belief = ask("belief")
        while belief["upTo"] < belief["of"]:
            belief = ask("belief")
        sigma = re.search(r"Step size sigma: (\S+) of", prompt)[1]
        same = [point for point in belief["points"] if point["trial"] <= number and float(f"{point['sigma']:.4g}") == float(sigma)]
        return columns, ask(""), prompt, number, belief["points"], same[-1]
    finally:
        serve.terminate()
        serve.wait()


def badge(number, x, y):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="var(--purple)"/><text x="{x:.1f}" y="{y + 4.5:.1f}" text-anchor="middle" style="font-size:12.5px;font-weight:600;fill:var(--ground)">{number}</text>'


def wrapped(line, room):
    lines = [""]
    for word in re.findall(r"[^\s,]+,?(?=\")|\S+\s*", line):
        if len(lines[-1] + word.rstrip()) > room:
            lines.append("")
        lines[-1] += word
    return lines


def belief(folder):
    columns, card, prompt, number, points, point = study(folder)
    lr, momentum = point["axes"]
    low, high, top = math.log10(0.0001), math.log10(1), 0.99
    left, width, base, height = 70, 400, 400, 340  # of the plot, in pixels
    window = [(-3.3, -0.7), (0.45, 1.02)]  # log10 of the learning rate, momentum
    px = lambda log: left + width * (log - window[0][0]) / (window[0][1] - window[0][0])
    py = lambda value: base - height * (value - window[1][0]) / (window[1][1] - window[1][0])
    ux, uy = (lambda u: px(low + (high - low) * u)), (lambda u: py(top * u))  # from the unit cube
    parts = [text(left, 34, f"What CMA-ES believes after {point['generation']} generations", "head"),
             f'<rect class="box" x="{left}" y="{base - height}" width="{width}" height="{height}"/><clipPath id="in"><rect x="{left}" y="{base - height}" width="{width}" height="{height}"/></clipPath>']
    for value in (0.001, 0.003, 0.01, 0.03, 0.1):
        x = px(math.log10(value))
        parts += [f'<path d="M{x:.1f} {base}v-{height}" stroke="var(--grid)"/>', text(x, base + 18, f"{value:g}", "soft", ' text-anchor="middle"')]
    for value in (0.5, 0.6, 0.7, 0.8, 0.9):
        parts += [f'<path d="M{left} {py(value):.1f}h{width}" stroke="var(--grid)"/>', text(left - 8, py(value) + 4, f"{value:g}", "soft", ' text-anchor="end"')]
    parts += [text(left + width, base + 38, "LEARNING_RATE", "soft", ' text-anchor="end"'), text(left, base - height - 8, "MOMENTUM", "soft", ' text-anchor="middle"'), '<g clip-path="url(#in)">']
    best = sorted(value for value in columns["value"][:number] if value is not None)
    for k in range(number):
        value, x, y = columns["value"][k], px(math.log10(columns["config"]["LEARNING_RATE"][k])), py(columns["config"]["MOMENTUM"][k])
        colour = "green" if value is not None and value <= best[len(best) // 5] else "soft"
        fade = "" if colour == "green" else ' fill-opacity=".35"'
        shape = f"M{x:.1f} {y - 5:.1f}l4.6 8h-9.2z" if card["origins"][columns["origin"][k]] == "builtin" else f"M{x - 3.4:.1f} {y:.1f}a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0z"
        parts.append(f'<path d="{shape}" fill="var(--{colour})"{fade}/>')
    (a, b), (_, c) = point["covariance"]
    root = math.sqrt(((a - c) / 2) ** 2 + b * b)
    directions = []
    for value in ((a + c) / 2 + root, (a + c) / 2 - root):
        angle = math.atan2(value - a, b) if b else (0 if a >= c else math.pi / 2)
        directions.append((math.sqrt(max(value, 0)) * math.cos(angle), math.sqrt(max(value, 0)) * math.sin(angle)))
    (lx, ly), (sx, sy) = directions
    mx, my = lr["mean"], momentum["mean"]
    for times, dash in ((1, ""), (2, ' stroke-dasharray="5 4"')):
        ring = [(mx + times * (lx * math.cos(t) + sx * math.sin(t)), my + times * (ly * math.cos(t) + sy * math.sin(t))) for t in (2 * math.pi * k / 90 for k in range(90))]
        parts.append('<path d="M' + " ".join(f"{ux(u):.1f} {uy(v):.1f}" for u, v in ring) + f'z" fill="{"var(--wash)" if times == 1 else "none"}" stroke="var(--blue)" stroke-width="2"{dash}/>')
    for dx, dy in directions:
        parts.append(f'<path d="M{ux(mx - dx):.1f} {uy(my - dy):.1f}L{ux(mx + dx):.1f} {uy(my + dy):.1f}" stroke="var(--blue)" stroke-width="1.5"/>')
    asked = json.loads(re.search(r"CMA-ES would try next: (\{.*?\})", prompt)[1])
    nx, ny = px(math.log10(asked["LEARNING_RATE"])), py(asked["MOMENTUM"])
    parts += [f'<path d="M{ux(mx) - 6:.1f} {uy(my):.1f}h12m-6 -6v12" stroke="var(--ink)" stroke-width="2.5"/>',
              f'<path d="M{nx:.1f} {ny - 7:.1f}l7 7l-7 7l-7 -7z" fill="none" stroke="var(--red)" stroke-width="2.5"/></g>']
    bottom = base - 12
    down = -2 if ly > 0 else 2  # the end of the ellipse that lies lower
    low_end = ux(mx + down * lx) + 16, uy(my + down * ly) + 10
    parts += [f'<path d="M{ux(mx - lr["sd"]):.1f} {bottom}H{ux(mx + lr["sd"]):.1f}m0 -5v10M{ux(mx - lr["sd"]):.1f} {bottom - 5}v10" stroke="var(--blue)" stroke-width="2.5" fill="none"/>',
              badge(2, ux(mx), uy(my) - 18), badge(3, ux(mx + lr["sd"]) + 14, bottom), badge(4, *low_end), badge(5, nx - 18, ny)]
    parts += [text(left, base + 58, "● trial  ▲ the model's  green: the best fifth  ◇ next draw", "soft")]

    state = prompt[prompt.index("CMA-ES samples around"):]
    wanted = [(1, re.search(r"CMA-ES samples.*?generations?\)|CMA-ES samples.*?yet", state)[0] + "."), (0, ""), (2, "parameter,mean,one sigma")]
    wanted += [(3 if name == "LEARNING_RATE" else 0, re.search(rf"^{name},.*", state, re.M)[0]) for name in ("LEARNING_RATE", "MOMENTUM")]
    wanted += [(0, ""), (4, re.search(r"Strongest correlations.*", state)[0]), (0, ""), (5, re.search(r"CMA-ES would try next: .*", state)[0])]
    x, y = 540, 34
    parts.append(text(x, y, f"What the model reads of it, before trial {number}", "head"))
    y += 34
    for mark, line in wanted:
        if mark:
            parts.append(badge(mark, x - 20, y - 4))
        for piece in wrapped(line, 56) if line else [""]:
            parts.append(text(x, y, piece, "mono"))
            y += 18 if line else 10
    parts += steps(points, number, x, y + 26, 400, base - y - 26)
    picture("belief.svg", 1000, 470, "On the left trials of a study over learning rate and momentum, with CMA-ES's mean, its ellipse and its next draw; on the right the lines of the prompt that say the same in numbers: " + " ".join(line for _, line in wanted), parts)


def steps(points, number, x, y, width, height):
    """The step size over time, which the first of the lines tells of."""
    shown = [point for point in points if point["trial"] <= number]
    most = max(point["sigma"] for point in shown)
    place = lambda point: f"{x + width * point['trial'] / number:.1f} {y + height - (height - 22) * point['sigma'] / most:.1f}"
    path = "M" + "L".join(place(point) for point in shown)
    return [text(x, y + 4, f"step size sigma: {shown[0]['sigma']:.2g} at first, {most:.2g} at most, {shown[-1]['sigma']:.2g} now", "soft"), badge(1, x - 20, y), f'<path d="M{x} {y + height}h{width}" stroke="var(--line)"/>',
            f'<path d="{path}" fill="none" stroke="var(--blue)" stroke-width="2"/>', text(x, y + height + 18, "0", "soft"), text(x + width, y + height + 18, f"trial {number}", "soft", ' text-anchor="end"')]


loop()
folder = tempfile.mkdtemp()
try:
    belief(folder)
finally:
    shutil.rmtree(folder, ignore_errors=True)
