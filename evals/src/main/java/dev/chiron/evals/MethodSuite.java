package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Contender;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Methods that are compared together, a line each in a resource: {@code paper.suite}. */
final class MethodSuite {

    private static final String MODEL = "{llm}";

    private final List<String> lines;

    private MethodSuite(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** @throws BadInput if there is none of that name */
    static MethodSuite named(String name) {
        try (InputStream resource = MethodSuite.class.getResourceAsStream(name + ".suite")) {
            if (resource == null) {
                throw new BadInput("--suite " + name + ": there is paper");
            }
            return new MethodSuite(new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in a line. */
    @Command(name = "a line of a suite")
    private static final class Line {
        @Parameters
        private String method = "";

        @Mixin
        private TeamOptions teams = new TeamOptions();
    }

    /**
     * The methods, none twice.
     *
     * @param models the language models for the lines that name none of their own
     */
    List<Contender> contenders(Console console, List<String> models) {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        for (String line : lines) {
            for (List<String> words : filled(line, models)) {
                Line parsed = new Line();
                new CommandLine(parsed).parseArgs(words.toArray(String[]::new));
                List<Contender> known = parsed.teams.of(parsed.method, console);
                known.forEach(contender -> contenders.putIfAbsent(contender.name(), contender));
            }
        }
        return List.copyOf(contenders.values());
    }

    private static List<List<String>> filled(String line, List<String> models) {
        List<String> words = List.of(line.split(" +"));
        if (!words.contains(MODEL)) {
            return List.of(words);
        }
        return models.stream()
                .filter(model -> !model.equals("none"))
                .map(model -> words.stream()
                        .map(word -> word.equals(MODEL) ? model : word)
                        .toList())
                .toList();
    }
}
