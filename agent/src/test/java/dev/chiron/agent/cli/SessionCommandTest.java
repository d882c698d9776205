package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.study.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code chiron session} as a script drives it: lines in, lines out. */
@Timeout(180)
class SessionCommandTest {

    private static final String TASK = """
            task: Find the bottom of a bowl.
            script: train.sh
            run: sh {script} {X} {K}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              K: { type: int, low: 1, high: 64, default: 8 }
            method: random
            llm: { model: none }
            sandbox: { level: off }
            budget: { trials: 8 }
            seed: 5
            """;

    private static final String SCRIPT =
            "awk -v x=\"$1\" -v k=\"$2\" 'BEGIN { print \"loss: \" (x - 0.3)^2 + (k - 20)^2 / 4000 }'\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
    }

    private int session(InputStream in, String... arguments) {
        out.reset();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", folder.toString());
        PrintStream shown = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(in, shown, shown, false, folder, environment, InstantSource.system());
        return Main.execute(console, arguments);
    }

    private String typed(List<String> lines, String... options) {
        List<String> arguments = new java.util.ArrayList<>(List.of("session"));
        arguments.addAll(List.of(options));
        String text = String.join("\n", lines) + "\n";
        int code = session(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), arguments.toArray(String[]::new));
        assertThat(code).as(shown()).isZero();
        return shown();
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private Recording recording(String study) {
        return Recording.read(folder.resolve(study)).orElseThrow();
    }

    @Test
    void theOptimizersStateIsThatOfTheSpaceAsItIsNow() throws IOException {
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace("method: random", "method: tpe")
                        .replace("space:\n", "space:\n  KIND: { type: choice, options: [a, b], default: a }\n")
                        .replace("{script}", "{script} {KIND}"));
        Files.writeString(folder.resolve("train.sh"), "shift\n" + SCRIPT);

        String typed = typed(
                List.of(
                        "/step 12",
                        "/wait",
                        "/range X 0 0.5",
                        "/range KIND a +c",
                        "/step 20",
                        "/wait",
                        "/state",
                        "/quit"),
                "--paused",
                "--yes",
                "--trials",
                "40");

        String state = typed.substring(typed.indexOf("TPE models the loss"));
        assertThat(state).contains("\"c\" ").doesNotContain("\"b\" ");
        assertThat(session(new ByteArrayInputStream(new byte[0]), "explain"))
                .as(shown())
                .isZero();
        List<String> explained = shown().lines().map(String::strip).toList();
        List<String> table = state.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("X,") || line.startsWith("K,") || line.startsWith("KIND,"))
                .toList();
        assertThat(table).hasSize(3);
        assertThat(explained).containsAll(table);
    }

    @Test
    void severalTrialsRunBetweenTwoLinesAndAreSteered() {
        String shown = typed(
                List.of(
                        "/step 5",
                        "/wait",
                        "/status",
                        "/try X=0.25",
                        "/range K 1 40",
                        "/note nobody",
                        "/step 4",
                        "/wait",
                        "/trials",
                        "/fork copy 6",
                        "/undo",
                        "/quit"),
                "--paused",
                "--yes",
                "--trials",
                "20",
                "--workers",
                "3");
        assertThat(shown).contains("steering 1: try", "steering 2: range", "workers: 3, busy");
        Recording study = recording("chiron-study");
        assertThat(study.entries()).hasSize(9);
        assertThat(study.pending()).isEmpty();
        assertThat(study.entries().stream().map(entry -> entry.trial().origin()))
                .containsOnlyOnce(Origin.PERSON);
        assertThat(study.steerings()).hasSize(3);
        assertThat(recording("copy").entries()).hasSize(7);
        assertThat(session(
                        new ByteArrayInputStream(new byte[0]),
                        "run",
                        "--workers",
                        "3",
                        "--trials",
                        "20",
                        "--study",
                        "copy"))
                .as(shown())
                .isZero();
        assertThat(recording("copy").entries()).hasSize(20);
    }

    @Test
    void stepsRunSoManyTrialsAndWait() {
        String shown = typed(List.of("/step 3", "/wait", "/status", "/trials 2", "/quit"), "--paused");
        assertThat(shown)
                .contains("chiron> /step 3", "    2  random", "waiting (paused)", "3 trials", "loop            waits");
        assertThat(recording("chiron-study").entries()).hasSize(3);
    }

    @Test
    void itTakesTheFlagsOfRun() throws IOException {
        typed(List.of("/step 2", "/wait"), "--paused", "--facts", "none", "--time", "1h", "--warm-start", "0");
        assertThat(Files.readString(folder.resolve("chiron-study/study.yaml")))
                .contains("cards: none", "train_time: 1h");
    }

    @Test
    void theEndOfTheInputPausesAndTheStudyGoesOn() {
        typed(List.of("/step 2", "/wait"), "--paused");
        assertThat(recording("chiron-study").entries()).hasSize(2);
        String shown = typed(List.of("/wait", "/best"));
        assertThat(shown).contains("waiting (the budget is spent)", "X = ");
        assertThat(recording("chiron-study").entries()).hasSize(8);
    }

    @Test
    void aChangeIsShownAndAskedAboutOnce() {
        String shown = typed(
                List.of("/step", "/wait", "/pin K=20", "no", "/pin K=20", "y", "/try X=0.3", "a", "/step 2", "/wait"),
                "--paused");
        assertThat(shown)
                .contains("  pin K=20", "nothing was changed", "steering 1: pin K=20", "steering 2: try X=0.3");
        assertThat(shown).doesNotContain("steering 3");
        assertThat(recording("chiron-study").steerings()).hasSize(2);
        assertThat(recording("chiron-study").entries()).hasSize(3);
        assertThat(recording("chiron-study").entries().get(1).trial().origin().label())
                .isEqualTo("person");
        assertThat(recording("chiron-study").entries().get(2).trial().config().toString())
                .contains("K=20");
    }

    @Test
    void steeringSurvivesAndCanBeTakenBack() {
        typed(List.of("/step", "/wait", "/pin K=20"), "--paused", "--yes");
        String shown = typed(List.of("/wait", "/undo", "/undo 9", "/status", "/step", "/wait"), "--paused", "--yes");
        assertThat(shown)
                .contains("undo steering 1: pin K=20", "nothing that was steered holds")
                .doesNotContain("  steering 1      ");
        assertThat(recording("chiron-study").entries().get(1).trial().config().toString())
                .doesNotContain("K=20");
    }

    @Test
    void whatHoldsIsTakenBackOneAfterTheOther() {
        String shown = typed(
                List.of("/step", "/wait", "/pin K=20", "/ban X > 0.95", "/undo", "/undo", "/undo", "/status"),
                "--paused",
                "--yes");
        assertThat(shown)
                .contains(
                        "undo steering 2: ban X > 0.95", "undo steering 1: pin K=20", "nothing that was steered holds")
                .doesNotContain("undo 2 (/undo", "  steering 1      ");
    }

    @Test
    void aModelThatWasTakenBackDoesNotReturn() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("method: random", "method: centaur"));
        typed(List.of("/step", "/wait", "/model perturb", "/undo"), "--paused", "--yes", "--llm", "builtin");
        assertThat(session(InputStream.nullInputStream(), "run", "--json")).isZero();
        assertThat(shown()).contains("\"llm\":\"builtin\"").doesNotContain("perturb");
    }

    @Test
    void whatWasSteeredInASessionHoldsWhenItsLoopIsOpenedAgain() throws IOException {
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace("method: random", "method: centaur")
                        .replace("model: none", "model: none, share: 1, warmup: 1"));
        String shown = typed(
                List.of(
                        "/wait",
                        "/model perturb",
                        "/stop",
                        "/resume",
                        "/wait",
                        "/budget trials=6",
                        "/wait",
                        "/stop",
                        "/resume",
                        "/wait"),
                "--yes",
                "--trials",
                "4",
                "--llm",
                "builtin");
        assertThat(recording("chiron-study").entries()).hasSize(6);
        assertThat(shown).contains("    4  perturb", "    5  perturb");
    }

    @Test
    void aSpentBudgetIsSaidInsteadOfGoingOn() {
        String shown = typed(
                List.of("/wait", "/resume", "/step", "/budget trials=9", "/wait", "/try X=0.3", "/wait"), "--yes");
        assertThat(shown)
                .contains(
                        "waiting (the budget is spent): /budget trials=N, /try or /quit",
                        "nothing more is to be run: the budget is spent; /budget trials=N allows more")
                .doesNotContain("runs 1 trial");
        assertThat(recording("chiron-study").entries()).hasSize(10);
    }

    @Test
    void aFileThatIsThereIsNotWrittenOver() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.md"), folder.resolve("train.sh"));
        Files.writeString(folder.resolve("notes.html"), "mine");
        String shown = typed(
                List.of(
                        "/step",
                        "/wait",
                        "/report link.md",
                        "/report notes.html",
                        "/report chiron.yaml",
                        "/save ../" + folder.getFileName() + "/train.sh",
                        "/report no/such/file.md",
                        "/report mine.md",
                        "/report",
                        "/report"),
                "--paused");
        assertThat(shown)
                .contains(
                        "notes.html is there already",
                        "chiron.yaml: a report's name ends in .html, .md, .pdf",
                        "link.md is there already",
                        "train.sh is there already",
                        "its folder is not there")
                .containsPattern("is written:\\s+chiron-study/report.html")
                .containsPattern("is written anew:\\s+chiron-study/report.html");
        assertThat(folder.resolve("chiron.yaml")).hasContent(TASK);
        assertThat(folder.resolve("train.sh")).hasContent(SCRIPT);
        assertThat(folder.resolve("notes.html")).hasContent("mine");
        assertThat(folder.resolve("mine.md")).exists();
    }

    @Test
    void aModelNamesNoFiles() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("method: random", "method: centaur"));
        Files.writeString(folder.resolve("model.sh"), "echo '{\"commands\":[\"/report other.md\"],\"answer\":\"\"}'\n");
        typed(
                List.of("/step", "/wait", "write a report"),
                "--paused",
                "--llm",
                "command:sh " + folder.resolve("model.sh"));
        assertThat(folder.resolve("other.md")).doesNotExist();
    }

    @Test
    void whatWasAskedOfAModelCountsWhenAWaitingSessionIsLeftByForce() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("method: random", "method: centaur"));
        Files.writeString(folder.resolve("model.sh"), "echo '{\"commands\":[],\"answer\":\"Well.\"}'\n");
        String shown = typed(
                List.of("/step", "/wait", "how is it?", "/quit now"),
                "--paused",
                "--llm",
                "command:sh " + folder.resolve("model.sh"));
        assertThat(shown).contains("Well.").doesNotContain("Exception");
        assertThat(recording("chiron-study").unused()).hasSize(1);
    }

    @Test
    void whatCannotBeDoneIsSaidAndTheSessionGoesOn() {
        String shown = typed(
                List.of(
                        "/statu",
                        "/why 99",
                        "/pin Y=1",
                        "/plot pie",
                        "/plot importance",
                        "what is best?",
                        "/range X 5 1",
                        "/fork ../elsewhere",
                        "/undo",
                        "/help /try",
                        "/help"),
                "--paused",
                "--yes");
        assertThat(shown)
                .contains(
                        "did you mean `/status`?",
                        "no trial 99",
                        "no parameter `Y`",
                        "no plot pie",
                        "nothing has been measured yet",
                        "No language model answers here",
                        "nothing that was steered holds",
                        "runs this next",
                        "/budget [trials=N]");
        assertThat(folder.resolveSibling("elsewhere")).doesNotExist();
    }

    @Test
    void picturesReportsAndTranscriptsAreFiles() throws IOException {
        String shown = typed(
                List.of(
                        "/step 8",
                        "/wait",
                        "/plot",
                        "/plot slice X",
                        "/compare 0 1",
                        "/diff 1",
                        "/why 1",
                        "/state",
                        "/cost",
                        "/report",
                        "/save talk.txt"),
                "--paused",
                "--set",
                "budget.trials=20");
        assertThat(shown).contains("loss by trial: best", "loss by X", "trial 0", "chiron-study/report.html");
        Path study = folder.resolve("chiron-study");
        assertThat(study.resolve("plots/history.png")).isNotEmptyFile();
        assertThat(study.resolve("plots/slice-X.png")).isNotEmptyFile();
        assertThat(Files.readString(study.resolve("report.html")))
                .contains("<h1>loss of train.sh</h1>", "loss by trial");
        assertThat(Files.readString(folder.resolve("talk.txt"))).contains("chiron> /plot", "loss by trial");
    }

    @Test
    void aForkGoesOnFromItsTrial() {
        String shown = typed(
                List.of("/step 4", "/wait", "/pin K=20", "/fork copy 1", "/fork copy 1", "/fork other 7"),
                "--paused",
                "--yes");
        assertThat(shown).contains("copies trials 0 to 1 to copy", "copy is there already", "trials 0 to 3 to copy");
        assertThat(recording("copy").entries())
                .isEqualTo(recording("chiron-study").entries().subList(0, 2));
        assertThat(recording("copy").steerings()).isEmpty();
        typed(List.of("/step", "/wait"), "--paused", "--study", "copy");
        assertThat(recording("copy").entries().get(2).trial().change())
                .isEqualTo(recording("chiron-study").entries().get(2).trial().change());
    }

    @Test
    void applyEndsTheLoopAndWritesTheBest() throws IOException {
        Files.writeString(folder.resolve("train.py"), "X = 0.9\nprint('loss:', (X - 0.3) ** 2)\n");
        Files.writeString(folder.resolve("eval.sh"), "awk -F= '/^X/ { print \"loss: \" ($2 - 0.3)^2 }' \"$1\"\n");
        Files.writeString(folder.resolve("chiron.yaml"), """
                script: train.py
                run: sh eval.sh {script}
                metric: { name: loss, goal: minimize }
                space: { X: { type: float, low: 0, high: 1 } }
                method: random
                sandbox: { level: off }
                budget: { trials: 20 }
                """);
        String shown = typed(
                List.of("/step 1", "/wait", "/try X=0.3", "/step", "/wait", "/apply", "/resume", "/wait"),
                "--paused",
                "--yes");
        assertThat(shown).contains("writes the best values", "the loop has ended");
        assertThat(Files.readString(folder.resolve("train.py"))).startsWith("X = 0.3");
    }

    @Test
    void aModelAnswersByCommands() throws IOException {
        Files.writeString(folder.resolve("talker.sh"), """
                p=$(cat)
                case "$p" in
                *"Command: /best"*"Command: /quit"*) echo '{"commands":[],"answer":"Trial 0, with K = 8."}';;
                *"# Commands"*) echo '{"commands":["/best","/pin K=9","/quit"],"answer":""}';;
                *) echo '{}';;
                esac
                """);
        String shown = typed(
                List.of("/step", "/wait", "what is best?", "n", "/cost", "/quit"),
                "--paused",
                "--llm",
                "command:sh " + folder.resolve("talker.sh"),
                "--method",
                "centaur");
        assertThat(shown)
                .contains("it asks for /best", "it asks for /pin K=9", "nothing was changed", "Trial 0, with K = 8.");
        assertThat(recording("chiron-study").steerings()).isEmpty();
        assertThat(recording("chiron-study").unused())
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.key()).startsWith("talk0x"));
    }

    @Test
    void aStudyThatAnotherRunsIsFollowedAndTakenOver() throws Exception {
        typed(List.of("/step 2", "/wait"), "--paused");
        Path study = folder.resolve("chiron-study");
        PipedOutputStream keyboard = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(keyboard);
        Thread person;
        try (StudyFolder other = StudyFolder.open(study, "", InstantSource.system())) {
            person = new Thread(() -> session(in, "session", "--yes"));
            person.start();
            type(keyboard, "/status", "/pin K=3");
            await("another process runs this study");
            assertThat(shown()).contains("it is followed here", "2 trials");
            assertThat(other.recording().entries()).hasSize(2);
        }
        await("waiting (paused)");
        type(keyboard, "/step", "/wait", "/quit");
        person.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(recording("chiron-study").entries()).hasSize(3);
    }

    private static void type(PipedOutputStream keyboard, String... lines) throws IOException {
        keyboard.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!shown().contains(text)) {
            assertThat(System.nanoTime()).as(shown()).isLessThan(deadline);
            Thread.onSpinWait();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
