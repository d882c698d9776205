package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that a control group was made by, as the group's name says it. A number of a process alone would not do: it is given away
 * again, and in a container, whose groups may be seen here, it means another process.
 *
 * @param namespace in which the number holds (Linux, pid_namespaces(7)); no other is like it while anything lives in it
 * @param start when it started, in ticks since the machine did (proc(5), starttime)
 */
record Owner(long namespace, long pid, long start) {

    private static final Path PROC = Path.of("/proc");
    private static final Pattern NAME = Pattern.compile("chiron-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18})-.*");
    private static final int START = 19;

    /** This process. */
    static Owner self() throws IOException {
        return of(ProcessHandle.current().pid());
    }

    /** A living process that this one sees. */
    static Owner of(long pid) throws IOException {
        String link = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString(); // pid:[4026531836]
        return new Owner(Long.parseLong(link.replaceAll("[^0-9]", "")), pid, started(pid));
    }

    private static long started(long pid) throws IOException {
        String status = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
        String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[START]);
    }

    /** Who made a group of this name; empty if it is none of ours. */
    static Optional<Owner> named(String group) {
        Matcher name = NAME.matcher(group);
        return name.matches()
                ? Optional.of(new Owner(
                        Long.parseLong(name.group(1)), Long.parseLong(name.group(2)), Long.parseLong(name.group(3))))
                : Optional.empty();
    }

    /** A group's name. */
    String name(String group) {
        return "chiron-" + namespace + "-" + pid + "-" + start + "-" + group;
    }

    /** Whether it has ended; of a process that cannot be seen from here nobody knows. */
    boolean isGone(Owner self) {
        if (namespace != self.namespace) {
            return false;
        }
        try {
            return started(pid) != start;
        } catch (IOException none) {
            return !Files.exists(PROC.resolve(String.valueOf(pid)));
        }
    }
}
