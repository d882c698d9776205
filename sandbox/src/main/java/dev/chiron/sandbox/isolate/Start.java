package dev.chiron.sandbox.isolate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Small pieces of command lines that the levels share. */
final class Start {

    /**
     * Enters the groups named before {@code --}, and goes on as the command after it. Java can neither hand on a file descriptor nor act
     * in a child before its program starts, so a shell does both.
     */
    private static final String ENTER = "while [ \"$1\" != -- ]; do echo 0 >\"$1\" || exit 125; shift; done; shift; ";

    static final String FILTER = "CHIRON_FILTER";

    private Start() {}

    /** The command, after it has entered the groups; itself where there are none. */
    static List<String> in(List<Path> groups, List<String> command) {
        return in(groups, false, command);
    }

    /** The same, with the file that the variable {@link #FILTER} names opened as descriptor 9 if it is {@code filtered}. */
    static List<String> in(List<Path> groups, boolean filtered, List<String> command) {
        return groups.isEmpty() && !filtered ? command : shell(ENTER + open(filtered) + "exec \"$@\"", groups, command);
    }

    private static String open(boolean filtered) {
        return filtered ? "exec 9<\"$" + FILTER + "\"; unset " + FILTER + "; " : "";
    }

    /**
     * The command in a session of its own: it has no controlling terminal, so it can neither be interrupted from one nor type into it.
     * What Java starts leads no process group, so {@code setsid} becomes the command and starts no further process.
     */
    static List<String> apart(Path session, List<String> command) {
        List<String> words = new ArrayList<>(List.of(session.toString()));
        words.addAll(command);
        return words;
    }

    /**
     * The command, after it has entered the groups, with what comes on standard input moved to descriptor 8.
     *
     * @param filtered whether the file that the variable {@link #FILTER} names is opened as descriptor 9
     */
    static List<String> moved(List<Path> groups, boolean filtered, List<String> command) {
        return shell(ENTER + open(filtered) + "exec 8<&0 </dev/null; exec \"$@\"", groups, command);
    }

    private static List<String> shell(String script, List<Path> groups, List<String> command) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", script, "chiron"));
        groups.forEach(group -> words.add(group.toString()));
        words.add("--");
        words.addAll(command);
        return words;
    }

    /** Arguments as a program reads them that takes them from a file: each ends with a NUL. */
    static String terminated(List<String> arguments) {
        return arguments.stream().map(argument -> argument + "\0").collect(Collectors.joining());
    }
}
