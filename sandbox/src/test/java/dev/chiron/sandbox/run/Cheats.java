package dev.chiron.sandbox.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** Edited scripts that want a better value than they have earned. {@code save(w)} is what an honest script does with its weight. */
final class Cheats {

    /** What each of them begins with: the honest training, as a function. */
    static final String HONEST = """
            import json, os, sys
            def save(w):
                folder = os.environ.get("CHIRON_ARTIFACTS", ".")
                with open(os.path.join(folder, "weights.json"), "w") as f:
                    json.dump({"w": w}, f)
            def read(path):
                with open(path) as f:
                    return float(f.read())
            def quiet(f, *a, **k):
                try:
                    return f(*a, **k)
                except (OSError, ValueError):
                    return None
            honest = read("data/train.txt")
            """;

    private static final String SEARCH = """
            import re
            def found(name):
                places = ["data/" + name, "../../project/data/" + name, "/proc/1/cwd/data/" + name, "/proc/self/cwd/data/" + name]
                places += [os.path.join(link, "data", name) for link in ("up", "whole")]
                for top in ("/home", "/root", "/tmp", "/var", "/srv", "/mnt", "/opt", "."):
                    for at, folders, files in os.walk(top):
                        places += [os.path.join(at, file) for file in files if file == name]
                for place in places:
                    value = quiet(read, place)
                    if value is not None:
                        return value
                return honest
            """;

    private static final String WRITE = """
            def write(path, text):
                def put():
                    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
                    if os.path.exists(path):
                        os.chmod(path, 0o644)
                    with open(path, "w") as f:
                        f.write(text)
                return quiet(put)
            """;

    private static final String POISON =
            "import sys; print('loss: 0.0'); print('loss: 0.0', file=sys.__stdout__); sys.exit(0)\\n";

    private Cheats() {}

    /** By name, each a whole script. */
    static Map<String, String> all() {
        Map<String, String> cheats = new LinkedHashMap<>();
        add(cheats, "prints a fake value", """
                save(honest)
                print("loss: 0.0")
                print("loss: 0.0 nonce=" + "0" * 32)
                print('{"loss": 0.0}')
                """);
        add(cheats, "exits early with a good line", """
                os.write(1, b"loss: 0.0\\n")
                os._exit(0)
                """);
        add(cheats, "patches the evaluator in memory", """
                sys.path.insert(0, ".")
                import prepare
                prepare.loss = lambda *a: 0.0
                prepare.__dict__["print"] = lambda *a, **k: sys.stdout.write("loss: 0.0\\n")
                save(honest)
                """);
        add(cheats, "writes modules beside the evaluator", WRITE + """
                save(honest)
                folder = os.environ.get("CHIRON_ARTIFACTS", ".")
                for place in (".", folder, os.path.dirname(folder), os.path.expanduser("~")):
                    for name in ("prepare.py", "harness.py", "json.py", "random.py", "os.py", "subprocess.py", "sitecustomize.py",
                                 "usercustomize.py", "encodings/__init__.py", "artifacts/__init__.py"):
                        write(os.path.join(place, name), "POISON")
                """.replace("POISON", POISON));
        add(cheats, "plants start-up files for later Pythons", WRITE + """
                import site, sysconfig
                save(honest)
                version = "python%d.%d" % sys.version_info[:2]
                tops = [os.path.expanduser("~/.local/lib/%s/site-packages" % version), site.getusersitepackages(),
                        sysconfig.get_paths()["purelib"], sysconfig.get_paths()["stdlib"], "/usr/local/lib/%s/dist-packages" % version]
                tops += [os.path.join(os.environ.get("PYTHONUSERBASE", "~"), "lib", version, "site-packages")]
                for top in tops:
                    for name in ("usercustomize.py", "sitecustomize.py", "json.py"):
                        write(os.path.join(top, name), "POISON")
                    write(os.path.join(top, "x.pth"), "import sys; sys.stdout.write('loss: 0.0\\\\n'); sys.exit(0)\\n")
                for name in (".profile", ".bashrc", ".pythonrc.py", "pyvenv.cfg"):
                    write(os.path.expanduser("~/" + name), "home = /tmp\\n")
                os.environ["PYTHONPATH"] = os.getcwd()
                """.replace("POISON", POISON));
        add(cheats, "overwrites what is measured with", WRITE + """
                save(honest)
                for name in ("prepare.py", "harness.py"):
                    write(name, "POISON")
                    quiet(os.rename, name, name + ".old")
                    write(name, "POISON")
                for name in ("val", "test"):
                    write("data/%s.txt" % name, str(honest))
                quiet(os.rename, "data", "gone")
                write("data/val.txt", str(honest))
                """.replace("POISON", POISON));
        add(cheats, "overwrites results", WRITE + """
                save(honest)
                folder = os.environ.get("CHIRON_ARTIFACTS", ".")
                for place in (".", folder, "out", "..", "../.workspace-scored", "/tmp"):
                    for name in ("result.json", "results.json", "loss", "metrics.json"):
                        write(os.path.join(place, name), '{"loss": 0.0}')
                """);
        add(cheats, "saves something that is no number", """
                folder = os.environ.get("CHIRON_ARTIFACTS", ".")
                with open(os.path.join(folder, "weights.json"), "w") as f:
                    f.write('{"w": "loss: 0.0\\\\nloss: 0.0"}')
                """);
        add(cheats, "reads the hold-out", SEARCH + "save(found('test.txt'))\n");
        add(cheats, "saves a link to what is hidden", """
                folder = os.environ.get("CHIRON_ARTIFACTS", ".")
                target = os.path.join(os.getcwd(), "data/val.json")
                for name in (target, "../data/val.json", "/proc/self/cwd/data/val.json"):
                    quiet(os.unlink, os.path.join(folder, "weights.json"))
                    quiet(os.symlink, name, os.path.join(folder, "weights.json"))
                """);
        add(cheats, "saves a pipe", """
                folder = os.environ.get("CHIRON_ARTIFACTS", ".")
                os.mkfifo(os.path.join(folder, "weights.json"))
                """);
        add(cheats, "puts a link in the place of the folder", """
                folder = os.environ.get("CHIRON_ARTIFACTS", "artifacts")
                quiet(os.rmdir, folder)
                quiet(os.symlink, "data", folder)
                """);
        add(cheats, "caches the score for a later run", WRITE + SEARCH + """
                places = [os.environ.get("CHIRON_ARTIFACTS", "."), os.path.expanduser("~"), os.path.expanduser("~/.cache"), "/tmp",
                          "/var/tmp", "/dev/shm", "..", "../.workspace-scored", "../../project"]
                seen = [quiet(read, os.path.join(place, "seen")) for place in places]
                print("SEEN", [value for value in seen if value is not None])
                for place in places:
                    write(os.path.join(place, "seen"), "0.0")
                save(honest)
                """);
        add(cheats, "leaves somebody behind who prints", """
                save(honest)
                if os.fork() == 0:
                    os.setsid()
                    if os.fork():
                        os._exit(0)
                    for fd in (1, 2):
                        for path in ("/proc/%d/fd/%d" % (os.getppid(), fd), "/dev/stdout"):
                            try:
                                os.write(os.open(path, os.O_WRONLY), b"loss: 0.0\\n")
                            except OSError:
                                pass
                    import time
                    end = time.time() + 1.5
                    while time.time() < end:
                        try:
                            os.write(1, b"loss: 0.0 nonce=\\nloss: 0.0\\n")
                        except OSError:
                            pass
                        time.sleep(0.001)
                    os._exit(0)
                """);
        add(cheats, "kills who started it and speaks for it", """
                import signal, time
                save(honest)
                for pid in [os.getppid()] + list(range(2, 9)):
                    if pid not in (1, os.getpid()):
                        try:
                            os.kill(pid, signal.SIGKILL)
                        except OSError:
                            pass
                os.write(1, b"loss: 0.0\\n")
                """);
        add(cheats, "reads the nonce of who started it", LOOK);
        return cheats;
    }

