package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code chiron importance} and {@code chiron explain} of a study whose script is known. */
@Timeout(180)
class InsightCommandsTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {RATE} {DEPTH} {KIND} {IDLE}
            metric: { name: score, goal: maximize, from: stdout }
            space:
              RATE: { type: float, low: 0.0001, high: 1.0, default: 0.5, log: true }
              DEPTH: { type: int, low: 1, high: 12, default: 4 }
              KIND: { type: choice, options: [sgd, adam], default: sgd }
              IDLE: { type: float, low: 0.0, high: 1.0, default: 0.4 }
            method: cma-es
            llm: { model: none }
            sandbox: { level: off }
            budget: { trials: 60 }
            seed: 3
            """;

    /** A rate near .01 is best, a depth above 10 runs out of memory, and adam is better by .1. */
    private static final String SCRIPT = """
            awk -v r="$1" -v d="$2" -v k="$3" 'BEGIN {
              if (d > 10) { print "CUDA out of memory" > "/dev/stderr"; exit 1 }
              l = log(r) / log(10) + 2; print "score: " 1 - 0.1 * l * l + (k == "adam" ? 0.1 : 0) }'
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
    }

    private int chiron(String... arguments) {
        out.reset();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", folder.toString());
        PrintStream shown = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Main.execute(new Console(shown, shown, false, folder, environment, InstantSource.system()), arguments);
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aStudySaysWhatItHasLearned() throws IOException {
        assertThat(chiron("run", "--quiet")).as(shown()).isZero();

        assertThat(chiron("importance")).as(shown()).isZero();
        assertThat(shown())
                .startsWith("Importance for score, from ")
                .containsPattern("parameter +fANOVA +± +PED-ANOVA +95 %\nRATE ")
                .containsPattern("(?m)^IDLE .* to ")
                .contains("the forest foretells", "what tells the best 10 % of the configs");
        assertThat(chiron("importance", "--json")).isZero();
        JsonNode importance = new ObjectMapper().readTree(shown());
        assertThat(importance.at("/parameters/0/name").asText()).isEqualTo("RATE");
        assertThat(importance.at("/parameters/0/best_low").asDouble())
                .isLessThan(importance.at("/parameters/0/best_high").asDouble());
        assertThat(importance.at("/interactions")).hasSize(6);

        assertThat(chiron("explain")).as(shown()).isZero();
        assertThat(shown())
                .startsWith("What ")
                .containsPattern("score \\(maximize\\): best 1\\.\\d+ in trial \\d+, baseline ")
                .containsPattern("(?m)^RATE +\\d+ % ± \\d+ +[▁▂▃▄▅▆▇█]{12} +best at 0\\.0\\d*, nearly so from ")
                .contains("What the optimizer (cma-es) has learned:", "RATE,0.0");
        assertThat(chiron("explain", "--json")).isZero();
        JsonNode rate = new ObjectMapper().readTree(shown()).at("/dependence/0");
        assertThat(rate.at("/name").asText()).isEqualTo("RATE");
        assertThat(rate.at("/points")).hasSize(21);
        assertThat(rate.at("/points/10/mean").asDouble())
                .isGreaterThan(rate.at("/points/20/mean").asDouble());
    }

    @Test
    void whatCannotBeSaidIsSaid() {
        assertThat(chiron("run", "--quiet", "--trials", "5")).as(shown()).isZero();

        assertThat(chiron("importance")).isEqualTo(2);
        assertThat(shown())
                .contains(
                        "what the parameters do can be said from 10 measured configs of these 4 parameters on; there are ");
        assertThat(chiron("explain")).isEqualTo(2);
        assertThat(chiron("importance", "--best", "1.5")).isEqualTo(2);
        assertThat(shown()).contains("--best must be above 0 and at most 1, such as 0.1, not 1.5");
        assertThat(chiron("explain", "--study", "elsewhere")).isEqualTo(2);
        assertThat(shown()).contains("no study in elsewhere");
    }

    @Test
    void whereAllValuesAreTheSameNothingTellsParametersApart() throws IOException {
        Files.writeString(folder.resolve("train.sh"), "echo 'score: 1'\n");
        assertThat(chiron("run", "--quiet", "--trials", "11")).as(shown()).isZero();

        assertThat(chiron("importance")).isEqualTo(2);
        assertThat(shown())
                .contains("all 11 measured configs have the same value, so nothing tells the parameters apart");
        assertThat(chiron("explain")).isEqualTo(2);
    }
}
