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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters that are schedules, from the task's file to the script that reads them, and back. */
@Timeout(300)
class ScheduleStudyTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {KIND} {RATE} {BATCH}
            env: { WARM: "{WARM}" }
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              KIND:  { type: choice, options: [adam, sgd], default: adam }
              RATE:  { type: float, low: 0.001, high: 1, log: true, default: 0.1, schedule: { pieces: 3, shape: steps } }
              WARM:  { type: float, low: 0, high: 1, default: 0.5, schedule: { at: [0, 0.1, 1], shape: linear }, when: { KIND: sgd } }
              BATCH: { type: int, low: 8, high: 64, powers_of_two: true, default: [8, 16], schedule: 2 }
            constraints: [ RATE@0.667 <= RATE@0 ]
            budget: { trials: 12 }
            """;

    /** Says what it was given; a number stands for a schedule that stays, and what does not count is at its default. */
    private static final String SCRIPT = """
            case "$2" in steps\\(0:*,0.333:*,0.667:*\\)|[0-9]*) ;; *) echo "rate: $2"; exit 3;; esac
            case "$3" in steps\\(0:[0-9]*,0.5:[0-9]*\\)|[0-9]*) ;; *) echo "batch: $3"; exit 3;; esac
            case "$WARM" in linear\\(0:*,0.1:*,1:*\\)|[0-9]*) ;; *) echo "warm: $WARM"; exit 3;; esac
            if [ $1 = adam ] && [ "$WARM" != 0.5 ]; then echo "warm of adam: $WARM"; exit 3; fi
            echo "got $1 $2 $3 $WARM"
            echo "loss: $(printf %s "$2 $3 $WARM" | cksum | cut -c1-3)"
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

    private String does(String... line) {
        assertThat(screen.run(line))
                .as(String.join(" ", line) + screen.err() + screen.out())
                .isZero();
        return screen.out();
    }

    private void run(String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--quiet"));
        line.addAll(List.of(more));
        does(line.toArray(String[]::new));
    }

    private List<JsonNode> trials() throws IOException {
        List<JsonNode> trials = new ArrayList<>();
        new ObjectMapper().readTree(does("export", "--format", "json")).forEach(trials::add);
        return trials;
    }

    private List<String> configs() throws IOException {
        return trials().stream().map(trial -> trial.path("config").toString()).toList();
    }

    private static List<String> names(JsonNode trial) {
        List<String> names = new ArrayList<>();
        trial.path("config").fieldNames().forEachRemaining(names::add);
        return names;
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
        "centaur, perturb",
        "llm, builtin",
        "llm-tpe, builtin",
        "llambo, builtin",
        "optoprime, builtin",
        "agent-hpo, builtin"
    })
    void everyMethodTunesThemAndGoesOnAsIfNeverStopped(String method, String llm) throws IOException {
        run("--method", method, "--llm", llm);
        List<String> whole = configs();
        List<JsonNode> trials = trials();
        assertThat(trials.get(0).path("config").toString())
                .isEqualTo(
                        "{\"KIND\":\"adam\",\"RATE@0\":0.1,\"RATE@0.333\":0.1,\"RATE@0.667\":0.1,\"BATCH@0\":8,\"BATCH@0.5\":16}");
        for (JsonNode trial : trials) {
            JsonNode config = trial.path("config");
            assertThat(trial.path("status").asText()).as(trial.toString()).isEqualTo("measured");
            assertThat(config.path("RATE@0.667").asDouble())
                    .isLessThanOrEqualTo(config.path("RATE@0").asDouble());
            assertThat(names(trial).stream().filter(name -> name.startsWith("WARM@")))
                    .hasSize(config.path("KIND").asText().equals("sgd") ? 3 : 0);
        }
        assertThat(whole).hasSize(12).doesNotHaveDuplicates();

        run("--method", method, "--llm", llm, "--fresh", "--trials", "5");
        run("--method", method, "--llm", llm, "--trials", "12");
        assertThat(configs()).isEqualTo(whole);
    }

    @Test
    void aScriptGetsEachAsOneTextAndPeopleSeeItSo() throws IOException {
        run("--method", "sobol", "--trials", "3");
        assertThat(does("show", "0"))
                .contains("got adam 0.1 steps(0:8,0.5:16) 0.5")
                .contains("RATE ");
        String shown = does("show", "1");
        String got = shown.lines()
                .filter(line -> line.strip().startsWith("got "))
                .findFirst()
                .orElseThrow();
        JsonNode config = trials().get(1).path("config");
        String exact = List.of("0", "0.333", "0.667").stream()
                .map(point -> point + ":" + config.path("RATE@" + point).asText())
                .collect(Collectors.joining(",", "steps(", ")"));
        assertThat(got).contains(exact);
        assertThat(shown).containsPattern("RATE +0\\.1 +steps\\(0:[0-9.]+,0\\.333:[0-9.]+,0\\.667:[0-9.]+\\)");
        assertThat(does("trials")).contains("sobol");
        assertThat(does("best")).containsPattern("(?m)^BATCH = (steps\\(0:\\d+,0.5:\\d+\\)|\\d+)$");
    }

    @Test
    void tablesHaveAColumnForEachPieceThatCanBeImported() throws IOException {
        run("--method", "sobol", "--trials", "8");
        String csv = does("export", "--format", "csv");
        assertThat(csv.lines().findFirst().orElseThrow())
                .endsWith(",KIND,RATE@0,RATE@0.333,RATE@0.667,WARM@0,WARM@0.1,WARM@1,BATCH@0,BATCH@0.5");
        Files.writeString(folder.resolve("runs.csv"), csv);
        run("--method", "tpe", "--trials", "3", "--fresh", "--from", "runs.csv", "--set", "from.metric=loss");
        assertThat(screen.err()).doesNotContain("left out");
        assertThat(trials().get(1).path("origin").asText()).isEqualTo("imported");
        for (String command :
                List.of("status", "best", "export --format optuna", "report --format md --out -", "show 2")) {
            does(command.split(" "));
        }
    }

    @Test
    void aConstantOfEarlierResultsIsTheSameInAllPieces() throws IOException {
        Files.writeString(
                folder.resolve("runs.csv"),
                "KIND,RATE,BATCH,loss\nadam,0.25,8,3\nadam,\"steps(0:0.5,0.333:0.1,0.667:0.05)\",16,2\nadam,high,16,1\n");
        run("--method", "tpe", "--trials", "2", "--from", "runs.csv");
        assertThat(screen.err()).contains("1 whose RATE@0 is no number").contains("2 of 3 rows");
        assertThat(trials().get(1).path("config").toString())
                .isEqualTo(
                        "{\"KIND\":\"adam\",\"RATE@0\":0.5,\"RATE@0.333\":0.1,\"RATE@0.667\":0.05,\"BATCH@0\":16,\"BATCH@0.5\":16}");
    }

    @Test
    void initKnowsAScheduleThatWasAppliedBefore() throws IOException {
        Files.writeString(
                folder.resolve("train.py"),
                "LEARNING_RATE = \"linear(0:0.1,0.05:0.5,1:0.001)\"\nNAME = \"steps(a)\"\nprint('loss:', 1)\n");
        does("init", "train.py", "--force");
        String written = Files.readString(folder.resolve("chiron.yaml"));
        assertThat(written)
                .containsPattern(
                        "LEARNING_RATE: \\{ type: float, .*, schedule: \\{ at: \\[0, 0\\.05, 1], shape: linear } }")
                .doesNotContain("NAME:");
        does("doctor", "--no-baseline");
    }

    @Test
    void aConstantThatIsATextHoldsASchedule() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), """
                script: train.py
                run: sh read.sh
                metric: { name: loss }
                space: { RATE: { type: float, low: 0.01, high: 1, log: true, schedule: 2 } }
                method: sobol
                budget: { trials: 4 }
                """);
        Files.writeString(folder.resolve("read.sh"), "grep RATE train.py; echo loss: $(grep -c steps train.py)\n");
        String script = "RATE = \"1e-1\"  # by progress\nprint(RATE)\n";
        Files.writeString(folder.resolve("train.py"), script);
        run();
        String changed = does("diff", "2");
        assertThat(changed)
                .containsPattern("-RATE = \"1e-1\".*\n\\+RATE = \"steps\\(0:[0-9.]+,0\\.5:[0-9.]+\\)\"  # by progress");
        does("apply", "2", "--yes", "--no-commit");
        String applied = Files.readString(folder.resolve("train.py"));
        assertThat(applied).matches("RATE = \"steps\\(0:[0-9.]+,0\\.5:[0-9.]+\\)\"  # by progress\nprint\\(RATE\\)\n");

        run("--fresh"); // begins with the schedule that is there now
        assertThat(does("show", "0")).contains(applied.lines().findFirst().orElseThrow());
    }

    @Test
    void anotherScheduleInTheScriptIsNoStart() throws IOException {
        Files.writeString(folder.resolve("train.sh"), "");
        Files.writeString(folder.resolve("train.py"), "RATE = \"steps(0:0.1,0.25:0.01)\"\n");
        Files.writeString(folder.resolve("chiron.yaml"), """
                script: train.py
                run: python3 {script}
                metric: { name: loss }
                space: { RATE: { type: float, low: 0.01, high: 1, log: true, schedule: 2 } }
                """);
        assertThat(screen.run("run", "--quiet")).isEqualTo(2);
        assertThat(screen.err())
                .contains(
                        "train.py has RATE = \"steps(0:0.1,0.25:0.01)\", which is neither a number nor a schedule in steps at 0, 0.5;"
                                + " write a number there, or add `default:`");
    }

    @Test
    void anotherScheduleIsAnotherTask() throws IOException {
        run("--method", "sobol", "--trials", "2");
        Files.writeString(
                folder.resolve("chiron.yaml"), TASK.replace("[8, 16], schedule: 2", "[8, 16, 8], schedule: 3"));
        assertThat(screen.run("run", "--quiet", "--method", "sobol", "--trials", "3"))
                .isEqualTo(2);
        assertThat(screen.err())
                .contains("is not the task that this study was started with")
                .contains("BATCH@0.5");
    }
}
