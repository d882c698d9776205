package dev.chiron.sandbox.isolate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a process does before it becomes the program that builds walls. Java can neither hand on a file descriptor nor act in a child before
 * its program starts, so a shell does both.
 *
 * @param groups files of control groups that it enters first
 * @param sign a file that is made empty and opened as descriptor 7, for a word that the walls stand
 * @param filter a file opened as descriptor 9
 * @param moved whether what comes on standard input is moved to descriptor 8
 */
record Start(List<Path> groups, Optional<Path> sign, Optional<Path> filter, boolean moved) {

    private static final String ENTER = "while [ \"$1\" != -- ]; do echo 0 >\"$1\" || exit 125; shift; done; shift; ";

    Start {
        groups = List.copyOf(groups);
    }

    /** Nothing but to enter groups. */
    static Start in(List<Path> groups) {
        return new Start(groups, Optional.empty(), Optional.empty(), false);
    }

    /** The command, after all that; itself if there is nothing to do. */
    List<String> then(List<String> command) {
        if (groups.isEmpty() && sign.isEmpty() && filter.isEmpty() && !moved) {
            return command;
        }
        String script = ENTER
                + (sign.isPresent() ? "exec 7>\"$1\"; shift; " : "")
                + (filter.isPresent() ? "exec 9<\"$1\"; shift; " : "")
                + (moved ? "exec 8<&0 </dev/null; " : "")
                + "exec \"$@\"";
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", script, "chiron"));
        groups.forEach(group -> words.add(group.toString()));
        words.add("--");
        sign.ifPresent(file -> words.add(file.toString()));
        filter.ifPresent(file -> words.add(file.toString()));
        words.addAll(command);
        return words;
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

    /** Arguments as a program reads them that takes them from a file: each ends with a NUL. */
    static String terminated(List<String> arguments) {
        return arguments.stream().map(argument -> argument + "\0").collect(Collectors.joining());
    }
}