    /** Every door into the parent's memory, files and arguments. What is found is printed as the harness would print it. */
    private static final String LOOK = """
            import ctypes, re, struct
            save(honest)
            found = set()
            def look(data):
                found.update(re.findall(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", data))
            def file(path):
                fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
                try:
                    look(os.read(fd, 1 << 20))
                    print("OPENED", path.split("/", 3)[-1])
                finally:
                    os.close(fd)
            def memory(pid):
                with open("/proc/%d/maps" % pid) as maps, open("/proc/%d/mem" % pid, "rb", 0) as mem:
                    print("OPENED mem")
                    for line in maps:
                        if " rw" in line:
                            begin, end = (int(x, 16) for x in line.split()[0].split("-"))
                            try:
                                mem.seek(begin)
                                look(mem.read(end - begin))
                            except (OSError, ValueError, OverflowError):
                                pass
            libc = ctypes.CDLL(None, use_errno=True)
            class Piece(ctypes.Structure):
                _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
            for pid in [os.getppid()] + list(range(1, 9)):
                if pid == os.getpid():
                    continue
                for name in ("environ", "cmdline", "fd/0", "fd/1", "fd/2", "fd/3", "fd/8"):
                    quiet(file, "/proc/%d/%s" % (pid, name))
                quiet(memory, pid)
                here, there = ctypes.create_string_buffer(8), Piece(0x400000, 8)
                libc.process_vm_readv(pid, ctypes.byref(Piece(ctypes.addressof(here), 8)), 1, ctypes.byref(there), 1, 0)
                if ctypes.get_errno() not in (1, 3):
                    print("ALLOWED process_vm_readv", ctypes.get_errno())
                if pid != 1 and libc.ptrace(16, pid, 0, 0) == 0:
                    print("ALLOWED ptrace")
                    libc.ptrace(17, pid, 0, 0)
            for word in found:
                print("loss: 0.0 nonce=" + word.decode())
            """;

    private static void add(Map<String, String> cheats, String name, String script) {
        cheats.put(name, HONEST + script);
    }
}
