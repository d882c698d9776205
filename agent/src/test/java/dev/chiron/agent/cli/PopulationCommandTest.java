package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole studies of population based training. */
class PopulationCommandTest {

    private static final String TASK = """
            script: train.py
            run: python3 {script}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              RATE: { type: float, low: 0.001, high: 1.0, log: true, default: 0.01 }
              KIND: { type: choice, options: [plain, heavy], default: plain }
            fidelity: { name: STEPS, min: 4, max: 20 }
            checkpoints: { keep: 100m }
            method: pbt
            budget: { trials: 21 }
            sandbox: { level: off }
            seed: 3
            """;

    /** A high rate takes away what is left, and leaves much noise: it should begin high and fall. Steps that were trained are counted. */
    private static final String SCRIPT = """
            import json, os
            RATE = 0.01
            KIND = "plain"
            STEPS = 20
            step, left, own = 0, 1.0, 0
            load, save = os.environ.get("CHIRON_LOAD"), os.environ.get("CHIRON_SAVE")
            if load:
                step, left = json.load(open(os.path.join(load, "state.json")))
            while step < STEPS:
                left = left * (1 - RATE) + 0.3 * RATE * RATE * (2 if KIND == "heavy" else 1)
                step += 1
                own += 1
            json.dump([step, left], open(os.path.join(save, "state.json"), "w"))
            print("own:", own)
            print("loss:", left)
            """;

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.py"), SCRIPT);
        screen = new Screen(folder);
    }

    private void run(String study, String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--quiet", "--study", study));
        line.addAll(List.of(more));
        assertThat(screen.run(line.toArray(String[]::new))).as(screen.err()).isZero();
    }

    private List<JsonNode> trials(String study) throws IOException {
        return Journals.trials(folder.resolve(study));
    }

    /** What a value at the end says of the last values alone is told, wherever somebody asks for it; not of a study whose values stay. */
    @ParameterizedTest
    @CsvSource({"pbt, 61, true", "asha, 40, false"})
    void importanceSaysThatValuesChangedOnTheWay(String method, String trials, boolean changing) throws IOException {
        run("study", "--method", method, "--trials", trials);
        String said = "some values belong to trainings whose configs changed on the way";
        Path pages = folder.resolve("pages");
        for (List<String> command : List.of(
                List.of("importance"),
                List.of("importance", "--json"),
                List.of("explain"),
                List.of("report", "--format", "md", "--out", pages.toString()))) {
            List<String> line = new ArrayList<>(command);
            line.addAll(List.of("--study", "study"));
            assertThat(screen.run(line.toArray(String[]::new))).as(screen.err()).isZero();
            String text = Files.exists(pages) ? Files.readString(pages) : screen.out();
            assertThat(text.contains(said)).as(command + ": " + text).isEqualTo(changing);
        }
    }

    private static int steps(JsonNode trial) {
        return trial.path("fidelity").path("amount").asInt(20);
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void membersGoOnAndTheWorstTakeOverFromTheBest(String workers) throws IOException {
        run("study", "--workers", workers);
        List<JsonNode> trials = trials("study");
        Map<Integer, Integer> ends = new TreeMap<>(); // steps of each member
        int explored = 0;
        for (JsonNode trial : trials.subList(1, trials.size())) {
            JsonNode begin = trial.path("begin");
            int member = begin.path("member").asInt();
            String origin = trial.path("origin").asText();
            if (begin.has("trials")) {
                JsonNode source = trials.get(begin.path("trials").path(0).asInt());
                assertThat(steps(trial)).isEqualTo(steps(source) + 4);
                assertThat(trial.path("metrics").path("own").asInt()).isEqualTo(4);
                assertThat(begin.path("share").asDouble()).isCloseTo(steps(source) / 20.0, within(1e-12));
                boolean own = source.path("begin").path("member").asInt() == member;
                assertThat(origin).isEqualTo(own ? "continued" : "explored");
                assertThat(trial.path("config").equals(source.path("config"))).isEqualTo(own);
                if (!own) {
                    explored++;
                    double ratio = trial.path("config").path("RATE").asDouble()
                            / source.path("config").path("RATE").asDouble();
                    assertThat(Math.abs(ratio - 1.2) < 1e-6 || Math.abs(ratio - 0.8) < 1e-6 || ratio != 1)
                            .isTrue();
                }
            } else {
                assertThat(origin).isEqualTo("random");
                assertThat(steps(trial)).isEqualTo(4);
            }
            ends.merge(member, steps(trial), Math::max);
            assertThat(trial.path("status").asText()).isEqualTo(steps(trial) < 20 ? "partial" : "measured");
        }
        assertThat(explored).isPositive();
        if (workers.equals("1")) {
            assertThat(ends).containsExactlyInAnyOrderEntriesOf(Map.of(0, 20, 1, 20, 2, 20, 3, 20));
        }
        assertThat(screen.run("status", "--study", "study", "--json")).isZero();
        assertThat(json.readTree(screen.out()).path("trainings").asDouble()).isCloseTo(5, within(1e-9));
        assertThat(screen.run("trials", "--study", "study", "--json")).isZero(); // held against the schema
    }

    /** The value is that of a schedule, which is what is shown and exported. */
    @Test
    void theBestIsASchedule() throws IOException {
        run("study", "--seed", "7", "--set", "pbt.quantile=0.5");
        assertThat(screen.run("best", "--study", "study", "--json")).isZero();
        JsonNode best = json.readTree(screen.out());
        assertThat(best.path("trial").asInt()).isPositive();
        JsonNode schedule = best.path("schedule");
        assertThat(schedule).hasSize(5);
        assertThat(schedule.path(0).path("from").asInt()).isZero();
        for (int i = 1; i < 5; i++) {
            assertThat(schedule.path(i).path("from").asInt()).isEqualTo(4 * i);
            assertThat(schedule.path(i - 1).path("to").asInt()).isEqualTo(4 * i);
        }
        assertThat(schedule.path(4).path("trial")).isEqualTo(best.path("trial"));
        assertThat(schedule.path(4).path("config")).isEqualTo(best.path("config"));

        // what the schedule says, run at one go, gives the value that it has
        double left = 1;
        for (JsonNode part : schedule) {
            double rate = part.path("config").path("RATE").asDouble();
            int times = part.path("config").path("KIND").asText().equals("heavy") ? 2 : 1;
            for (int step = part.path("from").asInt(); step < part.path("to").asInt(); step++) {
                left = left * (1 - rate) + 0.3 * rate * rate * times;
            }
        }
        assertThat(left).isCloseTo(best.path("value").asDouble(), within(1e-9));

        assertThat(screen.run("best", "--study", "study")).isZero();
        assertThat(screen.err()).contains("belongs to a schedule of 5 parts", "chiron export --schedule");
        assertThat(screen.run("export", "--schedule", "--study", "study")).isZero();
        List<String> rows = screen.out().lines().toList();
        assertThat(rows).hasSize(6);
        assertThat(rows.get(0)).isEqualTo("from,to,trial,origin,loss,RATE,KIND");
        assertThat(rows.get(1)).startsWith("0,4,").contains(",random,");
        assertThat(screen.run("export", "--schedule", "--format", "json", "--study", "study"))
                .isZero();
        assertThat(json.readTree(screen.out()).path("parts")).isEqualTo(schedule);
        assertThat(screen.run("export", "--schedule", "--format", "yaml", "--study", "study"))
                .isZero();
        assertThat(screen.out()).contains("name: \"STEPS\"", "- { from: 0, to: 4, trial: ");
        assertThat(screen.run("export", "--schedule", "--trial", "0", "--study", "study"))
                .isZero();
        assertThat(screen.out().lines()).hasSize(2);
        assertThat(screen.run("show", best.path("trial").asText(), "--study", "study"))
                .isZero();
        assertThat(screen.out()).contains("goes on from the checkpoint of trial", "a schedule of 5 parts");
        assertThat(screen.run("report", "--study", "study", "--out", "report.md"))
                .as(screen.err())
                .isZero();
        assertThat(folder.resolve("report.md")).content().contains("belongs to a schedule of 5 parts");
        assertThat(screen.run("status", "--study", "study")).isZero();
        assertThat(screen.out()).contains("belongs to a schedule of 5 parts");
    }

    @Test
    void stoppedAndGoneOnItIsTheSameStudy() throws IOException {
        run("whole");
        for (String stop : List.of("3", "8", "17")) {
            run("stopped" + stop, "--trials", stop);
            if (stop.equals("8")) {
                Files.delete(folder.resolve("stopped8").resolve("state.json"));
            }
            run("stopped" + stop, "--trials", "21");
            assertThat(trials("stopped" + stop)).isEqualTo(trials("whole"));
        }
        run("side", "--workers", "3", "--deterministic");
        run("other", "--workers", "3", "--deterministic", "--trials", "10");
        run("other", "--workers", "3", "--deterministic", "--trials", "21");
        assertThat(trials("other")).isEqualTo(trials("side"));
    }

    /** However little room there is: what members go on from is needed, and nothing else is kept. */
    @Test
    void whatMembersGoOnFromIsKept() throws IOException {
        run("study", "--set", "checkpoints.keep=1", "--trials", "12");
        assertThat(screen.err()).contains("checkpoints that are still needed take");
        try (Stream<Path> kept = Files.list(folder.resolve("study").resolve("checkpoints"))) {
            assertThat(kept).hasSize(7); // of four members at the second and three at the third step
        }
        assertThat(trials("study").subList(5, 12))
                .allMatch(trial -> trial.path("begin").has("trials"));
    }

    /** Who fails is replaced by a better one, and where none is there begins anew. */
    @Test
    void whoFailsIsReplaced() throws IOException {
        Files.writeString(folder.resolve("train.py"), SCRIPT.replace("print(\"own", "assert RATE < 0.1\nprint(\"own"));
        run("study", "--trials", "30");
        List<JsonNode> trials = trials("study");
        boolean replaced = false;
        for (JsonNode trial : trials) {
            if (trial.path("status").asText().equals("failed")) {
                int member = trial.path("begin").path("member").asInt();
                replaced |= trials.stream()
                        .filter(later -> later.path("trial").asInt()
                                > trial.path("trial").asInt())
                        .filter(later -> later.path("begin").path("member").asInt(-1) == member)
                        .findFirst()
                        .filter(next -> !next.path("origin").asText().equals("continued"))
                        .isPresent();
            }
        }
        assertThat(replaced).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "checkpoints: { keep: 100m } |  | the method pbt goes on from what trials save",
                "fidelity: { name: STEPS, min: 4, max: 20 } |  | the method pbt trains configs for a part of a training",
                "min: 4, max: 20 | min: 20, max: 20 | is the length of an interval",
                "seed: 3 | repeats: 2 | belongs to a whole schedule of values",
                "seed: 3 | optimizer: tpe | not pbt",
                "seed: 3 | pbt: { population: 1 } | does not lie in [2,",
                "seed: 3 | pbt: { quantile: 0.6 } | above 0, at most 0.5",
                "seed: 3 | prune: median | compares a run with others",
            })
    void whatIsWrongIsSaid(String written, String instead, String message) throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace(written, instead == null ? "" : instead));
        assertThat(screen.run("run", "--quiet")).isEqualTo(2);
        assertThat(screen.err()).contains(message);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void aScriptThatSavesNothingEndsTheStudy() throws IOException {
        Files.writeString(folder.resolve("train.py"), SCRIPT.replace("json.dump", "0 and json.dump"));
        assertThat(screen.run("run")).isEqualTo(6);
        assertThat(screen.out() + screen.err())
                .contains(
                        "no member saved a checkpoint at the end of interval 1 in the folder that CHIRON_SAVE names",
                        "the script must save one");
        assertThat(trials("chiron-study")).hasSize(5); // of each member one
    }

    /** What a single member does not save ends nothing: another's training is taken over where one has come as far, or to the interval before. */
    @ParameterizedTest
    @CsvSource({"1", "3"})
    void whoSavesNothingIsReplacedByOneThatDid(String workers) throws IOException {
        Files.writeString(
                folder.resolve("train.py"),
                SCRIPT.replace("json.dump", "(KIND == 'heavy' and step == 8) or json.dump"));
        run("study", "--trials", "40", "--workers", workers, "--deterministic");
        List<JsonNode> trials = trials("study");
        assertThat(trials).hasSize(40);
        List<Integer> lost = trials.stream()
                .filter(trial -> steps(trial) == 8
                        && trial.path("config").path("KIND").asText().equals("heavy"))
                .map(trial -> trial.path("trial").asInt())
                .toList();
        assertThat(lost).isNotEmpty();
        for (int number : lost) {
            assertThat(trials.get(number).path("status").asText()).isEqualTo("partial");
            assertThat(screen.err())
                    .contains("Note: trial " + number
                            + " saved no checkpoint in the folder that CHIRON_SAVE names: nothing goes on from it.");
            int member = trials.get(number).path("begin").path("member").asInt();
            trials.stream()
                    .skip(number + 1)
                    .filter(later -> later.path("begin").path("member").asInt(-1) == member)
                    .findFirst()
                    .ifPresent(next -> {
                        assertThat(next.path("origin").asText()).isNotEqualTo("continued");
                        assertThat(steps(next)).isLessThanOrEqualTo(12);
                    });
        }
        for (JsonNode trial : trials) {
            trial.path("begin")
                    .path("trials")
                    .forEach(source -> assertThat(lost).doesNotContain(source.asInt()));
        }
        for (String stop : List.of("6", "8", "13")) {
            run("stopped" + stop, "--trials", stop, "--workers", workers, "--deterministic");
            run("stopped" + stop, "--trials", "40", "--workers", workers, "--deterministic");
            assertThat(trials("stopped" + stop)).isEqualTo(trials);
        }
    }
}
