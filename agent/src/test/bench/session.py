"""How fast a key is on the screen while trials run, and whether a session that stays open grows.

    python3 agent/src/test/bench/session.py [TRIALS] [CLASS PATH]

Runs `chiron session` on a terminal of its own, with trials that take milliseconds, types a key now and then and waits for its echo;
after a quarter of the trials and at the end asks the JVM (-Xmx96m) to collect its garbage and prints what is left.
"""
import fcntl, os, pty, select, statistics, struct, subprocess, sys, tempfile, termios, time

trials = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
path = sys.argv[2] if len(sys.argv) > 2 else "evals/target/chiron.jar"
path = ":".join(os.path.abspath(part) for part in path.split(":") if part)
folder = tempfile.mkdtemp()
with open(os.path.join(folder, "train.py"), "w") as script:
    script.write("X = 0.9\n")
with open(os.path.join(folder, "chiron.yaml"), "w") as task:
    task.write(f"""script: train.py
run: /bin/echo "loss:" {{X}}
metric: {{ name: loss }}
space: {{ X: {{ type: float, low: 0, high: 1, default: 0.9 }} }}
method: random
sandbox: {{ level: off }}
budget: {{ trials: {trials} }}
""")

pid, terminal = pty.fork()
if pid == 0:
    os.chdir(folder)
    os.environ["TERM"] = "xterm-256color"
    os.execvp("java", ["java", "-Xmx96m", "-cp", path, "dev.chiron.agent.cli.Main", "session"])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))


def read(seconds):
    ready, _, _ = select.select([terminal], [], [], seconds)
    try:
        return os.read(terminal, 65536) if ready else b""
    except OSError:
        return b""


def done():
    try:
        with open(os.path.join(folder, "chiron-study", "journal.jsonl"), "rb") as journal:
            return sum(b'"type":"trial"' in line for line in journal)
    except FileNotFoundError:
        return 0


def heap():
    subprocess.run(["jcmd", str(pid), "GC.run"], capture_output=True)
    info = subprocess.run(["jcmd", str(pid), "GC.heap_info"], capture_output=True, text=True).stdout
    return next(line.strip() for line in info.splitlines() if "used" in line)


took, marks, started = [], [], time.time()
while done() < 5:
    read(0.1)
while (count := done()) < trials and time.time() - started < 3600:
    if not marks and count >= trials // 4:
        marks.append((count, heap()))
    for _ in range(20):  # what trials print meanwhile is read, too
        read(0.05)
    while read(0.01):
        pass
    before = time.perf_counter()
    os.write(terminal, b"z")
    shown = b""
    while b"z" not in shown and time.perf_counter() - before < 5:
        shown += read(0.5)
    took.append(1000 * (time.perf_counter() - before))
    os.write(terminal, b"\x7f")
marks.append((done(), heap()))
os.write(terminal, b"\x15/quit now\r")
for count, used in marks:
    print(f"after {count} trials: {used}")
took.sort()
print(
    f"{len(took)} keys: median {statistics.median(took):.1f} ms, 95 % within {took[int(0.95 * (len(took) - 1))]:.1f} ms, "
    f"slowest {took[-1]:.1f} ms; load {os.getloadavg()[0]:.1f}"
)
