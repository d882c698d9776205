"""Makes docs/session.svg, the picture of a session in the README: python3 docs/screenshot.py (needs tmux and the built jar).

Runs a session on a small script in a terminal of tmux, and draws what stands on its screen.
"""
import html, os, re, shutil, subprocess, sys, tempfile, time

COLUMNS, ROWS = 96, 30
here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
launcher = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "chiron")
folder = tempfile.mkdtemp()
project = os.path.join(folder, "bowl")
os.mkdir(project)
with open(os.path.join(project, "train.py"), "w") as script:
    script.write("LEARNING_RATE = 0.3\nDEPTH = 8\nprint('val_loss:', 0.9 + (LEARNING_RATE - 0.07) ** 2 + 0.004 * abs(DEPTH - 12))\n")
with open(os.path.join(project, "chiron.yaml"), "w") as task:
    task.write("""script: train.py
run: python3 {script}
metric: { name: val_loss }
space:
  LEARNING_RATE: { type: float, low: 0.001, high: 1, log: true }
  DEPTH: { type: int, low: 2, high: 24 }
llm: { model: none }
sandbox: { level: off }
budget: { trials: 60 }
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


run("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), "-c", project,
    "env", "TERM=screen-256color", "CHI_DIR=" + project, launcher, "session", "--seed", "1")
wait("   12  ")
enter("/pause")
wait("waiting")
enter("/try LEARNING_RATE=0.05 --yes")
time.sleep(1)
enter("/plot")
wait("history.png")
run("send-keys", "-l", "/steer ")
time.sleep(0.5)
screen = run("capture-pane", "-e", "-p").rstrip("\n").split("\n")
enter("")
enter("/quit now")
run("kill-server")

BASIC = {"31": "#ff7b72", "32": "#3fb950", "2": "#8b949e", "1": "#f0f6fc"}


def colour(codes, now):
    if "38;5;" in codes:
        n = int(codes.split("38;5;")[1].split(";")[0]) - 16
        steps = [0, 95, 135, 175, 215, 255]
        return "#%02x%02x%02x" % (steps[n // 36], steps[n // 6 % 6], steps[n % 6]) if n >= 0 else now
    for code in codes.split(";"):
        now = "#c9d1d9" if code in ("0", "", "39", "22") else BASIC.get(code, now)
    return now


lines, ink = [], "#c9d1d9"
for row, text in enumerate(screen):
    spans, ink = [], "#c9d1d9"
    for part in re.split(r"(\x1b\[[0-9;]*m|\x0e|\x0f)", text):
        if part.startswith("\x1b"):
            ink = colour(part[2:-1], ink)
        elif part and part not in "\x0e\x0f":
            spans.append(f'<tspan fill="{ink}">{html.escape(part)}</tspan>')
    lines.append(f'<text x="12" y="{28 + 17 * row}" xml:space="preserve">{"".join(spans)}</text>')
with open(os.path.join(here, "docs", "session.svg"), "w") as picture:
    picture.write(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{24 + 8.43 * COLUMNS:.0f}" height="{30 + 17 * len(screen)}" font-size="14" '
        'font-family="ui-monospace, Menlo, Consolas, \'DejaVu Sans Mono\', monospace">\n'
        f'<rect width="100%" height="100%" rx="8" fill="#0d1117"/>\n' + "\n".join(lines) + "\n</svg>\n"
    )
shutil.rmtree(folder, ignore_errors=True)
