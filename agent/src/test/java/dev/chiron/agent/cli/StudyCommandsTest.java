package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run} and the commands that read what it left. */
class StudyCommandsTest {

    private static final String TASK = """
            task: Find the bottom of a bowl.
            script: train.sh
            run: sh {script} {X} {K}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              K: { type: int, low: 1, high: 64, default: 8 }
            method: centaur
            llm: { model: builtin, share: 0.5, warmup: 3 }
            budget: { trials: 8 }
            seed: 5
            """;

    private static final String SCRIPT = """
            if [ "$2" -gt 60 ]; then echo "MemoryError: too large" >&2; exit 1; fi
            awk -v x="$1" -v k="$2" 'BEGIN { print "loss: " (x - 0.3)^2 + (k - 20)^2 / 4000 }'
            """;

    @TempDir
    Path folder;

    private Screen screen;
    private final ObjectMapper json = new ObjectMapper();

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        screen = new Screen(folder);
    }

    private List<JsonNode> lines() {
        return screen.out().lines().map(this::parse).toList();
    }

    private JsonNode parse(String line) {
        try {
            return json.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void jsonEventsAreThoseOfTheDesign() {
        assertThat(screen.run("run", "--json")).isZero();
        List<JsonNode> events = lines();
        assertThat(events).hasSize(10).allMatch(event -> event.path("v").asInt() == 1);
        assertThat(events.get(0).toString())
                .isEqualTo(
                        "{\"v\":1,\"event\":\"start\",\"study\":\"chiron-study\",\"resumed\":false,\"trials_done\":0,"
                                + "\"method\":\"centaur\",\"optimizer\":\"gp\",\"llm\":\"builtin\",\"seed\":5}");
        JsonNode baseline = events.get(1);
        assertThat(baseline.path("event").asText()).isEqualTo("trial");
        assertThat(baseline.path("trial").asInt(-1)).isZero();
        assertThat(baseline.path("origin").asText()).isEqualTo("baseline");
        assertThat(baseline.path("status").asText()).isEqualTo("measured");
        assertThat(baseline.path("value").asDouble()).isEqualTo(0.396);
        assertThat(baseline.path("config").toString()).isEqualTo("{\"X\":0.9,\"K\":8}");
        assertThat(baseline.path("best").asDouble()).isEqualTo(0.396);
        JsonNode end = events.get(9);
        assertThat(end.path("event").asText()).isEqualTo("end");
        assertThat(end.path("trials").asInt()).isEqualTo(8);
        assertThat(end.path("baseline").asDouble()).isEqualTo(0.396);
        assertThat(end.path("best").path("value").asDouble()).isLessThan(0.396);
        assertThat(end.path("by_origin").path("baseline").asInt()).isEqualTo(1);
        assertThat(end.path("by_origin").path("builtin").asInt()).isEqualTo(2);
        assertThat(end.path("by_origin").has("llm"))
                .as("rules of thumb are no language model")
                .isFalse();
        assertThat(end.path("llm").path("turns").asInt()).isEqualTo(2);
        assertThat(end.path("llm").path("fallbacks").isInt()).isTrue();
    }

    @Test
    void theSummaryGoesToStandardOutputAndTheProgressToStandardError() {
        assertThat(screen.run("run")).isZero();
        assertThat(screen.out())
                .contains("loss 0.396 ->", "parameter  baseline  best", "trials by", "fallbacks", "none");
        assertThat(screen.err()).contains("Starting chiron-study", "    0  baseline      0.396", "* best so far");
        assertThat(screen.err() + screen.out()).doesNotContain("\u001b");
    }

    @Test
    void theOptimizerStaysWhenAModelComesAndGoes() {
        assertThat(screen.run("run", "--json", "--llm", "none", "--trials", "14"))
                .isZero();
        assertThat(lines().get(0).path("method").asText()).isEqualTo("gp");
        assertThat(lines()).anyMatch(event -> event.path("origin").asText().equals("gp"));
        assertThat(screen.run("run", "--json", "--llm", "builtin", "--trials", "24"))
                .isZero();
        assertThat(lines().get(0).path("method").asText()).isEqualTo("centaur");
        assertThat(lines().get(0).path("optimizer").asText()).isEqualTo("gp");
        assertThat(screen.run("run", "--json", "--llm", "none", "--trials", "30"))
                .isZero();
        assertThat(lines().get(0).path("trials_done").asInt()).isEqualTo(24);
        assertThat(lines()).anyMatch(event -> event.path("origin").asText().equals("gp"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cma-es",
                "lra-cma-es",
                "tpe",
                "gp",
                "random-forest",
                "turbo",
                "conformal",
                "genetic",
                "nsga2",
                "mo-cma-es",
                "cross-entropy",
                "cost-aware",
                "portfolio"
            })
    void everyOptimizerSharesItsTurnsWithAModelAndWithTheControl(String optimizer) {
        String origin = Map.of("lra-cma-es", "cma-es", "portfolio", "gp").getOrDefault(optimizer, optimizer);
        assertThat(screen.run("run", "--json", "--fresh", "--optimizer", optimizer, "--trials", "16"))
                .isZero();
        assertThat(lines().get(0).path("optimizer").asText()).isEqualTo(optimizer);
        assertThat(origins()).contains(origin, "builtin").doesNotContain("perturb");
        assertThat(screen.run("run", "--json", "--fresh", "--optimizer", optimizer, "--llm", "perturb"))
                .isZero();
        assertThat(lines().get(0).path("llm").asText()).isEqualTo("perturb");
        assertThat(origins()).contains(origin, "perturb").doesNotContain("builtin", "local-move");
        assertThat(lines().get(lines().size() - 1).path("llm").path("calls").asInt())
                .isZero();
    }

    private List<String> origins() {
        return lines().stream().map(event -> event.path("origin").asText()).toList();
    }

    @Test
    void theControlGoesOnAsIfItHadNeverStopped() throws IOException {
        screen.run("run", "--llm", "perturb", "--trials", "20");
        String whole = configs();
        screen.run("run", "--fresh", "--llm", "perturb", "--trials", "11");
        screen.run("run", "--llm", "perturb", "--trials", "20");
        assertThat(configs()).isEqualTo(whole);
    }

    private String configs() {
        screen.run("trials", "--json");
        return lines().stream()
                .map(trial -> trial.path("origin").asText() + trial.path("config"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void theOptimizerIsAChoiceOfTeamsAlone() {
        assertThat(screen.run("run", "--method", "tpe", "--optimizer", "gp")).isEqualTo(2);
        assertThat(screen.err())
                .contains(
                        "--optimizer: only the methods centaur, llambo, hyperband, iterative-deepening-hyperband, bohb, asha and centaur-code have an optimizer to choose, not tpe")
                .contains("write method: gp");
        assertThat(screen.run("run", "--method", "tpe", "--optimizer", "tpe", "--trials", "2"))
                .isZero();
        assertThat(screen.run("run", "--fresh", "--optimizer", "sobol")).isEqualTo(2);
        assertThat(screen.err()).contains("--optimizer: unknown `sobol`");
    }

    @Test
    void quietShowsTheSummaryAlone() {
        assertThat(screen.run("run", "--quiet")).isZero();
        assertThat(screen.err()).isEmpty();
        assertThat(screen.out()).contains("loss 0.396 ->");
    }

    @Test
    void aSecondRunGoesOnAndAThirdHasNothingToDo() {
        screen.run("run", "--trials", "3");
        assertThat(screen.run("run", "--json")).isZero();
        assertThat(lines().get(0).path("resumed").asBoolean()).isTrue();
        assertThat(lines().get(0).path("trials_done").asInt()).isEqualTo(3);
        assertThat(lines()).hasSize(7);
        screen.run("run", "--json");
        assertThat(lines()).hasSize(2);
    }

    @Test
    void trialsPrintsTheEventsOfTheRun() {
        screen.run("run", "--json");
        List<JsonNode> trials = lines().subList(1, 9);
        assertThat(screen.run("trials", "--json")).isZero();
        assertThat(lines()).isEqualTo(trials);
        assertThat(screen.run("trials")).isZero();
        assertThat(screen.out().lines()).hasSize(8);
    }

    /** A loss that differs by a hundredth from run to run, as the study's length has it. */
    private void makeNoisy() throws IOException {
        Files.createDirectories(folder.resolve("chiron-study"));
        Files.writeString(folder.resolve("train.sh"), """
                n=$(wc -l < "$3")
                awk -v x="$1" -v k="$2" -v n="$n" \
                    'BEGIN { print "loss: " (x - 0.3)^2 + (k - 20)^2 / 4000 + (n * 7 % 5) / 100 }'
                """);
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace("{K}", "{K} " + folder.resolve("chiron-study/journal.jsonl"))
                        + "repeats: 2\nsandbox: { read: [chiron-study] }\n");
    }

    @Test
    void repeatsAreRunCountedAndShown() throws IOException {
        makeNoisy();
        assertThat(screen.run("run", "--trials", "16")).as(screen.err()).isZero();
        assertThat(screen.err())
                .contains("better, to be run again", "repeat ", " of trial 0", "* best so far is trial ");
        assertThat(screen.out()).contains(" (mean of 2 runs)", "repeat ", "noise      sd 0.0", " repeats");
        assertThat(screen.run("status", "--json")).isZero();
        JsonNode status = lines().get(0);
        int repeats = status.path("by_origin").path("repeat").asInt();
        assertThat(repeats).isBetween(3, 12);
        assertThat(status.path("noise").path("repeats").asInt()).isEqualTo(repeats);
        assertThat(status.path("noise").path("sd").asDouble()).isBetween(0.005, 0.03);
        assertThat(status.path("best").path("runs").asInt()).isGreaterThan(1);
        screen.run("best", "--json");
        assertThat(lines().get(0).path("best")).isEqualTo(status.path("best").path("value"));
        assertThat(lines().get(0).path("noise")).isEqualTo(status.path("noise"));
        screen.run("best");
        assertThat(screen.err()).contains(" runs), trial ", "measured again, values vary: sd 0.0");
        screen.run("trials", "--json");
        assertThat(lines())
                .filteredOn(trial -> trial.path("origin").asText().equals("repeat"))
                .hasSize(repeats)
                .allMatch(trial ->
                        trial.path("repeat_of").asInt() < trial.path("trial").asInt());
    }

    @Test
    void repeatsBelongToTheStudy() {
        screen.run("run", "--trials", "2", "--repeats", "1");
        assertThat(folder.resolve("chiron-study/study.yaml")).content().contains("\nrepeats: 1\n");
        assertThat(screen.run("run", "--trials", "3"))
                .as("holds when it is not given anew")
                .isZero();
        assertThat(screen.run("run", "--trials", "3", "--repeats", "2")).isEqualTo(2);
        assertThat(screen.err()).contains("repeats (was 1, is 2)");
        assertThat(screen.run("config", "--set", "repeats=4")).isZero();
        assertThat(screen.out()).containsPattern("repeats +4 +--set");
        assertThat(screen.run("run", "--fresh", "--repeats", "-1")).isEqualTo(2);
        assertThat(screen.err()).contains("--repeats: `-1` does not lie in [0, 2147483647]");
    }

    @Test
    void freshKeepsTheOldStudyAside() {
        screen.run("run", "--trials", "2");
        assertThat(screen.run("run", "--trials", "2", "--fresh", "--seed", "9")).isZero();
        assertThat(folder.resolve("chiron-study.1/journal.jsonl")).exists();
        assertThat(screen.err()).contains("chiron-study.1");
    }

    @Test
    void freshMovesNothingAsideButAStudy() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("thesis.txt"), "all my work");
        assertThat(screen.run("run", "--trials", "2", "--fresh", "--study", "mine"))
                .isEqualTo(7);
        assertThat(screen.err()).contains("holds no study", "--study");
        assertThat(mine).isDirectoryContaining(path -> path.endsWith("thesis.txt"));
        Files.createDirectories(folder.resolve("empty"));
        assertThat(screen.run("run", "--trials", "2", "--fresh", "--study", "empty"))
                .isZero();
    }

    @Test
    void aScriptThatChangedSinceTheStudyBeganIsNoted() throws IOException {
        screen.run("run", "--trials", "2");
        assertThat(screen.run("run", "--trials", "3")).isZero();
        assertThat(screen.err()).doesNotContain("is not the script");
        Path script = folder.resolve("train.sh");
        String before = Files.readString(script);
        Files.writeString(script, "# better\n" + before);
        assertThat(screen.run("run", "--trials", "4")).isZero();
        assertThat(screen.err()).contains("train.sh is not the script that this study began with");
        assertThat(folder.resolve("chiron-study/script/train.sh")).hasContent(before);
    }

    @Test
    void aLimitOnCostsThatCannotBeKeptIsRefused() {
        assertThat(screen.run("run", "--set", "budget.llm_usd=5", "--llm", "command:cat"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("budget.llm_usd", "command:cat");
        assertThat(folder.resolve("chiron-study")).doesNotExist();
        assertThat(screen.run("run", "--set", "budget.llm_usd=5", "--llm", "builtin"))
                .isZero();
    }

    @Test
    void anotherTaskInTheSameFolderIsRefused() {
        screen.run("run", "--trials", "2");
        assertThat(screen.run("run", "--seed", "9")).isEqualTo(2);
        assertThat(screen.err()).contains("seed (was 5, is 9)", "--fresh");
    }

    @Test
    void bestPrintsValuesThatCanBeCopied() {
        screen.run("run");
        assertThat(screen.run("best")).isZero();
        assertThat(screen.out()).matches("X = 0\\.[0-9]+\nK = [0-9]+\n");
        assertThat(screen.run("best", "--json")).isZero();
        assertThat(lines().get(0).path("config").has("X")).isTrue();
    }

    @Test
    void statusCountsEverything() {
        screen.run("run");
        assertThat(screen.run("status", "--json")).isZero();
        assertThat(lines().get(0).path("trials").asInt()).isEqualTo(8);
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).contains("trials by", "study");
    }

    @Test
    void whatATrainingPrintsCannotSteerTheTerminal() throws IOException {
        screen.run("run");
        Path tail = folder.resolve("chiron-study/trials/0000/tail.log");
        Files.writeString(tail, "\u001b[31mred\u202e\u001b]52;c;x\u0007\tend\n");
        assertThat(screen.run("show", "0")).isZero();
        assertThat(screen.out()).contains("red", "\tend").doesNotContain("\u001b", "\u202e", "\u0007");
    }

    @Test
    void showSaysWhatIsKnownOfATrial() {
        screen.run("run");
        assertThat(screen.run("show", "0")).isZero();
        assertThat(screen.out()).contains("Trial 0 by baseline: 0.396", "parameter  baseline  trial 0");
        assertThat(screen.run("show", "99")).isEqualTo(2);
        assertThat(screen.err()).contains("no trial 99", "trials 0 to 7");
    }

    @Test
    void exportWritesTables() {
        screen.run("run");
        assertThat(screen.run("export", "--format", "csv")).isZero();
        assertThat(screen.out().lines().findFirst()).contains("trial,origin,status,reason,loss,seconds,X,K");
        assertThat(screen.out().lines()).hasSize(9);
        assertThat(screen.run("export", "--format", "tsv")).isZero();
        assertThat(screen.out()).startsWith("trial\torigin");
        assertThat(screen.run("export", "--format", "json")).isZero();
        assertThat(parse(screen.out())).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({"status", "best", "trials", "export"})
    void withoutAStudyReadersSaySo(String command) {
        assertThat(screen.run(command)).isEqualTo(2);
        assertThat(screen.err()).contains("no study in chiron-study", "chiron run");
    }

    @Test
    void aBaselineThatFailsIsExitSixAndCanBeMended() throws IOException {
        Files.writeString(folder.resolve("train.sh"), "echo 'ValueError: no data' >&2; exit 3\n");
        assertThat(screen.run("run")).isEqualTo(6);
        assertThat(screen.err()).contains("baseline", "crashed", "ValueError: no data");
        assertThat(screen.run("run", "--json")).isEqualTo(6);
        JsonNode failed = lines().get(1);
        assertThat(failed.path("event").asText()).isEqualTo("trial");
        assertThat(failed.path("origin").asText()).isEqualTo("baseline");
        assertThat(failed.path("reason").asText()).isEqualTo("crashed");
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        assertThat(screen.run("run")).isZero();
        assertThat(screen.err()).doesNotContain("is not the script");
    }

    @Test
    void aDamagedStudyIsExitSeven() throws IOException {
        screen.run("run", "--trials", "3");
        Path journal = folder.resolve("chiron-study/journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replace("0.396", "0.1"));
        assertThat(screen.run("run")).isEqualTo(7);
        assertThat(screen.err()).contains("journal.jsonl:3", "--fresh");
    }

    @Test
    void aStudyWhoseJournalIsGoneIsNotBegunAnewOverItsTrials() throws IOException {
        screen.run("run", "--trials", "3");
        Files.delete(folder.resolve("chiron-study/journal.jsonl"));
        assertThat(screen.run("run", "--trials", "3")).isEqualTo(7);
        assertThat(screen.err()).contains("journal.jsonl is missing");
        assertThat(folder.resolve("chiron-study/trials/0002")).exists();
    }

    @Test
    void aStudyNeverTakesTheProjectsOwnFolderNorOneAbove() {
        for (String study : List.of("", ".", "..", "/")) {
            assertThat(screen.run("run", "--study", study, "--fresh")).as(study).isEqualTo(2);
            assertThat(screen.err()).contains("folder of its own");
        }
        assertThat(folder.resolve("train.sh")).exists();
        assertThat(folder.resolve("journal.jsonl")).doesNotExist();
    }

    @Test
    void aCommandThatCannotBeSplitIsBadInput() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replaceFirst("run: .*", "run: sh {script} \\\\\""));
        assertThat(screen.run("run")).isEqualTo(2);
        assertThat(screen.err()).contains("chiron.yaml", "run").doesNotContain("internal");
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void aFileIsNoFolderForAStudy() {
        assertThat(screen.run("run", "--study", "train.sh")).isEqualTo(2);
        assertThat(screen.err()).contains("train.sh is a file");
    }

    @Test
    void failuresAreTriedShownAndCounted() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("high: 64", "high: 1000"));
        assertThat(screen.run("run", "--llm", "none", "--method", "random")).isZero();
        assertThat(screen.out()).contains("out-of-memory");
        assertThat(screen.err()).contains("out-of-memory");
    }

    @Test
    void aMissingStudyFolderIsNotMadeForBadInput() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace("high: 1.0", "high: -1.0"));
        assertThat(screen.run("run")).isEqualTo(2);
        assertThat(screen.err())
                .startsWith("chiron: ")
                .contains("chiron.yaml:6", "X")
                .hasLineCount(1);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
        assertThat(screen.run("run", "--llm", "nonsense:x")).isEqualTo(2);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void flagsThatAreNoneAreExitTwo() {
        assertThat(screen.run("run", "--tirals", "3")).isEqualTo(2);
        assertThat(screen.err()).contains("--tirals", "run --help");
        assertThat(screen.run("rnu")).isEqualTo(2);
    }

    @Test
    void configSaysWhereEachSettingComesFrom() {
        screen.with("CHIRON_LLM_SHARE", "0.2");
        assertThat(screen.run("config", "--set", "seed=7")).isZero();
        assertThat(screen.out())
                .containsPattern("llm.share +0.2 +CHIRON_LLM_SHARE")
                .containsPattern("seed +7 +--set seed")
                .containsPattern("budget.trials +8 +chiron.yaml:10");
    }

    @Test
    void methodsAndHelpAreThere() {
        assertThat(screen.run("methods")).isZero();
        assertThat(screen.out()).contains("centaur", "cma-es", "commons-cma-es", "random");
        assertThat(screen.run("run", "--help")).isZero();
        assertThat(screen.out()).contains("--llm-share", "--fresh", "--json");
        assertThat(screen.run()).isZero();
        assertThat(screen.out()).contains("Start with: chiron demo");
    }

    @Test
    void doctorLooksAround() {
        assertThat(screen.run("doctor", "--llm", "builtin")).isZero();
        assertThat(screen.out()).contains("java", "git", "ollama", "builtin answered");
        assertThat(screen.run("doctor", "--json")).isZero();
        assertThat(parse(screen.out()).get(0).path("what").asText()).isEqualTo("java");
        assertThat(screen.run("doctor", "--llm", "none")).isEqualTo(2);
    }
}
