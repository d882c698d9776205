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
 * @param arguments where descriptor 8 comes from
 */
record Start(List<Path> groups, Optional<Path> sign, Optional<Path> filter, Arguments arguments) {

    /** Where the arguments of a program are read from that takes them from descriptor 8. */
    sealed interface Arguments {

        /** Nowhere. */
        record None() implements Arguments {}

        /** Standard input, which is empty then. */
        record Input() implements Arguments {}

        /** A file; standard input stays what it is. */
        record In(Path file) implements Arguments {}
    }

    private static final String ENTER = "while [ \"$1\" != -- ]; do echo 0 >\"$1\" || exit 125; shift; done; shift; ";

    Start {
        groups = List.copyOf(groups);
    }

    /** Nothing but to enter groups. */
    static Start in(List<Path> groups) {
        return new Start(groups, Optional.empty(), Optional.empty(), new Arguments.None());
    }

    /** The command, after all that; itself if there is nothing to do. */
    List<String> then(List<String> command) {
        if (groups.isEmpty() && sign.isEmpty() && filter.isEmpty() && arguments instanceof Arguments.None) {
            return command;
        }
        String script = ENTER
                + (sign.isPresent() ? "exec 7>\"$1\"; shift; " : "")
                + (filter.isPresent() ? "exec 9<\"$1\"; shift; " : "")
                + opening()
                + "exec \"$@\"";
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", script, "chiron"));
        groups.forEach(group -> words.add(group.toString()));
        words.add("--");
        sign.ifPresent(file -> words.add(file.toString()));
        filter.ifPresent(file -> words.add(file.toString()));
        if (arguments instanceof Arguments.In in) {
            words.add(in.file().toString());
        }
        words.addAll(command);
        return words;
    }

    private String opening() {
        if (arguments instanceof Arguments.Input) {
            return "exec 8<&0 </dev/null; ";
        }
        return arguments instanceof Arguments.In ? "exec 8<\"$1\"; shift; " : "";
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
