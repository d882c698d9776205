package dev.chiron.agent.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Copies a study as it was after one of its trials. What was steered up to then is copied with it; the optimizer's state is not, and
 * is made anew from the trials when the copy is opened. The study that is copied may be running.
 */
public final class Fork {

    private static final List<String> WHOLE = List.of("study.yaml", StudyFolder.PRICES, "script", "variants", "llm");

    private Fork() {}

    /**
     * Copies a study beside itself, since it names its project by where it lies.
     *
     * @param name of the new folder
     * @param trials how many trials the copy has, at least 1: those that ended first
     * @return the new folder
     * @throws IllegalArgumentException if it is there already, or there are not so many trials
     */
    public static Path of(Path study, String name, int trials) {
        Path copy = study.resolveSibling(name);
        if (!name.equals(copy.getFileName().toString()) || name.startsWith(".")) {
            throw new IllegalArgumentException(name + " is no name of a folder: a copy lies beside its study");
        }
        if (Files.exists(copy)) {
            throw new IllegalArgumentException(copy.getFileName() + " is there already: give the copy another name");
        }
        try {
            Set<Integer> numbers = new TreeSet<>();
            String journal = journal(study, trials, numbers);
            Files.createDirectory(copy);
            for (String part : WHOLE) {
                copy(study.resolve(part), copy.resolve(part));
            }
            for (int trial : numbers) {
                copy(StudyFolder.trialFolder(study, trial), StudyFolder.trialFolder(copy, trial));
            }
            Files.writeString(copy.resolve("journal.jsonl"), journal);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("the study cannot be copied to " + copy + ": " + e.getMessage(), e);
        }
    }

    /** Its first lines: each is chained to the one before, none to those behind it. The numbers of their trials are added. */
    private static String journal(Path study, int trials, Set<Integer> numbers) throws IOException {
        Path file = study.resolve("journal.jsonl");
        byte[] bytes = Files.readAllBytes(file);
        List<Journal.Line> lines = Journal.read(file);
        int end = 0;
        int line = 0;
        for (int k = 0; k < bytes.length && numbers.size() < trials && line < lines.size(); k++) {
            if (bytes[k] == '\n') {
                JsonNode object = lines.get(line++).object();
                if (object.path("type").asText().equals("trial")) {
                    numbers.add(object.path("trial").asInt());
                }
                end = k + 1;
            }
        }
        int seen = numbers.size();
        if (trials < 1 || seen < trials) {
            throw new IllegalArgumentException(
                    "the study has " + (seen == 0 ? "no trials" : "trials 0 to " + (seen - 1)) + " to copy");
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from, new FileVisitOption[0])) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
