package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies whose trials are jobs of a real Slurm. */
@Tag("slurm")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecutorTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss }
            space: { X: { type: float, low: 0, high: 1, default: 0.9 } }
            method: cma-es
            budget: { trials: 4 }
            executor: slurm
            slurm: { partition: main, poll: 1s }
            """;

    @TempDir
    static Path home;

    private static OneNode slurm;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        slurm = new OneNode(home);
    }

    @AfterAll
    static void stop() {
        slurm.close();
    }

    private Screen screen(String task, String script) throws Exception {
        Files.writeString(folder.resolve("chiron.yaml"), task);
        Files.writeString(folder.resolve("train.sh"), script);
        Screen screen = new Screen(folder);
        slurm.environment().forEach(screen::with);
        return screen.with("HOME", folder.toString());
    }

    @Test
    void whatOnlyThisMachineCanDoIsRefused() throws Exception {
        Screen screen = screen(TASK, "echo loss: 1\n");
        assertThat(screen.run("run", "--gpus", "0,1")).isEqualTo(2);
        assertThat(screen.err())
                .contains("gpus (--gpus): trials that are jobs of Slurm have none of this machine's GPUs");
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    private List<String> values(String out) throws Exception {
        List<String> values = new ArrayList<>();
        for (String line : out.lines().toList()) {
            JsonNode event = new ObjectMapper().readTree(line);
            if (event.path("event").asText().equals("trial")) {
                values.add(event.path("config").path("X") + " " + event.path("value")
                        + event.path("reason").asText());
            }
        }
        return values;
    }

    @Test
    void aStudyOnTheClusterIsTheOneThatThisMachineWouldRun() throws Exception {
        String script = "echo loss: $1\n";
        Screen screen = screen(TASK, script);
        assertThat(screen.run("run", "--json")).as(screen.err()).isZero();
        List<String> jobs = values(screen.out());
        assertThat(slurm.said("squeue", "--noheader", "--states=all", "--format=%j")
                        .lines())
                .filteredOn(name -> name.startsWith(
                        "chiron-" + folder.getFileName().toString().substring(0, 15)))
                .hasSize(4);
        assertThat(folder.resolve("chiron-study/jobs")).doesNotExist();
        assertThat(screen.run("run", "--json", "--executor", "local", "--study", "here"))
                .isZero();
        assertThat(values(screen.out())).isEqualTo(jobs).hasSize(4);
        assertThat(Files.readString(folder.resolve("chiron-study/study.yaml"))).contains("executor: slurm");
    }

    /** With one seed, whichever ends first. */
    @Test
    void aStudyByArraysIsTheOneThatThisMachineWouldRun() throws Exception {
        Screen screen = screen(
                TASK.replace("poll: 1s", "poll: 2s, array: 4").replace("trials: 4", "trials: 8") + "workers: 4\n",
                "echo loss: $1\n");
        assertThat(screen.run("run", "--json", "--deterministic"))
                .as(screen.err())
                .isZero();
        List<String> jobs = values(screen.out());
        assertThat(slurm.said("squeue", "--noheader", "--states=all", "--format=%i %j")
                        .lines())
                .filteredOn(job -> job.contains(
                        " chiron-" + folder.getFileName().toString().substring(0, 15)))
                .hasSize(8)
                .anyMatch(job -> job.matches("\\d+_\\d+ .*-array-[0-9a-f]{8}"));
        assertThat(folder.resolve("chiron-study/jobs")).doesNotExist();
        assertThat(screen.run("run", "--json", "--deterministic", "--executor", "local", "--study", "here"))
                .isZero();
        assertThat(values(screen.out()))
                .containsExactlyInAnyOrderElementsOf(jobs)
                .hasSize(8);
    }

    @Test
    void whatMustHoldOfMetricsMustHoldOnTheClusterToo() throws Exception {
        Screen screen =
                screen(TASK + "feasible: [ vram <= 0.5 ]\n", "echo vram: 0.$(echo $1 | cut -c3)\necho loss: $1\n");
        assertThat(screen.run("run", "--json")).as(screen.err()).isIn(0, 3);
        List<String> jobs = statuses(screen.out());
        assertThat(jobs).contains("infeasible").doesNotContain("failed");
        assertThat(screen.run("run", "--json", "--executor", "local", "--study", "here"))
                .isIn(0, 3);
        assertThat(statuses(screen.out())).isEqualTo(jobs);
    }

    private static List<String> fields(String out, String... names) throws Exception {
        List<String> all = new ArrayList<>();
        for (String line : out.lines().toList()) {
            JsonNode event = new ObjectMapper().readTree(line);
            if (event.path("event").asText().equals("trial")) {
                all.add(Stream.of(names)
                        .map(name -> event.path(name).toString())
                        .collect(Collectors.joining(" ")));
            }
        }
        return all;
    }

    private static final String CURVED = """
            for step in 1 2 3 4 5 6; do
                echo "step $step loss: $(awk "BEGIN { print $1 + (6 - $step) / 10 }")"
            done
            """;

    @ParameterizedTest
    @ValueSource(strings = {"{ by: median, startup: 2 }", "{ by: model, startup: 2 }"})
    void runsAreStoppedEarlyOnTheClusterAsTheyAreHere(String rule) throws Exception {
        Screen screen = screen(
                TASK.replace("trials: 4", "trials: 8").replace("cma-es", "random") + "llm: { model: builtin }\nprune: "
                        + rule + "\n",
                CURVED);
        assertThat(screen.run("run", "--json")).as(screen.err()).isZero();
        String[] names = {"trial", "status", "value", "step", "pruned_by", "detail", "config"};
        List<String> jobs = fields(screen.out(), names);
        assertThat(statuses(screen.out())).contains("pruned", "measured").doesNotContain("failed");
        assertThat(screen.run("run", "--json", "--executor", "local", "--study", "here"))
                .isZero();
        assertThat(fields(screen.out(), names)).isEqualTo(jobs);
        for (int trial = 0; trial < 8; trial++) {
            Path curve = Path.of("trials", "000" + trial, "pruner.csv");
            assertThat(folder.resolve("chiron-study").resolve(curve))
                    .hasSameTextualContentAs(folder.resolve("here").resolve(curve));
        }
    }

    @Test
    void partsOfATrainingAreRunOnTheClusterAsTheyAreHere() throws Exception {
        Screen screen = screen(
                TASK.replace("trials: 4", "trials: 9").replace("cma-es", "asha").replace("{X}", "{X} {EPOCHS}")
                        + "fidelity: { name: EPOCHS, min: 1, max: 9 }\n",
                "echo loss: $(awk \"BEGIN { print $1 + 1 / $2 }\")\n");
        assertThat(screen.run("run", "--json")).as(screen.err()).isZero();
        String[] names = {"trial", "origin", "status", "value", "fidelity", "promoted_from", "config"};
        List<String> jobs = fields(screen.out(), names);
        assertThat(statuses(screen.out())).contains("partial", "measured").doesNotContain("failed");
        assertThat(jobs).anyMatch(line -> line.contains("promoted"));
        assertThat(screen.run("run", "--json", "--executor", "local", "--study", "here"))
                .isZero();
        assertThat(fields(screen.out(), names)).isEqualTo(jobs);
    }

    /** Says how many epochs it really trained, and fails where what it loads is not what it goes on from. */
    private static final String SAVES = """
            from=0; rate=
            if [ -n "$CHIRON_LOAD" ]; then
                from=$(cat "$CHIRON_LOAD/epoch"); [ ! -w "$CHIRON_LOAD/epoch" ] || exit 7
                rate="$(cat "$CHIRON_LOAD/rates")"; ln -s / "$CHIRON_SAVE/link"
            fi
            echo $2 > "$CHIRON_SAVE/epoch"; echo "$rate$1 " > "$CHIRON_SAVE/rates"
            echo "trained: $(($2 - from))"
            echo loss: $(awk "BEGIN { print $1 + 1 / $2 }")
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asha, checkpoints: { keep: 10m }",
                "pbt, pbt: { population: 3 }, checkpoints: { keep: 10m }",
                "hdet, hdet: { parameter: X, replicas: 3, merge: sh merge.sh }, checkpoints: { keep: 10m }"
            })
    void jobsGoOnFromWhatOthersSavedAsTrialsHereDo(String method) throws Exception {
        Files.writeString(
                folder.resolve("merge.sh"), "IFS=:; for f in $CHIRON_LOAD; do cp -r $f/. $CHIRON_SAVE/ -f; done\n");
        String task = TASK.replace("trials: 4", "trials: 10")
                        .replace("low: 0,", "low: 0.1,")
                        .replace("{X}", "{X} {EPOCHS}")
                        .replace(
                                "method: cma-es",
                                "method: " + method.replaceAll(", (?=[a-z]+: )(?!replicas|merge)", "\n"))
                + "fidelity: { name: EPOCHS, min: 3, max: 9 }\n";
        Screen screen = screen(task, SAVES);
        assertThat(screen.run("run", "--json")).as(screen.err()).isZero();
        String[] names = {"trial", "origin", "status", "value", "fidelity", "begin", "config"};
        List<String> jobs = fields(screen.out(), names);
        assertThat(statuses(screen.out())).contains("partial", "measured").doesNotContain("failed");
        assertThat(jobs).anyMatch(line -> line.contains("\"share\":0.3"));
        assertThat(screen.run("run", "--json", "--executor", "local", "--study", "here"))
                .isZero();
        assertThat(fields(screen.out(), names)).isEqualTo(jobs);
        for (String study : List.of("chiron-study", "here")) {
            assertThat(screen.run("trials", "--study", study)).isZero();
        }
        for (int trial = 0; trial < jobs.size(); trial++) {
            Path said = Path.of("trials", "000" + trial, "tail.log");
            assertThat(folder.resolve("chiron-study").resolve(said))
                    .hasSameTextualContentAs(folder.resolve("here").resolve(said));
            Path saved = Path.of("checkpoints", "000" + trial, "rates");
            assertThat(Files.exists(folder.resolve("chiron-study").resolve(saved)))
                    .isEqualTo(Files.exists(folder.resolve("here").resolve(saved)));
        }
    }

    /** Its checkpoint is taken over with its outcome, by whoever finds that. */
    @Test
    void aJobThatWentOnLeavesItsCheckpointToo() throws Exception {
        Path started = folder.resolve("started");
        Path go = folder.resolve("go");
        new ProcessBuilder("mkfifo", started.toString(), go.toString()).start().waitFor();
        String task =
                TASK.replace("trials: 4", "trials: 3").replace("cma-es", "pbt").replace("{X}", "{X} {EPOCHS}")
                        + "fidelity: { name: EPOCHS, min: 3, max: 6 }\npbt: { population: 2 }\ncheckpoints: { keep: 10m }\n"
                        + "sandbox: { level: 'off' }\n";
        Screen screen = screen(
                task,
                "if [ $2 = 3 ] && mkdir " + folder.resolve("first") + "; then echo > " + started + "; read line < " + go
                        + "; fi\n" + SAVES.replace("[ ! -w \"$CHIRON_LOAD/epoch\" ]", "true"));
        try (Started chiron = Started.in(folder, slurm.environment(), "run", "--json")) {
            Files.readString(started);
            chiron.signal("KILL");
        }
        Thread later = new Thread(() -> screen.run("run", "--json"));
        later.start();
        Files.writeString(go, "go\n");
        later.join();
        assertThat(screen.err()).contains("of an earlier session is this trial's: its outcome counts");
        assertThat(folder.resolve("chiron-study/checkpoints/0001/epoch")).hasContent("3");
        assertThat(folder.resolve("chiron-study/jobs")).doesNotExist();
    }

    private static List<String> statuses(String out) throws Exception {
        List<String> statuses = new ArrayList<>();
        for (String line : out.lines().toList()) {
            JsonNode event = new ObjectMapper().readTree(line);
            if (event.path("event").asText().equals("trial")) {
                statuses.add(event.path("status").asText());
            }
        }
        return statuses;
    }

    @Test
    void aStudyThatWasKilledTakesTheOutcomeOfTheJobThatWentOn() throws Exception {
        Path started = folder.resolve("started");
        Path go = folder.resolve("go");
        new ProcessBuilder("mkfifo", started.toString(), go.toString()).start().waitFor();
        Path count = Files.createFile(folder.resolve("count"));
        Screen screen = screen(
                TASK.replace("trials: 4", "trials: 1") + "sandbox: { level: 'off' }\n",
                "echo run >> " + count + "; echo > " + started + "; read line < " + go + "; echo loss: $1\n");
        try (Started chiron = Started.in(folder, slurm.environment(), "run", "--json")) {
            Files.readString(started);
            chiron.signal("KILL");
        }
        Thread later = new Thread(() -> screen.run("run", "--json"));
        later.start();
        Files.writeString(go, "go\n");
        later.join();
        assertThat(screen.err()).contains("of an earlier session is this trial's: its outcome counts");
        assertThat(values(screen.out())).containsExactly("0.9 0.9");
        assertThat(Files.readAllLines(count)).hasSize(1);
    }

    /** Nobody would ever ask for its outcome, and it would hold its node to the end. */
    @ParameterizedTest
    @ValueSource(strings = {"--quiet", "--fresh"})
    void aJobThatIsLeftIsCancelledWhereTrialsRunHereNow(String flag) throws Exception {
        Path started = folder.resolve("started");
        Path never = folder.resolve("never");
        new ProcessBuilder("mkfifo", started.toString(), never.toString())
                .start()
                .waitFor();
        Screen screen = screen(
                TASK.replace("trials: 4", "trials: 1") + "sandbox: { level: 'off' }\n",
                "mkdir " + folder.resolve("first") + " && { echo > " + started + "; read line < " + never
                        + "; }; echo loss: $1\n");
        try (Started chiron = Started.in(folder, slurm.environment(), "run", "--json")) {
            Files.readString(started);
            chiron.signal("KILL");
        }
        assertThat(screen.run("run", "--executor", "local", flag))
                .as(screen.err())
                .isZero();
        assertThat(screen.err()).contains("Slurm: 1 job of an earlier session is cancelled: trials run here now.");
        String label = "chiron-" + folder.getFileName().toString().substring(0, 15);
        assertThat(slurm.said("squeue", "--noheader", "--states=all", "--format=%j %T")
                        .lines())
                .filteredOn(line -> line.startsWith(label))
                .hasSize(1)
                .noneMatch(line -> line.endsWith("RUNNING") || line.endsWith("PENDING"));
    }

    @Test
    void whatTheClusterWouldNotTakeIsBadInputBeforeAnythingIsMade() throws Exception {
        Screen screen = screen(TASK.replace("partition: main", "partition: gpu"), "echo loss: $1\n");
        assertThat(screen.run("run")).isEqualTo(2);
        assertThat(screen.err())
                .contains("slurm: the cluster would not take a trial's job")
                .contains("invalid partition specified: gpu")
                .contains("Its partitions are main*");
        assertThat(folder.resolve("chiron-study")).doesNotExist();
        Screen longer = screen(TASK, "echo loss: $1\n");
        assertThat(longer.run("run", "--set", "slurm.array=2000", "--max-jobs", "5000"))
                .isEqualTo(2);
        assertThat(longer.err())
                .contains("slurm.array: the cluster takes no array of 2000 jobs")
                .contains("say slurm.array: 1001 or less, or leave it out");
        screen.with("PATH", "/nowhere");
        assertThat(screen.run("run")).isEqualTo(2);
        assertThat(screen.err()).contains("there is no sbatch on the PATH");
    }

    /** Whatever is around the runner of jobs. */
    @ParameterizedTest
    @ValueSource(strings = {"", "fidelity: { name: EPOCHS, min: 1, max: 9 }\n"})
    void theDoctorLeavesNothingOfItsJob(String more) throws Exception {
        Screen screen = screen(TASK.replace("{X}", more.isEmpty() ? "{X}" : "{X} {EPOCHS}") + more, "echo loss: $1\n");
        assertThat(screen.run("doctor")).as(screen.out()).isZero();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("chiron.yaml", "train.sh");
        }
    }

    @Test
    void theDoctorLooksAtTheClusterAndRunsTheBaselineThere() throws Exception {
        Screen screen = screen(TASK, "echo loss: $1\n");
        assertThat(screen.run("doctor")).as(screen.out()).isZero();
        assertThat(screen.out())
                .containsPattern("slurm +ok +slurm-wlm .*the controller answers, partitions: main\\*")
                .containsPattern("metric +ok +the baseline's loss is 0.9");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("chiron.yaml", "train.sh");
        }
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("partition: main", "partition: gpu"));
        assertThat(screen.run("doctor")).isEqualTo(2);
        assertThat(screen.out()).contains("invalid partition specified: gpu");
    }
}
