package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.describe.Suggestion;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.Advised;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Shows a composed task to the person at the terminal until it is accepted, as it is or changed, or refused. */
final class Approval {

    private final Console console;
    private final Suggestion suggestion;
    private final DraftFile file;
    private final BufferedReader in;
    private final Map<String, Advised> changes = new LinkedHashMap<>();
    private Optional<String> edited = Optional.empty();

    Approval(Console console, Suggestion suggestion, DraftFile file) {
        this.console = console;
        this.suggestion = suggestion;
        this.file = file;
        this.in = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    }

    /** The text of the task file as the person accepted it; empty if they refused. */
    Optional<String> ask() throws InterruptedException {
        new SuggestionText(suggestion).lines(changes).forEach(console.out()::println);
        while (true) {
            String answer = answer();
            switch (answer.toLowerCase(Locale.ROOT)) {
                case "y", "yes", "accept" -> {
                    if (isRight(text())) {
                        return Optional.of(text());
                    }
                }
                case "n", "no", "refuse", "q", "quit" -> {
                    return Optional.empty();
                }
                case "e", "edit" -> edit();
                default -> change(answer);
            }
        }
    }

    /** What was typed; no at the end of the input. */
    private String answer() {
        console.err()
                .print("\nWrite it? yes, no, edit"
                        + (edited.isPresent() ? "" : ", or another range (" + RangeLine.FORMS + ")") + ": ");
        console.err().flush();
        try {
            String line = in.readLine();
            return line == null ? "no" : line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the answer cannot be read: " + e.getMessage(), e);
        }
    }

    private String text() {
        return edited.orElseGet(() -> suggestion
                .draft(changes)
                .text(suggestion.head(List.of(
                        SuggestionText.origin(suggestion),
                        "Looked over at a terminal and accepted" + (changes.isEmpty() ? "." : ", with changes.")))));
    }

    private boolean isRight(String text) {
        try {
            file.read(text);
            return true;
        } catch (BadInput e) {
            console.err().println("chiron: " + e.getMessage());
            return false;
        }
    }

    private void edit() throws InterruptedException {
        Optional<List<String>> editor = file.editor();
        if (editor.isEmpty()) {
            console.err().println("There is no editor: set EDITOR to one that is on the PATH, or change a range here.");
            return;
        }
        Optional<String> text = file.edited(text(), editor.get());
        if (text.isEmpty()) {
            console.err().println(editor.get().get(0) + " ended with an error; the text is as it was.");
        } else if (!text.get().equals(text())) {
            edited = text;
            try {
                Spec spec = file.read(text.get());
                console.err()
                        .println("It has " + spec.space().size() + " parameters now, and "
                                + spec.objective().metric() + " to "
                                + spec.objective().goal().label() + ".");
            } catch (BadInput e) {
                console.err().println("chiron: " + e.getMessage());
            }
        }
    }

    private void change(String line) {
        RangeLine.Typed read = edited.isPresent()
                ? new RangeLine.Typed(new LinkedHashMap<>(), List.of(), Optional.empty())
                : new RangeLine(suggestion.source(), suggestion.draft(changes).starts()).read(line);
        read.problems().forEach(problem -> console.err().println(problem));
        read.dropped().ifPresent(console.err()::println);
        if (!read.advice().isEmpty()) {
            read.advice().forEach((name, advice) -> changes.put(name, new Advised(advice, Advised.PERSON)));
            new SuggestionText(suggestion).parameters(changes).forEach(console.out()::println);
        } else if (read.problems().isEmpty()) {
            console.err().println("Say yes, no or edit" + (edited.isPresent() ? "." : ", or " + RangeLine.FORMS + "."));
        }
    }
}
