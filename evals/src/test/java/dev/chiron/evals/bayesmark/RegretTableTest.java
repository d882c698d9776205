package dev.chiron.evals.bayesmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.compare.Run;
import dev.chiron.optimizers.study.Objective.Goal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegretTableTest {

    // breast/SVM reaches from 0.914286 to 0.949451, diabetes/SVM from -1.037042 to -0.501527
    private static final String BREAST = "bayesmark-breast-SVM";
    private static final String DIABETES = "bayesmark-diabetes-SVM";

    @TempDir
    Path folder;

    private static Run run(String task, String method, long seed, double... values) {
        List<OptionalDouble> trials =
                DoubleStream.of(values).mapToObj(OptionalDouble::of).toList();
        return new Run(task, method, task.equals(DIABETES) ? Goal.MINIMIZE : Goal.MAXIMIZE, seed, trials, 0);
    }

    @Test
    void measuresFromTheBestKnownToTheWorstPublished() {
        Scale scale = new Scale();
        assertThat(scale.regret(run(BREAST, "gp", 0, 0.5, 0.949451), 1)).isEqualTo(1);
        assertThat(scale.regret(run(BREAST, "gp", 0, 0.5, 0.949451), 2)).isZero();
        assertThat(scale.regret(run(BREAST, "gp", 0, 1), 1)).isNegative();
        assertThat(scale.regret(run(DIABETES, "gp", 0, 0.501527), 1)).isZero();
        assertThat(scale.regret(run(DIABETES, "gp", 0, 1.037042), 1)).isEqualTo(1);
        Run failed = new Run(BREAST, "gp", Goal.MAXIMIZE, 0, List.of(OptionalDouble.empty()), 0);
        assertThat(scale.regret(failed, 1)).isEqualTo(1);
        assertThat(Problem.all()).allMatch(problem -> scale.has(problem.task()));
    }

    @Test
    void comparesOnlyWhatAllRan() {
        List<Run> runs = List.of(
                run(BREAST, "gp", 0, 0.914286, 0.949451),
                run(BREAST, "gp", 7, 0.914286, 0.914286),
                run(DIABETES, "gp", 0, 1.037042, 0.501527),
                run("sphere", "gp", 0, 1, 1),
                run(BREAST, LlamboRuns.METHOD, 0, 0.914286, 0.914286),
                run(DIABETES, LlamboRuns.METHOD, 0, 0.501527, 0.6));

        List<String> lines = new RegretTable(runs, List.of(1, 2)).lines();

        assertThat(lines.get(0)).contains("2 tasks (2 runs a method)");
        assertThat(lines).anySatisfy(line -> assertThat(line).matches("gp +1\\.0000 +0\\.0000 +0\\.0000 +0\\.0000"));
        assertThat(lines)
                .anySatisfy(
                        line -> assertThat(line).matches("llambo:published +0\\.5000 +0\\.5000 +0\\.5000 +0\\.5000"));
        assertThat(lines)
                .anySatisfy(
                        line -> assertThat(line).matches("gp +2 +-0\\.5000 +0\\.5000 +1 +1 +0 +0\\.5000 +1\\.0000"));
        assertThatThrownBy(() -> new RegretTable(
                        Stream.concat(runs.stream(), Stream.of(run(BREAST, "tpe", 3, 1)))
                                .toList(),
                        List.of(1)))
                .isInstanceOf(BadInput.class);
    }

    private Path published(String text) throws IOException {
        Path file = folder.resolve("runs.csv.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void readsPublishedRuns() throws IOException {
        String header = "dataset,model,seed,trial,config_json,score,generalization_score\n";
        Path file = published(header
                + "breast,SVM,0,0,\"{\"\"C\"\": 2.5, \"\"tol\"\": 0.1}\",0.93,0.9\n"
                + "breast,SVM,0,1,\"{\"\"C\"\": 3.5, \"\"tol\"\": 0.1}\",,\n"
                + "diabetes,SVM,1,0,\"{\"\"C\"\": 2.5, \"\"tol\"\": 0.1}\",0.6,0.7\n");

        assertThat(LlamboRuns.read(file))
                .containsExactly(
                        new Run(
                                BREAST,
                                LlamboRuns.METHOD,
                                Goal.MAXIMIZE,
                                0,
                                List.of(OptionalDouble.of(0.93), OptionalDouble.empty()),
                                0),
                        run(DIABETES, LlamboRuns.METHOD, 1, 0.6));
        assertThat(LlamboRuns.lines(file).get(1).config()).isEqualTo("{\"C\": 3.5, \"tol\": 0.1}");
        assertThatThrownBy(() -> LlamboRuns.read(published(header + "breast,SVM\n")))
                .isInstanceOf(BadInput.class)
                .hasMessageEndingWith("runs.csv.gz:2: not a trial of LLAMBO's: breast,SVM");
        assertThatThrownBy(() -> LlamboRuns.read(published("a,b\n")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(":1: the columns must be");
        assertThatThrownBy(() -> LlamboRuns.read(folder.resolve("nowhere"))).isInstanceOf(BadInput.class);
    }
}
