package dev.chiron.sandbox.run;

import dev.chiron.sandbox.isolate.Isolation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises, in what a failed run printed, what looks like the sandbox's doing, and names the setting. Says nothing of what is really on
 * the machine: the text may reach a language model.
 *
 * @param network whether the run had one
 * @param unread what of the project could not be copied, relative to it
 */
record Hints(Isolation level, boolean network, Path workspace, List<Path> unread) {

    private static final Pattern UNREACHABLE = Pattern.compile(
            "Temporary failure in name resolution|Network is unreachable|Name or service not known|Could not resolve host"
                    + "|nodename nor servname|UnknownHostException|NewConnectionError|getaddrinfo|ENETUNREACH|EAI_AGAIN");
    private static final String PATH = "['\": ]+(/[^'\"\\s:,()]++)";
    private static final Pattern ABSENT = Pattern.compile(
            "(?:No such file or directory|FileNotFoundException|NoSuchFileException|cannot open|can't open file|cannot access"
                    + "|does not exist|No such file)" + PATH
                    + "|(/[^'\"\\s:,()]++)['\"]?: (?:No such file or directory|not found)");
    private static final Pattern ABOVE = Pattern.compile(
            "(?:No such file or directory|FileNotFoundException|NoSuchFileException|cannot open|can't open file|cannot access)"
                    + "['\": ]+((?:\\./)?\\.\\./[^'\"\\s:,()]++)"
                    + "|((?:\\./)?\\.\\./[^'\"\\s:,()]++)['\"]?: (?:No such file or directory|not found)");
    private static final Pattern NO_MODULE = Pattern.compile("No module named '?([A-Za-z0-9_]+)");
    private static final Pattern FROZEN =
            Pattern.compile("Read-only file system(?:" + PATH + ")?|ReadOnlyFileSystemException|EROFS");
    private static final Pattern NO_GPU =
            Pattern.compile("Found no NVIDIA driver|no CUDA-capable device|No CUDA GPUs are available"
                    + "|Failed to initialize NVML|CUDA driver initialization failed|no ROCm-capable device");
    private static final Pattern NO_SHARED =
            Pattern.compile("out of shared memory|insufficient shared memory|/dev/shm");
    private static final Pattern TOO_LARGE =
            Pattern.compile("File too large|\\[Errno 27\\]|SIGXFSZ|File size limit exceeded");
    private static final Pattern FORBIDDEN =
            Pattern.compile("Operation not permitted|Bad system call|Address family not supported");

    /** What the sandbox may have had to do with it, and which setting changes that; the last line that says something decides. */
    Optional<String> find(String tail) {
        return tail.lines().map(this::line).flatMap(Optional::stream).reduce((first, second) -> second);
    }

    private Optional<String> line(String line) {
        for (Path path : unread) {
            if (line.contains(path.toString())) {
                return Optional.of(shown(path.toString()) + " was not copied: you may not read it");
            }
        }
        return level == Isolation.PLAIN ? Optional.empty() : wall(line);
    }

    private Optional<String> wall(String line) {
        if (!network && UNREACHABLE.matcher(line).find()) {
            return Optional.of("trials have no network: sandbox.network: true gives them one");
        }
        if (FROZEN.matcher(line).find()) {
            return Optional.of("trials write only in their own folder and /tmp; caches: makes others writable");
        }
        if (NO_GPU.matcher(line).find()) {
            return Optional.of("trials see this machine's GPUs or what sandbox.devices lists");
        }
        if (NO_SHARED.matcher(line).find()) {
            return Optional.of("limits.memory bounds shared memory, too");
        }
        if (TOO_LARGE.matcher(line).find()) {
            return Optional.of(
                    "no file may be larger than limits.disk, in /dev/shm than limits.memory, whichever is more");
        }
        Matcher missing = NO_MODULE.matcher(line);
        if (missing.find()) {
            return Optional.of(
                    "trials do not see what pip install -e installed: if " + shown(missing.group(1))
                            + " is such a package, add its folder to sandbox.read; if another Python has it, name that one in run:");
        }
        Matcher above = ABOVE.matcher(line);
        if (above.find()) {
            return Optional.of("trials run in a copy, beside which "
                    + shown(above.group(1) == null ? above.group(2) : above.group(1))
                    + " is not: name it by its absolute path and add that to sandbox.read");
        }
        Matcher absent = ABSENT.matcher(line);
        if (absent.find()) {
            String path = absent.group(1) == null ? absent.group(2) : absent.group(1);
            return path.startsWith(workspace.toString())
                    ? Optional.empty()
                    : Optional.of("trials see only what the task lists: if " + shown(path)
                            + " is there, add it to sandbox.read");
        }
        return FORBIDDEN.matcher(line).find()
                ? Optional.of("the sandbox refuses some system calls; --sandbox off shows whether that is why")
                : Optional.empty();
    }

    private static String shown(String path) {
        return path.length() <= 80 ? path : path.substring(0, 79) + "…";
    }
}
