"""Makes docs/session.svg, the picture of a session in the README: python3 docs/screenshot.py (needs tmux and the built jar).

Runs a session on the tutorial's script in a terminal of tmux, and draws what stands on its screen.
"""
import html, os, re, shutil, subprocess, sys, tempfile, time

COLUMNS, ROWS = 112, 45
here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
launcher = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "chiron")
folder = tempfile.mkdtemp()
project = os.path.join(folder, "moons")
os.mkdir(project)
with open(os.path.join(here, "docs", "tutorial.md")) as page, open(os.path.join(project, "train.py"), "w") as script:
    script.write(re.search(r"```python\n(.*?)```", page.read(), re.S).group(1))
with open(os.path.join(project, "chiron.yaml"), "w") as task:
    task.write("""script: train.py
run: python3 {script}
metric: { name: val_loss }
space:
  LEARNING_RATE: { type: float, low: 0.001, high: 3, log: true }
  BATCH_SIZE: { type: int, low: 16, high: 256, log: true }
  HIDDEN: { type: int, low: 1, high: 16, log: true }
  MOMENTUM: { type: float, low: 0, high: 0.9 }
llm: { model: builtin }
""")
tmux = ["tmux", "-S", os.path.join(folder, "tmux"), "-f", "/dev/null"]


def run(*words):
    return subprocess.run([*tmux, *words], capture_output=True, text=True).stdout


def wait(text):
    deadline = time.time() + 240
    while text not in run("capture-pane", "-p"):
        assert time.time() < deadline, f"{text} does not come:\n" + run("capture-pane", "-p")


def enter(line):
    run("send-keys", "-l", line)
    run("send-keys", "Enter")


def waits(trials):
    wait(f"\n  {trials:3d}  ")
    wait("\nchiron>")
    deadline = time.time() + 240
    while "waiting (paused)" not in run("capture-pane", "-p").split(f"\n  {trials:3d}  ")[-1]:
        assert time.time() < deadline, run("capture-pane", "-p")


run("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), "-c", project,
    "env", "TERM=screen-256color", "CHI_DIR=" + project, launcher, "session", "--seed", "1", "--paused")
wait("\nchiron>")
enter("/step 15")
waits(14)
best = re.findall(r"^ +(\d+) .*best so far", run("capture-pane", "-p"), re.M)[-1]
enter("/why " + best)
wait(f"Trial {best}")
enter("/try BATCH_SIZE=32")
wait("do it?")
enter("y")
wait("steering 1")
enter("/step 2")
waits(16)
enter("/plot importance")
wait("importance.png")
run("send-keys", "-l", "/steer prefer small networks")
time.sleep(0.5)
screen = run("capture-pane", "-e", "-p").rstrip("\n").split("\n")
enter("")
enter("/quit now")
run("kill-server")

RESET = ("0", "", "39", "22")
BASIC = {"31": "#ff7b72", "32": "#3fb950", "2": "#8b949e", "1": "#f0f6fc"}


def colour(codes, now):
    if "38;5;" in codes:
        n = int(codes.split("38;5;")[1].split(";")[0]) - 16
        steps = [0, 95, 135, 175, 215, 255]
        return "#%02x%02x%02x" % (steps[n // 36], steps[n // 6 % 6], steps[n % 6]) if n >= 0 else now
    for code in sorted(codes.split(";"), key=lambda code: code not in RESET):  # dim and the usual colour come in one
        now = "#c9d1d9" if code in RESET else BASIC.get(code, now)
    return now


def places(column, text):
    """Where its letters stand: each by itself where there are others than ASCII's, which come from fonts of other widths."""
    return " ".join(f"{12 + 8.43 * (column + i):.4g}" for i in range(len(text) if not text.isascii() else 1))


lines, ink = [], "#c9d1d9"
for row, text in enumerate(screen):
    spans, column = [], 0
    for part in re.split(r"(\x1b\[[0-9;]*m|\x0e|\x0f)", text):
        if part.startswith("\x1b"):
            ink = colour(part[2:-1], ink)
        elif part and part not in "\x0e\x0f":
            spans.append(f'<tspan fill="{ink}" x="{places(column, part)}">{html.escape(part)}</tspan>')
            column += len(part)
    lines.append(f'<text y="{28 + 17 * row}" xml:space="preserve">{"".join(spans)}</text>')
with open(os.path.join(here, "docs", "session.svg"), "w") as picture:
    picture.write(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{24 + 8.43 * COLUMNS:.0f}" height="{30 + 17 * len(screen)}" font-size="14" '
        'font-family="ui-monospace, Menlo, Consolas, \'DejaVu Sans Mono\', monospace">\n'
        f'<rect width="100%" height="100%" rx="8" fill="#0d1117"/>\n' + "\n".join(lines) + "\n</svg>\n"
    )
shutil.rmtree(folder, ignore_errors=True)
