package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chiron.agent.End;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.isolate.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The schema of events beside the code that writes them. That real runs keep to it is seen wherever a test runs {@code --json}:
 * {@link Screen} and {@link ExitCodesTest} hold every line against it; here are the events that no other test brings about.
 */
class EventSchemaTest {

    @TempDir
    Path folder;

    private final EventSchema schema = new EventSchema();

    private List<String> words(String pointer) {
        List<String> words = new ArrayList<>();
        schema.at(pointer).forEach(word -> words.add(word.asText()));
        return words;
    }

    @Test
    void itsWordsAreThoseOfTheCode() {
        assertThat(words("/$defs/origin/enum"))
                .containsExactlyElementsOf(
                        Stream.of(Origin.values()).map(Origin::label).toList());
        assertThat(words("/$defs/reason/enum"))
                .containsExactlyElementsOf(Stream.of(Outcome.Reason.values())
                        .map(Outcome.Reason::label)
                        .toList());
        assertThat(words("/$defs/end/properties/end/enum"))
                .containsExactlyElementsOf(
                        Stream.of(End.values()).map(End::label).toList());
        assertThat(words("/$defs/trial/properties/sandbox/enum"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Isolation.values()).map(Isolation::label).toList());
    }

    @Test
    void itsPageExplainsEveryKindOfEvent() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "events.md"));
        for (JsonNode reference : schema.at("/oneOf")) {
            String kind = reference.path("$ref").asText().substring("#/$defs/".length());
            assertThat(page).contains("| `" + kind + "` |");
        }
    }

    @Test
    void aFieldThatItDoesNotNameIsSeen() {
        assertThatThrownBy(() -> schema.requireEvents("{\"v\":1,\"event\":\"retry\",\"trial\":1,\"attempt\":1,"
                        + "\"reason\":\"infrastructure\",\"detail\":\"\",\"more\":1}"))
                .hasMessageContaining("more");
        assertThatThrownBy(() -> schema.requireEvents("{\"v\":1,\"event\":\"lunch\"}"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void prunedTrialsAreEvents() throws IOException {
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
        Files.writeString(folder.resolve("chiron.yaml"), """
                script: train.sh
                run: sh {script} {X}
                metric: { name: loss }
                space: { X: { type: float, low: 0, high: 1, default: 0.9 } }
                method: random
                """);
        Screen screen = new Screen(folder);
        assertThat(screen.run("run", "--json", "--trials", "2", "--repeats", "1"))
                .isZero();
        Trial pruned = new Trial(
                2,
                new Change.Settings(Config.of(Map.of("X", new Value.Real(0.25)))),
                Origin.RANDOM,
                new Outcome.Pruned(0.25, List.of()),
                Duration.ofSeconds(1));
        try (StudyFolder open = StudyFolder.open(folder.resolve("chiron-study"), "", InstantSource.system())) {
            open.append(new Entry(pruned, Optional.empty()));
        }

        assertThat(screen.run("trials", "--json")).isZero();

        assertThat(screen.out()).contains("\"status\":\"pruned\"");
        assertThatCode(() -> schema.requireEvents(screen.out())).doesNotThrowAnyException();
    }
}
