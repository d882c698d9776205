package dev.chiron.evals.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.FixedTurns;
import dev.chiron.agent.llm.Builtin;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.propose.Llambo;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.evals.compare.Contender;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import dev.chiron.evals.compare.Trials;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.SyntheticSuite;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.prompts.describe.PromptStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    Path folder;

    private static List<Run> runs() throws IOException {
        return new RunLines().read("runs", Files.readAllLines(RESOURCES.resolve("report/runs.jsonl")));
    }

    private static Run run(String task, String method, long seed, double... values) {
        List<OptionalDouble> list = Arrays.stream(values)
                .mapToObj(value -> Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value))
                .toList();
        return new Run(task, method, Goal.MINIMIZE, seed, list, 0);
    }

    private static Report report(List<Run> runs) {
        return new Report(
                runs,
                new Report.Source(List.of("runs.jsonl"), "chiron evals report runs.jsonl --out folder", "test"),
                OptionalInt.empty(),
                List.of());
    }

    private Path write(List<Run> runs) throws InterruptedException {
        Path out = folder.resolve("report");
        assertThat(new ReportFolder(out).write(report(runs))).isEmpty();
        return out;
    }

    private String page(List<Run> runs) throws IOException, InterruptedException {
        return Files.readString(write(runs).resolve("report.md"));
    }

    private static final List<String> KEPT = List.of(
            "report.md",
            "tables/summary.csv",
            "tables/finals-training.csv",
            "tables/finals-accuracy.csv",
            "tables/ranks.csv",
            "tables/critical-difference.csv",
            "tables/tests-controls-training.csv",
            "tables/failures-origin-training.csv",
            "tables/diversity-accuracy.csv",
            "tables/gain-per-trial-training.csv",
            "tables/cost.csv",
            "tables/forecasts-risks-training.csv");

    @Test
    void saysOfTheseRunsWhatItAlwaysSaid() throws IOException, InterruptedException {
        Path out = write(runs());
        SoftAssertions soft = new SoftAssertions();
        for (String file : KEPT) {
            String text = Files.readString(out.resolve(file));
            Path golden =
                    RESOURCES.resolve("golden/report").resolve(Path.of(file).getFileName());
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(golden.getParent());
                Files.writeString(golden, text);
            }
            soft.assertThat(text).as(file).isEqualTo(Files.readString(golden));
        }
        soft.assertAll();
    }

    @Test
    void callsAreCountedByTheCall() throws IOException, InterruptedException {
        EvalTask task = new SyntheticSuite().find("branin").orElseThrow();
        LongFunction<Partner> rules = seed -> new Partner.Speaker(
                Panel.of(
                        new Models(Map.of(), new Builtin()::reply)
                                .open("builtin", LlmOptions.defaults())
                                .orElseThrow(),
                        PromptStyle.FULL),
                new FixedTurns(1, Llambo.FIRST),
                false,
                Optional.of(Llambo.usual()));
        Contender llambo = Contender.llambo(Method.GP, Method.GP.tactics(), rules);
        Run run = new Trials(() -> 0).run(task, llambo, 0, 12);

        Path out = write(List.of(run));

        assertThat(Files.readAllLines(out.resolve("tables/calls.csv")).get(1))
                .startsWith("branin,llambo+builtin,14.0,0.0,0.0,0.0,7.0,");
        assertThat(Files.readString(out.resolve("report.md"))).contains("No run asked a language model", "By the call");
    }

    @Test
    void everyPictureOfThePageIsThere() throws IOException, InterruptedException {
        Path out = write(runs());
        String page = Files.readString(out.resolve("report.md"));
        List<String> links = Pattern.compile("\\]\\(((?:figures|tables)/[^)]+)\\)")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(links)
                .hasSizeGreaterThan(40)
                .allSatisfy(link -> assertThat(out.resolve(link)).isNotEmptyFile());
        assertThat(page).contains("--only finals", "--only prompt");
    }

    @Test
    void thePageStandsAlone() throws IOException, InterruptedException {
        String page = Files.readString(write(runs()).resolve("report.html"));

        assertThat(page)
                .contains(
                        "prefers-color-scheme:dark",
                        "<svg ",
                        "chiron evals report runs.jsonl --out folder --only curves")
                .doesNotContain("<script", "http", "src=", "<link", "@import", "url(");
        assertThat(page.split("<table", -1)).hasSameSizeAs(page.split("</table", -1));
    }

    @Test
    void theSameRunsGiveTheSameFiles() throws IOException, InterruptedException {
        String first = Files.readString(write(runs()).resolve("report.html"));
        List<Run> again = new ArrayList<>(runs());
        again.addAll(runs()); // as if a file were given twice

        String second = Files.readString(write(again).resolve("report.html"));
        assertThat(second).contains("has more than one run of the seeds");
        assertThat(second.replaceAll("<p>[^<]*has more than one run of the seeds[^<]*</p>\\R", ""))
                .isEqualTo(first);
    }

    @Test
    void findsAblationsInTheNames() throws IOException, InterruptedException {
        assertThat(page(runs()))
                .contains("training, cma-es+ollama:qwen3:8b", "| 0.5 | cma-es+ollama:qwen3:8b share=0.5 |")
                .contains("| 0.6 B | cma-es+ollama:qwen3:0.6b |", "| 8.0 B | cma-es+ollama:qwen3:8b |")
                .contains("| without-facts | cma-es+ollama:qwen3:8b without-facts |");
    }

    @Test
    void withFewSeedsNothingIsCalledSignificant() throws IOException, InterruptedException {
        List<Run> few = runs().stream().filter(run -> run.seed() < 5).toList();
        String page = page(few);

        assertThat(page)
                .contains("with fewer than 6 no difference is called significant here")
                .contains("Methods have at most 5 seeds in common, fewer than 6: no test is made")
                .contains("With fewer than 6 seeds in common on a task no test is made")
                .doesNotContain("It is significantly better", "critical difference at .05", "the methods differ");
    }

    @Test
    void sixSeedsAndTwoMethodsCanBeEnough() throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        for (int seed = 0; seed < 6; seed++) {
            runs.add(run("t", "good", seed, 1 + seed));
            runs.add(run("t", "bad", seed, 2 + 1.5 * seed));
        }
        assertThat(page(runs))
                .contains("t: good has the best mean, 3.5000 after 1 trials. It is significantly better than bad");
    }

    @Test
    void oneMethodIsComparedWithNothing() throws IOException, InterruptedException {
        assertThat(page(List.of(run("t", "only", 0, 3, 2), run("t", "only", 1, 3, 1))))
                .contains("it is the only method, so it is compared with nothing")
                .contains("Only one method ran: there is nothing to rank it with")
                .contains("No trial failed.");
    }

    @Test
    void oneSeedHasNoIntervals() throws IOException, InterruptedException {
        assertThat(page(List.of(run("t", "a", 0, 3, 2), run("t", "b", 0, 3, 1))))
                .contains("Methods have 1 seed in common", "One seed, so no band.", "With 1 seed there is no interval");
    }

    @Test
    void whereEverythingFailsNothingIsConcluded() throws IOException, InterruptedException {
        assertThat(page(List.of(run("t", "a", 0, Double.NaN), run("t", "b", 0, Double.NaN))))
                .contains("in every method there is a run in which nothing was measured")
                .contains("Every trial failed", "In 2 runs nothing was measured")
                .contains("there is no curve");
    }

    @Test
    void overSixTasksTheTasksAreTheBlocks() throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        for (int task = 0; task < 6; task++) {
            runs.add(run("t" + task, "good", 0, 1));
            runs.add(run("t" + task, "bad", 0, task == 0 ? Double.NaN : 2));
        }
        assertThat(page(runs))
                .contains(
                        "Blocks are the 6 tasks",
                        "Nemenyi's critical difference at .05 for 2 methods and 6 blocks: 0.800")
                .contains("| good | 1.00 | 6 | 0.80 |");
    }

    @Test
    void runsOfDifferentLengthAreComparedWhereAllAre() throws IOException, InterruptedException {
        List<Run> runs = List.of(
                run("t", "a", 0, 9, 8, 7, 1), run("t", "a", 1, 9, 8), run("t", "a", 2, 9), run("t", "b", 0, 9, 7));

        assertThat(page(runs))
                .contains("| t | minimize | 2 | 3 | 1 | 2 | best as measured |")
                .contains("Left out: a, seed 2, which has 1 of 2 trials.")
                .contains("Runs differ in length; all are compared at 2 trials");
    }

    @Test
    void peersAreComparedByWhatIsKnownOfThem() throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>(runs().stream()
                .filter(run -> run.task().equals("training") && run.method().equals("tpe"))
                .toList());
        runs.add(run("training", "optuna:tpe", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));

        assertThat(page(runs)).contains("of optuna:tpe only the measured values are known", "best as measured");
    }

    @Test
    void aRunWithoutTrialsCannotBeCompared() throws IOException, InterruptedException {
        assertThat(page(List.of(run("t", "a", 0), run("t", "b", 0, 1))))
                .contains("a method has no trials, so nothing can be compared");
    }

    @Test
    void namesCannotBreakOutOfThePageTheTableOrTheFolder() throws IOException, InterruptedException {
        String hostile = "../../<script>alert(1)</script>|a\n# b `` `x` [y](z)";
        Path out = write(List.of(
                run(hostile, "=cmd()|x", 0, 1, 2), run(hostile, hostile, 0, 2, 1), run("../../", "=cmd()|x", 0, 1)));

        assertThat(Files.readString(out.resolve("report.html"))).doesNotContain("<script");
        assertThat(Files.readString(out.resolve("report.md")))
                .doesNotContain("<script>alert(1)</script>|")
                .doesNotContain("\n# b")
                .contains("=cmd()\\|x");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).allMatch(file -> file.startsWith(out));
        }
        assertThat(out.resolve("tables/finals-task.csv")).content().contains("\n'=cmd()|x,");
    }

    @Test
    void whatContradictsItselfIsRefused() {
        Run other = new Run("t", "b", Goal.MAXIMIZE, 0, List.of(OptionalDouble.of(1)), 0);

        assertThatThrownBy(() -> report(List.of(run("t", "a", 0, 1), other)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("task t is minimised in one run and maximised in another");
        assertThatThrownBy(() -> report(List.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("there are no runs in runs.jsonl");
    }

    @Test
    void writesOnlyOverAnEarlierReport() throws IOException, InterruptedException {
        Path out = write(runs());
        write(List.of(run("t", "a", 0, 1)));
        assertThat(out.resolve("figures/finals-training.png")).doesNotExist();

        Files.writeString(folder.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> new ReportFolder(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("other files than a report");
        assertThatThrownBy(() -> new ReportFolder(folder.resolve("notes.txt")))
                .isInstanceOf(BadInput.class)
                .hasMessageEndingWith("is not a folder");
    }
}
