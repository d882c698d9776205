package dev.chiron.evals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.cli.Console;
import dev.chiron.agent.cli.Extension;
import dev.chiron.evals.compare.Attempt;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** That the benchmark runs and says what it measured; never how fast it was. */
class EvalsCommandTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... arguments) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, false, folder, Map.of(), InstantSource.system());
        Extension evals = ServiceLoader.load(Extension.class).findFirst().orElseThrow();
        CommandLine line = new CommandLine(evals.command(console));
        line.setExecutionExceptionHandler((problem, command, result) -> {
            stream.println(problem);
            return 2;
        });
        return line.execute(arguments);
    }

    @Test
    void speedMeasuresEveryGoalOfTheIssue() {
        Path log = Path.of("../../shared/data/autoresearch-trials.csv.gz").toAbsolutePath();
        assertThat(run("speed", "--trials", "60", "--autoresearch", log.toString(), "--yahpo", "nowhere"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("CMA-ES ask and tell", "0.02 ms", "a trial of `centaur`", "reading a journal of 60 trials")
                .contains("replaying 60 trials", "heap in use")
                .contains("a trial's own cost, not isolated", "preparing a workspace of 10,000 files");
        assertThat(output().contains("an evaluation of autoresearch")).isEqualTo(Files.exists(log));
        assertThat(output()).doesNotContain("lcbench");
    }

    @Test
    void aloneItSaysWhatThereIs() {
        assertThat(run()).isZero();
        assertThat(output()).contains("  speed  ", "  peers  ");
    }

    @Test
    void listsTheTasksAndWhatIsMissing() {
        assertThat(run("list", "--yahpo", "nowhere")).isZero();
        assertThat(output())
                .contains("synthetic: ", "  rastrigin\n", "rbv2_xgboost: ", "  not here: ", "  lcbench-189873\n")
                .contains("bbob: ", "  bbob-f24-i1-d10\n", "  ackley-d10-moved\n", "  live-spirals\n");
    }

    @Test
    void runsMethodsAndPrintsALineARunAndTheirTable() throws IOException {
        String[] arguments = {
            "run", "--task", "sphere,mixed", "--method", "random,cma-es", "--seeds", "2", "--trials", "6", "--jobs", "2"
        };
        assertThat(run(arguments)).isZero();
        List<String> lines =
                output().lines().filter(line -> line.startsWith("{")).toList();
        assertThat(lines).hasSize(8);
        assertThat(lines.get(3))
                .startsWith("{\"v\":2,\"task\":\"sphere\",\"goal\":\"minimize\",\"method\":\"cma-es\",\"seed\":1,");

        out.reset();
        String[] toFile = Arrays.copyOf(arguments, arguments.length + 2);
        toFile[arguments.length] = "--out";
        toFile[arguments.length + 1] = "runs.jsonl";
        assertThat(run(toFile)).isZero();
        assertThat(output()).doesNotContain("{");
        assertThat(values(Files.readAllLines(folder.resolve("runs.jsonl")))).isEqualTo(values(lines));

        out.reset();
        assertThat(run("table", "runs.jsonl", "--at", "3,6")).isZero();
        assertThat(output()).contains("median@3", "median@6", "mixed   cma-es", "mean rank@6");
        assertThat(run("table", "runs.jsonl", "--seconds", "10,60")).isEqualTo(2); // functions take no time
        assertThat(output()).contains("--seconds: none of these runs says how long its trials took");
        assertThat(run("table", "runs.jsonl", "--seconds", "60,10")).isEqualTo(2);
    }

    @Test
    void leavesAFileAloneThatHoldsNoRuns() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "my only copy of a thought");
        Path picture =
                Files.write(folder.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\n', (byte) 0xff});

        assertThat(run("run", "--task", "sphere", "--method", "random", "--trials", "2", "--out", "notes.txt"))
                .isEqualTo(2);
        assertThat(output()).contains("notes.txt ends with what is no run, and is left as it is");
        assertThat(run("run", "--task", "sphere", "--method", "random", "--trials", "2", "--out", "picture.png"))
                .isEqualTo(2);
        assertThat(run("table", "picture.png")).isEqualTo(2);
        assertThat(output()).contains("picture.png is not text in UTF-8, so it has no runs");
        assertThat(notes).hasContent("my only copy of a thought");
        assertThat(Files.size(picture)).isEqualTo(6);
    }

    @Test
    void runsOnceWhatIsNamedTwice() throws IOException {
        run(
                "run",
                "--task",
                "sphere,sphere",
                "--method",
                "random,random",
                "--seeds",
                "2",
                "--trials",
                "2",
                "--out",
                "o");

        assertThat(Files.readAllLines(folder.resolve("o"))).hasSize(2);
    }

    @Test
    void aStoppedComparisonGoesOnWhereItWas() throws IOException {
        String[] arguments = {
            "run", "--task", "sphere", "--method", "tpe", "--seeds", "3", "--trials", "6", "--out", "runs.jsonl"
        };
        assertThat(run(arguments)).isZero();
        Path file = folder.resolve("runs.jsonl");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.indexOf('\n') + 20)); // the second line was being written

        assertThat(run(arguments)).isZero();
        assertThat(values(Files.readAllLines(file)))
                .isEqualTo(values(whole.lines().toList()));
        assertThat(output()).contains("runs that are there already: 1, to go: 2");

        Files.writeString(file, "notes\n");
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(output()).contains("runs.jsonl, line 1 is not JSON");
        assertThat(file).hasContent("notes\n");
    }

    @Test
    void modelsWithCommasShareTurnsBesideEachAlone() throws IOException {
        String[] mix = {
            "run",
            "--task",
            "branin",
            "--method",
            "centaur",
            "--optimizer",
            "cma-es",
            "--llm-warmup",
            "2",
            "--seeds",
            "1",
            "--trials",
            "14",
            "--llm"
        };
        List<String> line = new ArrayList<>(List.of(mix));
        line.addAll(List.of("builtin, command:/bin/echo no config", "--out", "mix.jsonl"));
        assertThat(run(line.toArray(String[]::new))).isZero();
        List<Run> runs = new RunLines().read("lines", Files.readAllLines(folder.resolve("mix.jsonl")));
        assertThat(runs)
                .extracting(Run::method)
                .contains(
                        "cma-es",
                        "cma-es+perturb warmup=2",
                        "cma-es+builtin warmup=2",
                        "cma-es+command:/bin/echo no config warmup=2",
                        "cma-es+builtin, command:/bin/echo no config warmup=2");
        Run shared = runs.get(runs.size() - 1);
        assertThat(shared.ours().orElseThrow().fallbacks())
                .as("a turn each, and then by what it was worth")
                .isBetween(1, 2);

        line.set(line.size() - 3, "builtin,builtin");
        assertThat(run(line.toArray(String[]::new))).isEqualTo(2);
        assertThat(output()).contains("--llm builtin,builtin: each model once");
    }

    @Test
    void llamboRunsOnAnyTaskBesideItsControls() throws IOException {
        List<String> line = new ArrayList<>(List.of(
                "run", "--task", "branin", "--method", "llambo", "--llm", "builtin", "--seeds", "1", "--trials", "9"));
        line.addAll(List.of("--out", "runs.jsonl"));
        assertThat(run(line.toArray(String[]::new))).isZero();
        line.addAll(List.of("--no-controls", "--without", "examples,facts"));
        line.addAll(List.of("--llambo", "mode=faithful,surrogate=generative,context=partial"));
        assertThat(run(line.toArray(String[]::new))).isZero();

        List<Run> runs = new RunLines().read("lines", Files.readAllLines(folder.resolve("runs.jsonl")));
        assertThat(runs)
                .extracting(Run::method)
                .containsExactly(
                        "llambo+perturb",
                        "llambo+builtin",
                        "llambo+builtin mode=faithful surrogate=generative context=partial without-examples without-facts");
        Run.Ours rules = runs.get(1).ours().orElseThrow();
        assertThat(rules.optimizer()).isEqualTo("llambo");
        assertThat(rules.calls()).as("two for each trial after five").isEqualTo(4 * 2);
        assertThat(rules.attempts())
                .extracting(Attempt::origin)
                .endsWith("builtin", "builtin", "builtin", "builtin")
                .startsWith("gp", "gp", "gp", "gp", "gp");
        assertThat(rules.attempts().get(8).expected()).isPresent();
    }

    @Test
    void whatLlamboCannotDoIsSaid() {
        for (List<String> arguments : List.of(
                List.of("--llm", "none"),
                List.of("--llm", "builtin", "--without", "state"),
                List.of("--llm", "builtin", "--llambo", "mode=fast"),
                List.of("--llm", "builtin", "--llambo", "speed=1"),
                List.of("--llm", "builtin", "--llambo", "alpha=7"))) {
            List<String> line = new ArrayList<>(List.of("run", "--task", "branin", "--method", "llambo"));
            line.addAll(arguments);
            assertThat(run(line.toArray(String[]::new))).as(line.toString()).isEqualTo(2);
        }
        assertThat(output())
                .contains(
                        "--method llambo is a language model's: name one with --llm",
                        "--without state: the prompts of llambo tell nothing of it",
                        "--llambo mode=fast: none of batched, faithful",
                        "--llambo speed: none of mode, surrogate, alpha, candidates, context",
                        "alpha is between -1 and 1");
    }

    @Test
    void ofSeveralMethodsThoseAreToldLessWhosePromptsHaveIt() throws IOException {
        List<String> line = new ArrayList<>(List.of("run", "--task", "branin", "--method", "centaur,tpe,llambo,llm"));
        line.addAll(List.of("--llm", "builtin", "--no-controls", "--without", "state", "--llm-warmup", "2"));
        line.addAll(List.of("--seeds", "1", "--trials", "6", "--out", "some.jsonl"));
        assertThat(run(line.toArray(String[]::new))).isZero();
        assertThat(new RunLines().read("lines", Files.readAllLines(folder.resolve("some.jsonl"))))
                .extracting(Run::method)
                .containsExactly("gp+builtin warmup=2 without-state", "tpe", "llambo+builtin", "llm+builtin");
        assertThat(output())
                .contains("Note: --without state: the prompts of llambo, llm tell nothing of it, so they are run");

        line.set(4, "tpe,random");
        assertThat(run(line.toArray(String[]::new))).isEqualTo(2);
        assertThat(output()).contains("--without state: none of these methods asks a model: tpe, random");
    }

    @Test
    void aSuiteComparesWhatThePaperDid() throws IOException {
        assertThat(run(
                        "run",
                        "--suite",
                        "paper",
                        "--task",
                        "branin",
                        "--seeds",
                        "1",
                        "--trials",
                        "12",
                        "--llm",
                        "command:/bin/echo no config",
                        "--out",
                        "runs.jsonl"))
                .isZero();
        List<Run> runs = new RunLines().read("lines", Files.readAllLines(folder.resolve("runs.jsonl")));
        assertThat(runs.stream().map(Run::method).distinct())
                .hasSize(26)
                .contains("random", "cma-es+builtin", "cma-es+builtin share=0.8", "cma-es+builtin adaptive")
                .contains("cma-es+builtin local=0.0 infeasible restart repeats penalty")
                .contains("llambo+builtin", "llm+builtin", "llm+command:/bin/echo no config")
                .contains("gp+command:/bin/echo no config");

        assertThat(run(
                        "run",
                        "--task",
                        "branin",
                        "--method",
                        "centaur",
                        "--llm",
                        "builtin",
                        "--without",
                        "state,history",
                        "--no-controls",
                        "--llm-warmup",
                        "2",
                        "--seeds",
                        "1",
                        "--trials",
                        "8"))
                .isZero();
        assertThat(output()).contains("\"gp+builtin warmup=2 without-state without-history\"");
        assertThat(run("run", "--task", "branin", "--method", "centaur", "--llm", "builtin", "--without", "sense"))
                .isEqualTo(2);
        assertThat(output()).contains("--without sense: none of state, task, facts, history, examples");

        assertThat(run("run", "--suite", "paper", "--llm-share", "0.5", "--local", "0"))
                .isEqualTo(2);
        assertThat(output())
                .contains("--suite paper: its lines say how its teams play; leave out --llm-share, --local");
        assertThat(run("run", "--suite", "poems")).isEqualTo(2);
        assertThat(run("run", "--task", "branin")).isEqualTo(2);
        assertThat(run("run", "--method", "tpe")).isEqualTo(2);
        assertThat(output())
                .contains(
                        "--suite poems: there is paper",
                        "either --method METHOD,… or --suite paper",
                        "say on what: --task");
    }

    @Test
    void bayesmarksRegretIsPrintedWithoutAndWithLlambo() throws IOException {
        Files.writeString(
                folder.resolve("runs.jsonl"),
                "{\"task\":\"bayesmark-iris-SVM\",\"goal\":\"maximize\",\"method\":\"gp\",\"seed\":0,\"values\":[0.9,null]}\n");

        assertThat(run("bayesmark", "runs.jsonl", "--no-llambo", "--at", "1,2")).isZero();
        assertThat(output()).contains("1 tasks (1 runs a method)", "gp      0.1111");
        assertThat(run("bayesmark", "runs.jsonl", "--bayesmark", "nowhere")).isEqualTo(2);
        assertThat(output()).contains("llambo-bayesmark.csv.gz cannot be read");
    }

    private static List<List<OptionalDouble>> values(List<String> lines) {
        return new RunLines().read("lines", lines).stream().map(Run::values).toList();
    }

    @Test
    void aModelIsShownBesideItsControls() throws IOException {
        assertThat(run(
                        "run",
                        "--task",
                        "mixed",
                        "--method",
                        "centaur",
                        "--optimizer",
                        "tpe",
                        "--llm",
                        "builtin;command:/bin/echo no config",
                        "--llm-warmup",
                        "4",
                        "--seeds",
                        "2",
                        "--trials",
                        "12",
                        "--out",
                        "runs.jsonl"))
                .isZero();
        List<Run> runs = new RunLines().read("lines", Files.readAllLines(folder.resolve("runs.jsonl")));
        assertThat(runs.stream().map(Run::method).distinct())
                .containsExactly(
                        "tpe",
                        "tpe+perturb warmup=4",
                        "tpe+builtin warmup=4",
                        "cma-es plain",
                        "tpe+command:/bin/echo no config warmup=4");
        Run.Ours ours = runs.get(runs.size() - 1).ours().orElseThrow();
        assertThat(ours.optimizer()).isEqualTo("tpe");
        assertThat(ours.model()).isEqualTo("command:/bin/echo no config");
        assertThat(ours.fallbacks()).isEqualTo(2);
        assertThat(ours.rejected()).isEqualTo(6);
        assertThat(runs).allMatch(run -> run.ours().orElseThrow().repeats() == 0);
        assertThat(runs).allMatch(run -> run.trueLoss(12) == run.bestLoss(12));

        out.reset();
        assertThat(run("table", "runs.jsonl")).isZero();
        assertThat(output())
                .containsPattern("mixed +tpe\\+builtin warmup=4 +tpe\\+perturb warmup=4 +2 ")
                .containsPattern("mixed +tpe\\+builtin warmup=4 +cma-es plain +2 ")
                .containsPattern("mixed +tpe\\+command:/bin/echo no config warmup=4 +tpe +2 ")
                .doesNotContain("not run");
    }

    @Test
    void comparesWithAPeer() throws IOException {
        Path peer = Files.writeString(folder.resolve("peer.sh"), """
                echo '{"sampler":"tpe","seed":0,"values":[900,800],"ask_tell_seconds":0.5}'
                """);

        int exit = run(
                "peers",
                "--tasks",
                "sphere",
                "--methods",
                "random",
                "--samplers",
                "tpe,cma-es-baseline",
                "--seeds",
                "1",
                "--trials",
                "2",
                "--peer",
                peer.toString(),
                "--python",
                "sh",
                "--out",
                "both.jsonl");

        assertThat(output()).contains("sphere  random", "sphere  optuna:tpe  1", "800.00", "the task has no baseline");
        assertThat(exit).isZero();
        assertThat(Files.readAllLines(folder.resolve("both.jsonl"))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"chat, history", "opro, history", "opro, task"})
    void llmIsRunBesideItsControlsAndCanBeToldLess(String style, String part) throws IOException {
        List<String> line = new ArrayList<>(List.of("run", "--task", "branin", "--method", "llm", "--llm", "builtin"));
        line.addAll(List.of("--seeds", "1", "--trials", "8", "--without", part, "--llm-style", style));
        line.addAll(List.of("--out", "llm.jsonl"));
        assertThat(run(line.toArray(String[]::new))).isZero();
        List<Run> runs = new RunLines().read("lines", Files.readAllLines(folder.resolve("llm.jsonl")));
        assertThat(runs)
                .extracting(Run::method)
                .containsExactly("llm+perturb", "llm+builtin style=" + style + " without-" + part);
        assertThat(runs.get(1).ours().orElseThrow().fallbacks()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"llm-tpe, examples", "optoprime, history", "optoprime, task", "agent-hpo, history", "agent-hpo, task"})
    void othersOfModelsAloneAreRunBesideTheirControlsAndCanBeToldLess(String method, String part) throws IOException {
        List<String> line = new ArrayList<>(List.of("run", "--task", "branin", "--method", method, "--llm", "builtin"));
        line.addAll(List.of("--seeds", "1", "--trials", "12", "--without", part, "--out", "other.jsonl"));
        assertThat(run(line.toArray(String[]::new))).isZero();
        List<Run> runs = new RunLines().read("lines", Files.readAllLines(folder.resolve("other.jsonl")));
        assertThat(runs)
                .extracting(Run::method)
                .containsExactly(method + "+perturb", method + "+builtin without-" + part);
        assertThat(runs.get(1).ours().orElseThrow().fallbacks()).isZero();
    }

    @Test
    void refusesWhatMakesNoSense() {
        for (List<String> arguments : List.of(
                List.of("run", "--task", "spher", "--method", "tpe"),
                List.of("run", "--task", "sphere", "--method", "centaur", "--llm", "parrot"),
                List.of("run", "--task", "sphere", "--method", "centaur", "--optimizer", "sobol"),
                List.of("run", "--task", "sphere", "--method", "llm"),
                List.of("run", "--task", "sphere", "--method", "llm", "--llm", "builtin", "--llm-style", "mute"),
                List.of("run", "--task", "sphere", "--method", "llm", "--llm", "builtin", "--without", "state"),
                List.of("run", "--task", "sphere", "--method", "tpe", "--trials", "0"),
                List.of("run", "--task", "sphere", "--method", "tpe", "--seeds", "0"),
                List.of("peers", "--at", "5,3"),
                List.of("peers", "--at", "0"),
                List.of("peers", "--peer", "nowhere.py"),
                List.of("pruning", "--tasks", "sphere"),
                List.of("pruning", "--rules", "medium"),
                List.of("deepening", "--tasks", "sphere"),
                List.of("table", "nowhere.jsonl"),
                List.of("objective", "spher"))) {
            out.reset();
            assertThat(run(arguments.toArray(new String[0])))
                    .as(arguments.toString())
                    .isEqualTo(2);
            assertThat(output()).contains("dev.chiron.agent.BadInput: ");
        }
    }

    @Test
    void servesATaskUntilTheInputEnds() {
        InputStream requests = new ByteArrayInputStream("""
                {"id":1,"config":{"x":0,"y":0}}
                nonsense
                {"id":2,"config":{"x":1,"y":1}}""".getBytes(StandardCharsets.UTF_8));
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, false, folder, Map.of(), InstantSource.system());

        assertThat(new CommandLine(new ObjectiveCommand(console, requests)).execute("branin"))
                .isZero();

        List<String> lines = output().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("{\"v\":1,\"task\":\"branin\"");
        assertThat(lines.get(1)).startsWith("{\"id\":1,\"status\":\"measured\",\"value\":55.2");
        assertThat(lines.get(2)).startsWith("{\"id\":null,\"error\":\"not JSON");
        assertThat(lines.get(3)).startsWith("{\"id\":2,\"status\":\"measured\"");
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
