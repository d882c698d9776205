package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A study of several objectives and of conditions on metrics, from its file to its exports. */
class ObjectivesTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {DEPTH} {WIDTH}
            metric: [ { name: loss, goal: minimize, from: stdout }, { name: ms, goal: minimize }, { name: speed, goal: maximize } ]
            feasible: [ "vram <= 40" ]
            space:
              DEPTH: { type: int, low: 1, high: 30, default: 5 }
              WIDTH: { type: int, low: 1, high: 30, default: 5 }
            budget: { trials: 14 }
            """;

    /** The deeper the better and the slower; of too wide ones the memory is too large. */
    private static final String SCRIPT = """
            echo "ms: $((10 * $1 + $2))"
            echo "vram: $((2 * $2))"
            echo "speed: $((100 - $1 - $2))"
            echo "loss: 0.$((900 - 20 * $1 - $2))"
            """;

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        write(TASK);
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        screen = new Screen(folder);
    }

    private void write(String task) throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), task);
    }

    private void run(String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--quiet"));
        line.addAll(List.of(more));
        assertThat(screen.run(line.toArray(String[]::new))).as(screen.err()).isZero();
    }

    private List<JsonNode> lines() {
        return screen.out()
                .lines()
                .map(line -> {
                    try {
                        return new ObjectMapper().readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private List<JsonNode> trials() {
        screen.run("trials", "--json");
        return lines();
    }

    private String configs() {
        return trials().stream()
                .map(trial -> trial.path("origin").asText() + trial.path("config"))
                .collect(Collectors.joining("\n"));
    }

    private static boolean dominates(JsonNode one, JsonNode other) {
        double[] a = losses(one);
        double[] b = losses(other);
        boolean better = false;
        for (int k = 0; k < a.length; k++) {
            if (a[k] > b[k]) {
                return false;
            }
            better |= a[k] < b[k];
        }
        return better;
    }

    private static double[] losses(JsonNode trial) {
        JsonNode values = trial.path("values");
        return new double[] {
            values.path("loss").asDouble(),
            values.path("ms").asDouble(),
            -values.path("speed").asDouble()
        };
    }

    @ParameterizedTest
    @CsvSource({
        "nsga2, none",
        "mo-cma-es, none",
        "tpe, none",
        "random, none",
        "sobol, none",
        "grid, none",
        "centaur, builtin",
        "centaur, perturb"
    })
    void theFrontIsWhatNoFeasibleTrialBeats(String method, String llm) {
        run("--method", method, "--llm", llm, "--trials", "24");
        List<JsonNode> trials = trials();
        assertThat(trials).hasSize(24);
        List<JsonNode> measured = trials.stream()
                .filter(trial -> trial.path("status").asText().equals("measured"))
                .toList();
        List<Integer> front = measured.stream()
                .filter(trial -> measured.stream().noneMatch(other -> dominates(other, trial)))
                .map(trial -> trial.path("trial").asInt())
                .toList();
        List<Integer> shown = StreamSupport.stream(trials.get(23).path("front").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(front);
        assertThat(measured)
                .allMatch(trial -> trial.path("metrics").path("vram").asDouble() <= 40);
        assertThat(trials)
                .anyMatch(trial -> trial.path("status").asText().equals("infeasible")
                        && trial.path("metrics").path("vram").asDouble() > 40
                        && trial.path("value").isNumber()
                        && trial.path("broken").path(0).asText().equals("vram <= 40"));
    }

    @ParameterizedTest
    @CsvSource({"nsga2, none", "mo-cma-es, none", "tpe, none", "centaur, builtin"})
    void itGoesOnAsIfItHadNeverStopped(String method, String llm) throws IOException {
        run("--method", method, "--llm", llm, "--trials", "20");
        String whole = configs();
        run("--fresh", "--method", method, "--llm", llm, "--trials", "13");
        run("--method", method, "--llm", llm, "--trials", "17");
        Files.delete(folder.resolve("chiron-study/state.json")); // from the journal alone
        run("--method", method, "--llm", llm, "--trials", "20");
        assertThat(configs()).isEqualTo(whole);
    }

    @Test
    void allThatShowsTheBestShowsTheFront() {
        run("--llm", "builtin");
        screen.run("status", "--json");
        JsonNode status = lines().get(0);
        assertThat(status.path("objectives").path(2).path("goal").asText()).isEqualTo("maximize");
        JsonNode volume = status.path("hypervolume");
        assertThat(volume.path("history")).hasSize(14);
        assertThat(volume.path("now").asDouble())
                .isPositive()
                .isEqualTo(volume.path("history").path(13).asDouble());
        for (int k = 1; k < 14; k++) {
            assertThat(volume.path("history").path(k).asDouble())
                    .isGreaterThanOrEqualTo(volume.path("history").path(k - 1).asDouble());
        }
        assertThat(status.path("optimizer").asText("nsga2")).isEqualTo("nsga2");
        int front = status.path("front").size();
        screen.run("best");
        assertThat(screen.out().lines()).hasSize(front + 1).first().asString().contains("loss", "ms", "speed", "DEPTH");
        assertThat(screen.err()).contains("on the front").contains("hypervolume");
        screen.run("status");
        assertThat(screen.out())
                .contains("the compromise")
                .contains("infeasible")
                .contains("vram <= 40 broken by");
        screen.run("show", "1");
        assertThat(screen.out()).contains(" / ").contains("vram ");
        screen.run("export");
        assertThat(screen.out().lines().findFirst())
                .hasValue("trial,origin,status,reason,loss,ms,speed,seconds,DEPTH,WIDTH");
    }

    @Test
    void whereNothingKeepsTheConditionsThatIsSaid() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("vram <= 40", "vram <= 1"));
        screen.run("run", "--llm", "none", "--method", "sobol", "--trials", "4");
        screen.run("status");
        assertThat(screen.out()).startsWith("No trial keeps the conditions on metrics: 4 trials, ");
        screen.run("export");
        assertThat(screen.out().lines().skip(1)).allMatch(row -> row.contains(",infeasible,vram <= 1,"));
        for (String command : List.of("best", "diff", "apply")) {
            assertThat(screen.run(command)).isEqualTo(3);
            assertThat(screen.err())
                    .isEqualTo("chiron: no trial in chiron-study keeps the conditions on metrics (feasible:) yet\n");
        }
    }

    @Test
    void applyAsksWhichOfTheFront() {
        run("--llm", "none", "--method", "sobol");
        assertThat(screen.run("apply", "--yes")).isEqualTo(2);
        assertThat(screen.err()).contains("best trials, each better in something: say which, one of");
        int one = trials().get(13).path("front").path(0).asInt();
        assertThat(screen.run("apply", Integer.toString(one), "--yes")).isZero();
        int infeasible = trials().stream()
                .filter(trial -> trial.path("status").asText().equals("infeasible"))
                .findFirst()
                .orElseThrow()
                .path("trial")
                .asInt();
        assertThat(screen.run("apply", Integer.toString(infeasible), "--yes")).isEqualTo(2);
        assertThat(screen.err()).contains("infeasible");
    }

    @Test
    void whyNamesTheTrialsOfTheFrontThatBeatIt() {
        run("--method", "sobol", "--trials", "40");
        JsonNode last = trials().get(39);
        List<Integer> front = StreamSupport.stream(last.path("front").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
        screen.run("why", front.get(0).toString());
        assertThat(screen.out()).contains("It is on the front");
        int behind = trials().stream()
                .filter(trial -> trial.path("status").asText().equals("measured"))
                .map(trial -> trial.path("trial").asInt())
                .filter(number -> !front.contains(number))
                .findFirst()
                .orElseThrow();
        screen.run("why", Integer.toString(behind), "--json");
        JsonNode why = lines().get(0);
        assertThat(why.path("on_front").asBoolean()).isFalse();
        assertThat(why.path("beaten_by")).isNotEmpty();
    }

    @Test
    void importanceAndExplainTakeAnyMetric() {
        run("--method", "sobol", "--trials", "30");
        assertThat(screen.run("importance")).as(screen.err()).isZero();
        assertThat(screen.out()).startsWith("Importance for loss");
        assertThat(screen.run("importance", "--metric", "vram", "--json")).isZero();
        assertThat(screen.run("explain", "--metric", "ms")).as(screen.err()).isZero();
        assertThat(screen.out()).contains("say of ms (minimize): best 1");
        assertThat(screen.run("importance", "--metric", "accuracy")).isEqualTo(2);
        assertThat(screen.err()).contains("no trial measured accuracy; measured were loss, ms, speed, vram");
    }

    @Test
    void optunasJournalHasAllDirectionsValuesAndConditions() {
        run("--method", "sobol");
        screen.run("export", "--format", "optuna");
        List<JsonNode> lines = lines();
        assertThat(lines.get(0).path("directions").toString()).isEqualTo("[1,1,2]");
        List<JsonNode> trials =
                lines.stream().filter(line -> line.path("op_code").asInt() == 4).toList();
        assertThat(trials).hasSize(14).allMatch(trial -> trial.path("values").size() == 3);
        assertThat(trials)
                .anyMatch(trial ->
                        trial.path("system_attrs").path("constraints").path(0).asDouble() > 0)
                .anyMatch(trial ->
                        trial.path("system_attrs").path("constraints").path(0).asDouble() == 0);
    }

    @Test
    void aTrialWithoutOneOfItsMetricsHasNone() throws IOException {
        Files.writeString(folder.resolve("train.sh"), SCRIPT.replace("echo \"ms:", "[ $1 -gt 9 ] || echo \"ms:"));
        run("--method", "sobol");
        assertThat(trials())
                .anyMatch(trial -> trial.path("reason").asText().equals("no-metric")
                        && trial.path("detail").asText().contains("no value of ms beside loss"));
    }

    @Test
    void aBaselineWithoutOneOfItsMetricsIsSaidToHaveNone() throws IOException {
        write(TASK.replace("name: ms", "name: millis"));
        assertThat(screen.run("run")).isEqualTo(6);
        assertThat(screen.err()).contains("no value of millis beside loss");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--optimizer gp | the optimizer gp knows one: name one of tpe, nsga2, mo-cma-es",
                "--method gp | the method gp knows one",
                "--method llambo | the method llambo knows one",
                "--method portfolio | the method portfolio knows one"
            })
    void whatDoesNotGoWithSeveralObjectivesIsRefused(String flags, String message) {
        List<String> line = new ArrayList<>(List.of("run"));
        line.addAll(List.of(flags.split(" ")));
        assertThat(screen.run(line.toArray(String[]::new))).isEqualTo(2);
        assertThat(screen.err()).contains("there are several objectives, and " + message);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cma-es",
                "gp",
                "random-forest",
                "turbo",
                "genetic",
                "cross-entropy",
                "portfolio",
                "nsga2",
                "mo-cma-es"
            })
    void withOneObjectiveAConditionHoldsForEveryMethod(String method) throws IOException {
        write(TASK.replaceFirst("metric: .*\n", "metric: { name: loss }\n").replace("<= 40", "<= 12"));
        run("--method", method, "--trials", "18");
        List<JsonNode> trials = trials();
        JsonNode last = trials.get(17);
        assertThat(last.has("front")).isFalse();
        double best = trials.stream()
                .filter(trial -> trial.path("status").asText().equals("measured"))
                .mapToDouble(trial -> trial.path("value").asDouble())
                .min()
                .orElseThrow();
        assertThat(last.path("best").asDouble()).isEqualTo(best);
        assertThat(trials).anyMatch(trial -> trial.path("status").asText().equals("infeasible"));
        screen.run("status", "--json");
        assertThat(lines().get(0).path("infeasible").asInt()).isPositive();
    }

    @Test
    void aStudyGoesOnOnlyWithTheObjectivesAndConditionsThatItBeganWith() throws IOException {
        run("--method", "sobol", "--trials", "3");
        write(TASK.replace("vram <= 40", "vram <= 50"));
        assertThat(screen.run("run", "--method", "sobol")).isEqualTo(2);
        assertThat(screen.err()).contains("feasible");
        write(TASK.replace(", { name: speed, goal: maximize }", ""));
        assertThat(screen.run("run", "--method", "sobol")).isEqualTo(2);
        assertThat(screen.err()).contains("metric (the further objectives)");
    }

    @Test
    void theModelIsToldOfAllObjectivesTheFrontAndTheConditions() throws IOException {
        run("--llm", "builtin", "--trials", "16");
        String prompt;
        try (var files = Files.walk(folder.resolve("chiron-study/llm"))) {
            prompt = files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .filter(text ->
                            text.contains("## Where the study stands") || text.contains("Where the study stands"))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(prompt)
                .contains("There are 3 objectives")
                .contains("maximize speed")
                .contains("vram <= 40")
                .contains("The front has")
                .contains("loss / ms / speed");
    }
}
