package dev.chiron.agent.earlier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.spec.Draft;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.spec.SpecReader;
import dev.chiron.agent.store.Imported;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {Y} {OPT}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.001, high: 1.0, log: true, default: 0.5 }
              Y: { type: int, low: 1, high: 32, default: 8 }
              OPT: { type: choice, options: [adam, sgd], default: adam }
            constraints: [ "Y * X <= 24" ]
            method: tpe
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private Imported read(String source, String... settings) {
        List<Setting> given = new ArrayList<>();
        given.add(new Setting("from.sources", source, "--from"));
        for (String setting : settings) {
            given.add(Setting.set(setting));
        }
        SpecReader reader = new SpecReader(Method.labels(), Method.optimizers(), Map.of());
        Draft draft = reader.read(folder.resolve("chiron.yaml"), given);
        Map<String, Value> constants = new LinkedHashMap<>();
        try {
            Source.read(draft.script())
                    .constants()
                    .forEach(constant -> constants.put(constant.name(), constant.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Spec spec = draft.complete(constants, Map.of());
        Map<String, String> environment = new LinkedHashMap<>(Map.of("PATH", System.getenv("PATH")));
        return new Sources(spec, environment).read();
    }

    /** Each trial as its config and what came of it. */
    private static List<String> shown(List<Trial> trials) {
        return trials.stream()
                .map(trial -> trial.config() + " " + shown(trial.outcome()))
                .toList();
    }

    private static String shown(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.reason().label();
        }
        if (outcome instanceof Outcome.Infeasible infeasible) {
            return "infeasible " + shown(infeasible.measured()) + " by " + infeasible.broken();
        }
        return outcome instanceof Outcome.Measured measured
                ? measured.value() + (measured.metrics().isEmpty() ? "" : " " + measured.metrics())
                : "pruned " + ((Outcome.Pruned) outcome).value();
    }

    @Test
    void aTableComesWithItsFailuresAndTheirClasses() throws IOException {
        write(
                "runs.csv",
                "OPT,Y,X,loss,status,reason,note",
                "adam,8,0.1,1.5,measured,,\"a, b\"",
                "sgd,4,0.25,,failed,out-of-memory,",
                "sgd,5,0.25,,crashed,CUDA OOM,",
                "sgd,6,0.25,,timeout,,",
                "sgd,7,0.25,,failed,,",
                "sgd,8,0.25,nan,finished,,",
                "sgd,9,0.25,inf,,,",
                "sgd,10,0.25,0.5,running,,",
                "sgd,11,0.25,,finished,,",
                "sgd,12,0.25,,failed,infrastructure,",
                "sgd,13,0.25,0.75,pruned,,",
                ",,,,,,");

        Imported imported = read("runs.csv");

        assertThat(shown(imported.earlier().inside()))
                .containsExactly(
                        "X=0.1 Y=8 OPT=adam 1.5",
                        "X=0.25 Y=4 OPT=sgd out-of-memory",
                        "X=0.25 Y=5 OPT=sgd out-of-memory",
                        "X=0.25 Y=6 OPT=sgd timed-out",
                        "X=0.25 Y=7 OPT=sgd crashed",
                        "X=0.25 Y=8 OPT=sgd diverged",
                        "X=0.25 Y=9 OPT=sgd diverged",
                        "X=0.25 Y=13 OPT=sgd pruned 0.75");
        assertThat(imported.summary())
                .containsExactly(
                        "Earlier results from runs.csv (a table): 8 of 11 rows, 1 measured, 6 failed (2 out-of-memory, "
                                + "1 timed-out, 1 crashed, 2 diverged), best loss 1.5.",
                        "  left out: 1 not at its end, 1 without a value, 1 stopped from outside",
                        "tpe takes them as observations. The best of them is run again as trial 1.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Name,State,Sweep,Created,config.X,config.Y,config.OPT,summary.loss | a,finished,s,t,0.1,8.0,adam,1.5",
                "Name,State,Sweep,Created,x,y,opt,loss | a,finished,s,t,0.1,8,adam,1.5",
                ",number,value,params_OPT,params_X,params_Y,state | 0,0,1.5,adam,0.1,8,COMPLETE",
                "params.X;params.Y;params.OPT;metrics.loss | 1e-1;8;adam;1.5",
                "\uFEFFX,Y,OPT,loss | 0.10000,8,adam,+1.5",
            })
    void columnsMayHaveTheNamesThatToolsGiveThem(String header, String row) throws IOException {
        write("runs.txt", header, row);

        assertThat(shown(read("runs.txt").earlier().inside())).containsExactly("X=0.1 Y=8 OPT=adam 1.5");
    }

    @Test
    void aMetricOfAnotherNameIsNamed() throws IOException {
        write("runs.tsv", "X\tY\tOPT\tscore", "0.1\t8\tadam\t1.5");

        assertThatThrownBy(() -> read("runs.tsv"))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "runs.tsv: no column loss; it has X, Y, OPT, score. Name the column of the metric with --from-metric");
        assertThat(read("runs.tsv", "from.metric=score").earlier().inside()).hasSize(1);
    }

    /** The same task of three objectives, with a condition on a fourth metric. */
    private void several(String... more) throws IOException {
        write(
                "chiron.yaml",
                TASK.replaceFirst(
                                "metric: .*\n",
                                "metric: [ { name: loss }, { name: ms }, { name: speed, goal: maximize } ]\n"
                                        + "feasible: [ vram <= 40, ms <= 90 ]\n")
                        + String.join("\n", more));
    }

    @Test
    void ofSeveralObjectivesARowHasAllOrSaysNothing() throws IOException {
        several();
        write(
                "runs.csv",
                "X,Y,OPT,loss,ms,speed,vram,state",
                "0.1,1,adam,1.5,10,3,20,finished",
                "0.1,2,adam,1.2,12,4,,finished",
                "0.1,3,adam,1.1,10,5,41,finished",
                "0.1,4,adam,1.0,91,5,8,finished",
                "0.1,5,adam,1.0,,5,8,finished",
                "0.1,6,adam,1.0,fast,5,8,finished",
                "0.1,7,adam,1.0,nan,5,8,finished",
                "0.1,8,adam,,,,,crashed",
                "0.1,9,adam,0.5,10,9,8,early_stopped",
                "0.1,10,adam,9,99,0,8,infeasible",
                "0.1,11,adam,1.6,11,2,8,finished");

        Imported imported = read("runs.csv", "method=nsga2");

        assertThat(shown(imported.earlier().inside()))
                .containsExactly(
                        "X=0.1 Y=1 OPT=adam 1.5 {ms=10.0, speed=3.0}",
                        "X=0.1 Y=2 OPT=adam 1.2 {ms=12.0, speed=4.0}",
                        "X=0.1 Y=3 OPT=adam infeasible 1.1 {ms=10.0, speed=5.0} by [vram <= 40]",
                        "X=0.1 Y=4 OPT=adam infeasible 1.0 {ms=91.0, speed=5.0} by [ms <= 90]",
                        "X=0.1 Y=7 OPT=adam diverged",
                        "X=0.1 Y=8 OPT=adam crashed",
                        "X=0.1 Y=10 OPT=adam infeasible 9.0 {ms=99.0, speed=0.0} by [a condition there]",
                        "X=0.1 Y=11 OPT=adam 1.6 {ms=11.0, speed=2.0}");
        assertThat(imported.summary())
                .containsExactly(
                        "Earlier results from runs.csv (a table): 8 of 11 rows, 3 measured, 3 infeasible, "
                                + "2 failed (1 diverged, 1 crashed).",
                        "  left out: 1 without a value of ms, 1 with a value of ms that is no number, "
                                + "1 stopped early, before all metrics were known",
                        "nsga2 takes them as observations. Of their front of 2 the compromise is run again as trial 1.");
    }

    @Test
    void theConditionsOfThisTaskHoldForEarlierResultsOfOneObjectiveToo() throws IOException {
        write("chiron.yaml", TASK + "feasible: [ vram <= 40, loss <= 5 ]\n");
        write(
                "runs.csv",
                "X,Y,OPT,loss,summary.vram",
                "0.1,1,adam,1,41",
                "0.1,2,adam,6,",
                "0.1,3,adam,2,",
                "0.1,4,adam,3,4");

        assertThat(shown(read("runs.csv").earlier().inside()))
                .containsExactly(
                        "X=0.1 Y=1 OPT=adam infeasible 1.0 by [vram <= 40]",
                        "X=0.1 Y=2 OPT=adam infeasible 6.0 by [loss <= 5]",
                        "X=0.1 Y=3 OPT=adam 2.0",
                        "X=0.1 Y=4 OPT=adam 3.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X,Y,OPT,summary.loss,summary.ms,summary.speed | none",
                ",number,values_0,values_1,values_2,params_X,params_Y,params_OPT,state | none",
                ",number,values_loss,values_ms,values_speed,params_X,params_Y,params_OPT,state | none",
                "X,Y,OPT,val/loss,latency,tokens | val/loss,latency, tokens",
                "X,Y,OPT,speed,loss,ms | speed,loss,ms",
            })
    void theColumnsOfSeveralObjectivesMayHaveTheNamesThatToolsGiveThem(String header, String names) throws IOException {
        several();
        String values = header.startsWith(",") ? "0,0,1.5,10,3,0.1,8,adam,COMPLETE" : "0.1,8,adam,1.5,10,3";
        write("runs.csv", header, values);

        assertThat(shown(read("runs.csv", "method=nsga2", "from.metric=" + names)
                        .earlier()
                        .inside()))
                .containsExactly("X=0.1 Y=8 OPT=adam 1.5 {ms=10.0, speed=3.0}");
        several("from: { sources: runs.csv, metric: [ " + names + " ] }");
        if (!names.equals("none")) {
            assertThat(read("runs.csv", "method=nsga2").earlier().inside()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X,Y,OPT,loss | runs.csv: no column ms, speed; it has X, Y, OPT, loss. Name the columns of all objectives, in order, with --from-metric loss,ms,speed",
                "params_X,params_Y,params_OPT,values_0,values_1 | runs.csv: no column loss, ms, speed; it has params_X, params_Y, params_OPT, values_0, values_1. Name the columns of all objectives, in order, with --from-metric loss,ms,speed",
            })
    void aTableWithoutOneOfTheObjectivesIsRefused(String header, String message) throws IOException {
        several();
        write("runs.csv", header, "0.1,8,adam,1.5,2");

        assertThatThrownBy(() -> read("runs.csv", "method=nsga2"))
                .isInstanceOf(BadInput.class)
                .hasMessage(message);
    }

    @Test
    void ofManyRowsOfSeveralObjectivesTheFirstFrontsAreKept() throws IOException {
        several();
        List<String> lines = new ArrayList<>(List.of("X,Y,OPT,loss,ms,speed"));
        for (int i = 0; i < 30_000; i++) {
            int worse = i % 100 == 0 ? 0 : 1 + i % 7; // 300 of them are the front, which is a line
            lines.add((0.001 + i / 60_000.0) + ",8,adam," + (i / 1000.0 + worse) + "," + (60 - i / 1000.0 + worse)
                    + ",1");
        }
        write("runs.csv", lines.toArray(String[]::new));

        Imported imported = read("runs.csv", "method=nsga2");

        assertThat(imported.earlier().inside()).hasSize(Thinning.MOST);
        assertThat(imported.earlier().inside().stream()
                        .filter(trial -> trial.outcome() instanceof Outcome.Measured measured
                                && measured.value() + measured.metrics().getOrDefault("ms", 0.0) == 60))
                .hasSize(300);
        assertThat(imported.summary()).anyMatch(line -> line.contains("Of their front of 300 the compromise"));
    }

    @Test
    void whereAllOfVeryManyRowsAreOnTheFrontAPartIsKept() throws IOException {
        several();
        List<String> lines = new ArrayList<>(List.of("X,Y,OPT,loss,ms,speed"));
        for (int i = 0; i < 20_000; i++) {
            lines.add((0.001 + i / 40_000.0) + ",8,adam," + i + "," + (90 - i / 1000.0) + ",1");
        }
        write("runs.csv", lines.toArray(String[]::new));

        List<Trial> kept = read("runs.csv", "method=nsga2").earlier().inside();

        assertThat(kept).hasSize(Thinning.MOST);
        assertThat(kept.get(0).value().orElseThrow()).isZero();
        assertThat(kept.get(kept.size() - 1).value().orElseThrow()).isGreaterThan(19_900);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "True, true", "FALSE, false", "1, true", "0, false", "1.0, true", "0.0, false"})
    void aTruthValueMayBeWrittenAsANumber(String cell, String option) throws IOException {
        write("chiron.yaml", TASK.replace("[adam, sgd], default: adam", "[true, false], default: true"));
        write("runs.csv", "X,Y,OPT,loss", "0.1,8," + cell + ",1.5");

        assertThat(shown(read("runs.csv").earlier().inside())).containsExactly("X=0.1 Y=8 OPT=" + option + " 1.5");
    }

    @Test
    void aNumberIsNoTruthValueWhereItIsAnOptionItselfOrNeitherOneNorZero() throws IOException {
        write("chiron.yaml", TASK.replace("[adam, sgd], default: adam", "[true, 1, false], default: true"));
        write("runs.csv", "X,Y,OPT,loss", "0.1,8,1,1.5", "0.1,8,0,1.5", "0.1,8,2,1.5");

        assertThat(shown(read("runs.csv").earlier().inside()))
                .containsExactly("X=0.1 Y=8 OPT=1 1.5", "X=0.1 Y=8 OPT=false 1.5");
    }

    @Test
    void whatLiesOutsideIsNeverMovedInside() throws IOException {
        write(
                "runs.csv",
                "X,Y,OPT,loss,status",
                "0.1,8,adam,1,ok",
                "0.1,64,adam,,oom",
                "0.1,48,adam,0.1,ok",
                "2,8,adam,0.2,ok",
                "0.1,8,lion,0.3,ok",
                "1,32,adam,0.4,ok");

        Imported imported = read("runs.csv");

        assertThat(shown(imported.earlier().inside()))
                .containsExactly("X=0.1 Y=8 OPT=adam 1.0", "X=1.0 Y=32 OPT=adam 0.4");
        assertThat(shown(imported.earlier().beyond()))
                .containsExactly("X=0.1 Y=64 OPT=adam out-of-memory", "X=0.1 Y=48 OPT=adam 0.1");
        assertThat(imported.summary())
                .contains(
                        "  4 outside the ranges (Y in 2: 48 to 64, not int in [1, 32], X in 1: 2, not float in [0.001, 1], "
                                + "log scale, OPT in 1: not one of {adam, sgd}): 2 tell of failures only, 2 left out",
                        "  1 break a constraint: they are learned from and not run");
    }

    @Test
    void aMissingParameterIsTheScriptsOwnOnlyIfTheUserSaysSo() throws IOException {
        write("runs.csv", "X,OPT,loss", "0.1,adam,1.5");

        assertThatThrownBy(() -> read("runs.csv"))
                .isInstanceOf(BadInput.class)
                .hasMessage("runs.csv does not say what Y was. If it was as the script has it (Y = 8), say so with "
                        + "--from-missing baseline (from: { missing: baseline })");
        Imported imported = read("runs.csv", "from.missing=baseline");
        assertThat(shown(imported.earlier().inside())).containsExactly("X=0.1 Y=8 OPT=adam 1.5");
        assertThat(imported.summary()).contains("  not there, taken as the script has it: Y = 8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"optuna-5", "optuna-3"})
    void anOptunaStudyComesFromADatabase(String version) throws IOException, SQLException {
        database("optuna.db", version);

        Imported imported = read("optuna.db");

        requireOptunas(imported);
    }

    @ParameterizedTest
    @ValueSource(strings = {"optuna-5", "optuna-3"})
    void anOptunaStudyComesFromAJournal(String version) throws IOException {
        Files.write(folder.resolve("journal.log"), resource(version + ".jsonl"));

        requireOptunas(read("journal.log"));
    }

    private static void requireOptunas(Imported imported) {
        assertThat(imported.earlier().all()).hasSize(10);
        assertThat(shown(imported.earlier().inside()))
                .containsExactly("X=0.002755926764 Y=6 OPT=sgd 1.1821040390739124");
        assertThat(shown(imported.earlier().all()))
                .anyMatch(trial -> trial.endsWith(" crashed"))
                .anyMatch(trial -> trial.endsWith("pruned 0.6"))
                .anyMatch(trial -> trial.endsWith("diverged"));
        assertThat(imported.summary()).anyMatch(line -> line.contains("left out: 1 not at its end"));
    }

    private byte[] resource(String name) throws IOException {
        try (var in = SourcesTest.class.getResourceAsStream("/earlier/" + name)) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }

    private void database(String name, String version) throws IOException, SQLException {
        String script = new String(resource(version + ".sql"), StandardCharsets.UTF_8);
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(name));
                Statement statement = database.createStatement()) {
            for (String command : script.split(";\n")) {
                statement.executeUpdate(command);
            }
        }
    }

    @Test
    void ofSeveralOptunaStudiesOneIsNamed() throws IOException, SQLException {
        database("optuna.db", "optuna-5");
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("optuna.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate("insert into studies values (2, 'second')");
        }

        assertThatThrownBy(() -> read("optuna.db"))
                .isInstanceOf(BadInput.class)
                .hasMessage("optuna.db holds 2 studies: first, second. Name one of them: optuna.db#first");
        requireOptunas(read("optuna.db#first"));
        assertThatThrownBy(() -> read("optuna.db#third"))
                .hasMessage("optuna.db holds no study third, but first, second");
    }

    @Test
    void anotherDirectionIsRefused() throws IOException, SQLException {
        database("optuna.db", "optuna-5");
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("optuna.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate("update study_directions set direction = 'MAXIMIZE'");
        }

        assertThatThrownBy(() -> read("optuna.db"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("optuna.db is to maximize its metric, this task is to minimize loss");
    }

    @Test
    void ofAutoresearchTheCommitsSayWhatWasRun() throws Exception {
        write(
                "chiron.yaml",
                TASK.replace("train.sh", "train.py").replace("sh {script} {X} {Y} {OPT}", "python3 {script}"));
        List<String> commits = new ArrayList<>();
        git("init", "-q");
        for (String[] values : new String[][] {{"0.1", "8"}, {"0.2", "16"}, {"0.3", "32"}}) {
            script(values[0], values[1], "");
            git("add", "train.py");
            git("commit", "-q", "-m", "try");
            commits.add(git("rev-parse", "--short", "HEAD"));
        }
        script("0.4", "8", "print(1)\n");
        git("add", "train.py");
        git("commit", "-q", "-m", "try");
        commits.add(git("rev-parse", "--short", "HEAD"));
        script("0.5", "8", "");
        write(
                "results.tsv",
                "commit\tval_bpb\tmemory_gb\tstatus\tdescription",
                commits.get(0) + "\t0.997900\t44.0\tkeep\tbaseline",
                commits.get(1) + "\t1.005000\t44.0\tdiscard\t\"wider\" is worse",
                commits.get(2) + "\t0.000000\t0.0\tcrash\tdouble the width (OOM)",
                commits.get(3) + "\t0.9\t1.0\tkeep\tedited",
                "ffffff1\t0.9\t1.0\tkeep\tgone",
                "--help\t0.9\t1.0\tkeep\tno commit");

        Imported imported = read("results.tsv", "from.metric=val_bpb");

        assertThat(shown(imported.earlier().inside()))
                .containsExactly(
                        "X=0.1 Y=8 OPT=adam 0.9979",
                        "X=0.2 Y=16 OPT=adam 1.005",
                        "X=0.3 Y=32 OPT=adam out-of-memory",
                        "X=0.4 Y=8 OPT=adam 0.9");
        assertThat(imported.summary())
                .contains(
                        "  left out: 2 of a commit whose script cannot be read",
                        "  in 1 of 4 commits the script differs from today's in more than the parameters; their values "
                                + "are taken as if it did not");
    }

    private void script(String x, String y, String more) throws IOException {
        write("train.py", "X = " + x, "Y = " + y, "OPT = \"adam\"", more + "print('loss:', X)");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", folder.toString(), "-c", "user.name=a", "-c", "user.email=a@example.org"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void ofAHundredThousandRowsTheBestAndASpreadOfTheOthersAreKept() throws IOException {
        List<String> lines = new ArrayList<>(List.of("X,Y,OPT,loss,status"));
        for (int i = 0; i < 100_000; i++) {
            boolean failed = i % 10 == 7;
            lines.add(
                    (0.001 + i / 200_000.0) + ",8,adam," + (failed ? "" : 100_000 - i) + "," + (failed ? "oom" : "ok"));
        }
        write("runs.csv", lines.toArray(String[]::new));

        Imported imported = read("runs.csv");

        List<Trial> kept = imported.earlier().inside();
        assertThat(kept).hasSize(Thinning.MOST);
        assertThat(kept.get(0).config()).hasToString("X=0.001 Y=8 OPT=adam");
        assertThat(kept.get(kept.size() - 1).value()).hasValue(1);
        assertThat(kept.stream().filter(trial -> trial.outcome() instanceof Outcome.Failed))
                .hasSize(300);
        assertThat(imported.summary())
                .contains("Of these 100000 the best, and failures and others evenly, are kept: 1000.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X,Y,OPT,loss; | runs.csv has a header and no rows: give a table with a row for each run",
                "X,Y,OPT,loss;0.1,8,adam, | runs.csv: none of its 1 rows can be used: 1 without a value; correct them, or leave the source out",
                "X,Y,OPT,loss;nan,8,adam,1;0.1,2.5,adam,1;inf,1,sgd,2;,1,sgd,2 | runs.csv: none of its 4 rows can be used: 2 whose X is no number, 1 whose Y is no whole number, 1 without a value of X; correct them, or leave the source out",
                "X,Y,OPT,loss;-1,8,adam,1;-3,8,adam,1 | runs.csv: none of its 2 rows can be used: 2 outside the ranges (X in 2: -3 to -1, not float in [0.001, 1], log scale); widen the ranges, or convert other units",
                "a,b,loss;1,2,3 | runs.csv: no column is one of the parameters X, Y, OPT; it has a, b, loss. Name the columns like the parameters",
                "X,Y,OPT,config.x,CONFIG.X,params_loss,loss,loss;1,2,3 | runs.csv: more than one column could be loss: loss, loss; rename or remove all but one",
                "' ; ' | runs.csv is empty: give a table with a header and a row for each run",
                "{\"a\": 1}; | runs.csv holds JSON, but neither Chiron's trials nor an Optuna journal: give a CSV table",
                "[{\"a\": 1}]; | runs.csv is no list of trials as `chiron export --format json` writes it: unknown origin",
                "{\"op_code\": 0};x | runs.csv:2: no line of an Optuna journal; export the trials as CSV",
            })
    void whatCannotBeUsedIsSaidInOneLine(String lines, String message) throws IOException {
        write("runs.csv", lines.split(";"));

        assertThatThrownBy(() -> read("runs.csv")).isInstanceOf(BadInput.class).hasMessage(message);
    }

    @Test
    void aFileThatIsNoTableIsRefused() throws IOException, SQLException {
        Files.write(folder.resolve("empty.csv"), new byte[0]);
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(folder.resolve("runs.gz")))) {
            gzip.write("X,loss\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.createDirectory(folder.resolve("nothing"));
        database("torn.db", "optuna-5");
        byte[] whole = Files.readAllBytes(folder.resolve("torn.db"));
        for (int i = 4096; i < whole.length; i++) {
            whole[i] = (byte) (i * 31);
        }
        Files.write(folder.resolve("torn.db"), whole);
        Files.write(folder.resolve("short.db"), "SQLite format 3\0".getBytes(StandardCharsets.UTF_8));

        Files.writeString(folder.resolve("quote.csv"), "X,loss\n1,\"2\n");
        Files.write(folder.resolve("utf16.csv"), "X,loss\n1,2\n".getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(() -> read("quote.csv"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("quote.csv cannot be read as a table: (startline 2)");
        assertThatThrownBy(() -> read("utf16.csv")).isInstanceOf(BadInput.class).hasMessageContaining("text in UTF-8");
        assertThatThrownBy(() -> read("gone.csv")).isInstanceOf(BadInput.class).hasMessageContaining("no file");
        assertThatThrownBy(() -> read("empty.csv")).isInstanceOf(BadInput.class).hasMessageContaining("is empty");
        assertThatThrownBy(() -> read("runs.gz")).isInstanceOf(BadInput.class).hasMessageContaining("neither a text");
        assertThatThrownBy(() -> read("nothing")).isInstanceOf(BadInput.class).hasMessageContaining("without a study");
        assertThatThrownBy(() -> read("torn.db"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("torn.db cannot be read as an Optuna storage: ");
        assertThatThrownBy(() -> read("short.db"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("short.db cannot be read as an Optuna storage: ");
        assertThatThrownBy(() -> read("empty.csv, empty.csv"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("empty.csv is given twice");
    }

    @Test
    void whatDoesNotCountInARowMayBeMissingOrAnything() throws IOException {
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace("{OPT}", "{OPT} {M} {N}").replace("default: adam }\n", """
                default: adam }
                  M: { type: float, low: 0, high: 1, default: 0.9, when: { OPT: sgd } }
                  N: { type: int, low: 1, high: 9, default: 4, when: { Y: [30, 31, 32] } }
                """));
        write(
                "runs.csv",
                "X,Y,OPT,M,loss",
                "0.1,8,adam,,1.5",
                "0.2,8,adam,99,1.6",
                "0.3,8,adam,none,1.7",
                "0.4,8,sgd,0.5,1.8",
                "0.5,8,sgd,,1.9",
                "0.1,64,adam,,1.4");

        Imported imported = read("runs.csv");

        assertThat(shown(imported.earlier().inside()))
                .containsExactly(
                        "X=0.1 Y=8 OPT=adam 1.5",
                        "X=0.2 Y=8 OPT=adam 1.6",
                        "X=0.3 Y=8 OPT=adam 1.7",
                        "X=0.4 Y=8 OPT=sgd M=0.5 1.8");
        assertThat(shown(imported.earlier().beyond())).containsExactly("X=0.1 Y=64 OPT=adam 1.4");
        assertThat(imported.summary()).contains("  left out: 1 without a value of M");

        write("more.csv", "X,Y,OPT,loss", "0.1,8,sgd,1.5", "0.1,30,adam,2");
        assertThatThrownBy(() -> read("more.csv"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("does not say what M, N were")
                .hasMessageContaining("(M = 0.9, N = 4)");
        assertThat(shown(read("more.csv", "from.missing=baseline").earlier().inside()))
                .containsExactly("X=0.1 Y=8 OPT=sgd M=0.9 1.5", "X=0.1 Y=30 OPT=adam N=4 2.0");
    }

    @Test
    void whatBrokeAConditionThereIsNoFailure() throws IOException {
        write(
                "runs.csv",
                "OPT,Y,X,loss,status,reason",
                "adam,8,0.1,1.5,measured,",
                "adam,8,0.2,0.5,infeasible,vram <= 4",
                "adam,8,0.25,0.75,infeasible,",
                "adam,8,0.5,,infeasible,");

        Imported imported = read("runs.csv");

        assertThat(shown(imported.earlier().inside()))
                .containsExactly(
                        "X=0.1 Y=8 OPT=adam 1.5",
                        "X=0.2 Y=8 OPT=adam infeasible 0.5 by [vram <= 4]",
                        "X=0.25 Y=8 OPT=adam infeasible 0.75 by [a condition there]",
                        "X=0.5 Y=8 OPT=adam crashed");
        assertThat(imported.summary().get(0))
                .isEqualTo("Earlier results from runs.csv (a table): 4 of 4 rows, 1 measured, 2 infeasible, "
                        + "1 failed (1 crashed), best loss 1.5.");
    }

    @Test
    void whatBrokeOptunasConstraintsIsInfeasible() throws IOException, SQLException {
        database("runs.db", "optuna-5");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("runs.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("insert into trial_system_attributes (trial_id, key, value_json) "
                    + "values (2, 'constraints', '[-1.0, 0.25, 0.5]')");
        }
        write(
                "runs.jsonl",
                "{\"op_code\":0,\"worker_id\":\"w\",\"study_name\":\"s\",\"directions\":[1]}",
                created("1.5", "\"system_attrs\":{\"constraints\":[0.0]}"),
                created("0.5", "\"system_attrs\":{\"constraints\":[0.25,-1.0]}"),
                created("0.75", "\"system_attrs\":{}"),
                "{\"op_code\":9,\"worker_id\":\"w\",\"trial_id\":2,\"system_attr\":{\"constraints\":[2.0]}}");

        assertThat(read("runs.db").earlier().inside().stream()
                        .filter(trial -> trial.outcome() instanceof Outcome.Infeasible))
                .singleElement()
                .satisfies(trial -> assertThat(((Outcome.Infeasible) trial.outcome()).violation())
                        .isEqualTo(0.75));
        assertThat(shown(read("runs.jsonl").earlier().inside()))
                .containsExactly(
                        "X=0.25 Y=8 OPT=adam 1.5",
                        "X=0.25 Y=8 OPT=adam infeasible 0.5 by [Optuna's constraints]",
                        "X=0.25 Y=8 OPT=adam infeasible 0.75 by [Optuna's constraints]");
    }

    private static String created(String value, String more) {
        return "{\"op_code\":4,\"worker_id\":\"w\",\"study_id\":0,\"state\":1,\"values\":[" + value
                + "],\"distributions\":{\"X\":\"{\\\"name\\\":\\\"FloatDistribution\\\"}\",\"Y\":\"{}\","
                + "\"OPT\":\"{\\\"attributes\\\":{\\\"choices\\\":[\\\"adam\\\",\\\"sgd\\\"]}}\"},"
                + "\"params\":{\"X\":0.25,\"Y\":8.0,\"OPT\":0.0}," + more + "}";
    }

    @Test
    void anotherMetricOfAnExportIsNotTakenFromItsFirst() throws IOException {
        String trial = "{\"trial\":%d,\"origin\":\"tpe\",\"status\":\"%s\",\"value\":%s,\"metrics\":{%s},%s"
                + "\"config\":{\"X\":0.25,\"Y\":%d,\"OPT\":\"adam\"},\"seconds\":1.0}";
        write(
                "runs.json",
                "[" + trial.formatted(0, "measured", "3.0", "\"loss\":1.5", "", 8),
                "," + trial.formatted(1, "measured", "2.0", "", "", 9),
                ","
                        + trial.formatted(
                                2,
                                "infeasible",
                                "1.0",
                                "\"loss\":0.5",
                                "\"broken\":[\"m <= 1\"],\"violation\":2.0,",
                                10)
                        + "]");

        Imported imported = read("runs.json");

        assertThat(shown(imported.earlier().inside()))
                .containsExactly("X=0.25 Y=8 OPT=adam 1.5", "X=0.25 Y=10 OPT=adam infeasible 0.5 by [m <= 1]");
        assertThat(imported.summary()).contains("  left out: 1 without a value");
    }
}
