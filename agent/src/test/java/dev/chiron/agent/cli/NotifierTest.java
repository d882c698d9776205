package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss }
            space: { X: { type: float, low: 0, high: 1, default: 0.9 } }
            method: random
            budget: { trials: 12 }
            """;

    @TempDir
    Path folder;

    private final EventSchema schema = new EventSchema();
    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
        screen = new Screen(folder).with("OPENAI_API_KEY", "sk-very-secret-key").with("CHIRON_LLM_KEY", "secret-too");
    }

    private String program(String body) throws IOException {
        Files.writeString(folder.resolve("notify.sh"), body);
        return "sh '" + folder.resolve("notify.sh") + "' \"two words\"";
    }

    private List<String> told(String kind) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("told-" + kind + "-"))
                    .sorted()
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void newBestsAndTheEndAreToldWithTheirEvents() throws IOException {
        String line = program("cat > \"" + folder + "/told-$CHIRON_EVENT-$CHIRON_TRIAL-$CHIRON_BEST-$1\"; " + "env > "
                + folder + "/environment; pwd >> " + folder + "/environment\n");

        assertThat(screen.run("run", "--json", "--notify-command", line))
                .as(screen.err())
                .isZero();

        List<String> lines = screen.out().lines().toList();
        assertThat(told("end")).containsExactly(lines.get(lines.size() - 1) + "\n");
        assertThat(told("best")).isNotEmpty().allSatisfy(event -> {
            schema.requireEvents(event);
            assertThat(lines).contains(event.strip());
        });
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("told-best-\\d+-0\\.\\d+-two words"));
        }
        assertThat(Files.readString(folder.resolve("environment")))
                .contains(
                        "CHIRON_METRIC=loss",
                        "CHIRON_END=done",
                        "CHIRON_STUDY=" + folder.resolve("chiron-study"),
                        "PATH=",
                        "\n" + folder.toRealPath() + "\n")
                .doesNotContain("secret", "API_KEY");
        assertThat(Files.readString(folder.resolve("chiron-study/study.yaml"))).doesNotContain("notify");
    }

    @Test
    void itsFailureIsToldOnceAndChangesNothing() throws IOException {
        assertThat(screen.run("run", "--notify-command", program("echo no such host >&2; exit 3\n")))
                .isZero();

        assertThat(screen.err()).containsOnlyOnce("notify command");
        assertThat(screen.err()).contains("Note: the notify command ended with status 3: no such host");
        assertThat(screen.out()).contains("12 trials");
    }

    @Test
    void aStudyDoesNotWaitForItAndOfManyBestsTheLastIsTold() throws IOException {
        String line = program("""
                cat > "%1$s/told-$CHIRON_EVENT-$CHIRON_TRIAL"
                while [ ! -e "%1$s/chiron-study/journal.jsonl" ] || ! grep -q '"trial":11,' "%1$s/chiron-study/journal.jsonl"; do sleep 0.1; done
                """.formatted(folder));

        assertThat(screen.run("run", "--notify-command", line)).as(screen.err()).isZero();

        assertThat(screen.err()).as("nobody waited for the other").doesNotContain("was stopped");
        assertThat(told("best")).as("of the first, and perhaps of the last").hasSizeBetween(1, 2);
        assertThat(told("end")).hasSize(1);
    }

    @Test
    void whatCannotBeStartedIsBadInputBeforeAnythingIsMade() {
        for (String line : List.of("no-such-program --x", "/etc/passwd", "sh 'open", "''")) {
            assertThat(screen.run("run", "--notify-command", line)).as(line).isEqualTo(2);
            assertThat(screen.err()).contains("notify_command");
        }
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void itIsASettingLikeOthers() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK + "notify_command: sh a.sh\n");
        assertThat(screen.run("config")).isZero();
        assertThat(screen.out()).containsPattern("notify_command +sh a.sh +chiron.yaml:7");
        screen.with("CHIRON_NOTIFY_COMMAND", "sh b.sh").run("config");
        assertThat(screen.out()).containsPattern("notify_command +sh b.sh +CHIRON_NOTIFY_COMMAND");
    }
}
