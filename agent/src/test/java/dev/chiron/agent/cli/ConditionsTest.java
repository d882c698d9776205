package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A study of a space in which parameters are active under conditions, from its file to its exports. */
class ConditionsTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {KIND} {MOMENTUM} {LAYERS} {WIDTH}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              KIND:     { type: choice, options: [adam, sgd], default: adam }
              MOMENTUM: { type: float, low: 0.0, high: 1.0, default: 0.25, when: { KIND: sgd } }
              LAYERS:   { type: int, low: 1, high: 3, default: 1 }
              WIDTH:    { type: int, low: 8, high: 64, powers_of_two: true, default: 16, when: { LAYERS: [2, 3] } }
            constraints: [ WIDTH * LAYERS <= 128 ]
            budget: { trials: 14 }
            """;

    /** In the command there is the default of what is not active. */
    private static final String SCRIPT = """
            if [ $1 = adam ] && [ $2 != 0.25 ]; then echo "momentum of adam: $2"; exit 3; fi
            if [ $3 = 1 ] && [ $4 != 16 ]; then echo "width of one layer: $4"; exit 3; fi
            echo "loss: 0.$((100 + $3 + $4))"
            """;

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        screen = new Screen(folder);
    }

    private void run(String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--quiet"));
        line.addAll(List.of(more));
        assertThat(screen.run(line.toArray(String[]::new))).as(screen.err()).isZero();
    }

    private List<JsonNode> trials() throws IOException {
        screen.run("export", "--format", "json");
        List<JsonNode> trials = new ArrayList<>();
        new ObjectMapper().readTree(screen.out()).forEach(trials::add);
        return trials;
    }

    private List<String> configs() throws IOException {
        return trials().stream().map(trial -> trial.path("config").toString()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "tpe, none",
        "gp, none",
        "cma-es, none",
        "lra-cma-es, none",
        "commons-cma-es, none",
        "random-forest, none",
        "turbo, none",
        "conformal, none",
        "genetic, none",
        "nsga2, none",
        "mo-cma-es, none",
        "cross-entropy, none",
        "portfolio, none",
        "sobol, none",
        "grid, none",
        "random, none",
        "centaur, builtin",
        "centaur, perturb"
    })
    void everyMethodRunsWhatIsActiveAndGoesOnAsIfNeverStopped(String method, String llm) throws IOException {
        run("--method", method, "--llm", llm);
        List<String> whole = configs();
        for (JsonNode trial : trials()) {
            JsonNode config = trial.path("config");
            assertThat(trial.path("status").asText()).as(trial.toString()).isEqualTo("measured");
            assertThat(config.has("MOMENTUM"))
                    .isEqualTo(config.path("KIND").asText().equals("sgd"));
            assertThat(config.has("WIDTH")).isEqualTo(config.path("LAYERS").asInt() > 1);
        }
        assertThat(whole).hasSize(14).doesNotHaveDuplicates();

        run("--method", method, "--llm", llm, "--fresh", "--trials", "6");
        run("--method", method, "--llm", llm, "--trials", "14");
        assertThat(configs()).isEqualTo(whole);
    }

    @Test
    void whatIsNotActiveHasAnEmptyCell() throws IOException {
        run("--method", "random", "--llm", "none");
        screen.run("export", "--format", "csv");
        List<String> rows = screen.out().lines().toList();
        assertThat(rows.get(0)).endsWith(",KIND,MOMENTUM,LAYERS,WIDTH");
        assertThat(rows.get(1)).endsWith(",adam,,1,");
        assertThat(rows).anySatisfy(row -> assertThat(row).matches(".*,sgd,0\\.[0-9]+,[23],[0-9]+"));
        for (String command : List.of("status", "best", "trials", "export --format optuna", "show 1", "show 2")) {
            assertThat(screen.run(command.split(" ")))
                    .as(command + screen.err())
                    .isZero();
        }
    }
}
