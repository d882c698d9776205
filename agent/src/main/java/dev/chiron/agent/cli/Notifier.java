package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.Event;
import dev.chiron.agent.command.CleanEnvironment;
import dev.chiron.agent.command.ProgramPath;
import dev.chiron.agent.view.StudyCard;
import dev.chiron.agent.view.StudyJson;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.History;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Starts a person's program on a new best and at the end, with the event as JSON on its standard input. The study never waits for it, but for the
 * one at its end, and that no longer than the program may take; of new bests that come while it runs only the last is told. What goes wrong with it
 * is said once and changes nothing.
 */
final class Notifier implements Event.Listener {

    /** What desktop notifications need beside the usual. */
    private static final List<String> DESKTOP = List.of("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS");

    private static final int LONGEST_COMPLAINT = 200;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Console console;
    private final StudyCard card;
    private final Event.Listener next;
    private final Path study;
    private final List<String> command;
    private final ThreadPoolExecutor runs = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            task -> {
                Thread thread = new Thread(task, "notify-command");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.DiscardOldestPolicy());
    private String trouble = "";
    private boolean told;

    /**
     * @param line the program and its arguments, which {@link dev.chiron.agent.start.Studio} has found to be one
     * @param study the study's folder
     * @param next is told of everything first
     */
    Notifier(Console console, String line, Path study, StudyCard card, Event.Listener next) {
        this.console = console;
        this.card = card;
        this.next = next;
        this.study = study;
        List<String> words = new ArrayList<>(ProgramPath.words(line, console.environment()));
        // the terminal sends a Ctrl-C that is meant for Chiron to the whole foreground group
        ProgramPath.find("setsid", console.environment()).ifPresent(setsid -> words.add(0, setsid.toString()));
        this.command = words;
    }

    @Override
    public void on(Event event) {
        next.on(event);
        if (event instanceof Event.Finished finished
                && finished.history().crowned() == finished.entry().trial().number()
                && finished.entry().trial().number() > 0) {
            start("best", StudyJson.trial(finished.entry(), finished.history()), finished.history());
        } else if (event instanceof Event.Ended ended) {
            start("end", JsonEvents.end(ended, study), ended.history());
            awaitLast();
        }
        tell();
    }

    private void start(String kind, ObjectNode event, History history) {
        Map<String, String> environment = CleanEnvironment.of(console.environment(), DESKTOP);
        environment.put("CHIRON_EVENT", kind);
        environment.put("CHIRON_STUDY", study.toAbsolutePath().normalize().toString());
        environment.put("CHIRON_METRIC", card.objective().metric());
        history.incumbent().ifPresent(best -> {
            environment.put("CHIRON_BEST", Numbers.text(history.value(best).orElseThrow()));
            environment.put("CHIRON_TRIAL", String.valueOf(best.number()));
        });
        if (kind.equals("end")) {
            environment.put("CHIRON_END", event.path("end").asText());
        }
        runs.execute(() -> run(event.toString(), environment));
    }

    private void run(String event, Map<String, String> environment) {
        try {
            Path folder = Files.createTempDirectory("chiron-notify");
            Path input = folder.resolve("event");
            Path errors = folder.resolve("errors");
            try {
                Files.writeString(input, event + "\n");
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(console.directory().toFile())
                        .redirectInput(input.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(errors.toFile());
                builder.environment().clear();
                builder.environment().putAll(environment);
                watch(builder.start(), errors);
            } finally {
                Files.deleteIfExists(input);
                Files.deleteIfExists(errors);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            complain("could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Process process, Path errors) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                complain("was stopped after " + Texts.time(LIMIT));
            } else if (process.exitValue() != 0) {
                String last = lastLine(errors);
                complain("ended with status " + process.exitValue()
                        + (last.isEmpty() ? "" : ": " + last.substring(0, Math.min(LONGEST_COMPLAINT, last.length()))));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String lastLine(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(Math.max(0, Files.size(file) - 4_096));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce("", (before, line) -> line);
        }
    }

    /** The program does not outlive the study, nor the study its program for long. */
    private void awaitLast() {
        runs.shutdown();
        try {
            if (!runs.awaitTermination(2 * LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                complain("did not end");
            }
        } catch (InterruptedException e) {
            runs.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void complain(String what) {
        trouble = trouble.isEmpty() ? what : trouble;
    }

    private synchronized void tell() {
        if (!told && !trouble.isEmpty()) {
            told = true;
            console.err()
                    .println(
                            "Note: the notify command " + trouble + ". That is not told again, and the study goes on.");
        }
    }
}
