package dev.chiron.evals.bayesmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts in Python's place. */
class BayesmarkSuiteTest {

    @TempDir
    Path folder;

    private EvalTask task(String script) throws IOException {
        Files.writeString(
                folder.resolve("bayesmark-spaces.json"),
                "{\"SVM\":{\"C\":[\"float\",\"log\",[1,1e3]],\"n\":[\"int\",\"linear\",[1,15]],"
                        + "\"m\":[\"float\",\"logit\",[0.1,0.9]]}}");
        String configs = IntStream.range(0, 10)
                .mapToObj(i -> "{\"n\":" + (i + 1) + ",\"C\":2.5,\"m\":0.5}")
                .collect(Collectors.joining(",", "[", "]"));
        Files.writeString(
                folder.resolve("bayesmark-initial-configs.json"),
                "{\"SVM\":{\"0\":" + configs + ",\"1\":" + configs + "}}");
        return new BayesmarkSuite(folder, program(script))
                .find("bayesmark-wine-SVM")
                .orElseThrow();
    }

    private String program(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }

    @Test
    void readsTheSpaceAndTheFirstFiveConfigs() throws IOException {
        EvalTask task = task("");

        assertThat(task.space().parameters())
                .containsExactly(
                        new Parameter.Real("C", 1, 1000, true),
                        new Parameter.Whole("n", 1, 15),
                        new Parameter.Real("m", 0.1, 0.9, false));
        assertThat(task.initial(1)).hasSize(5);
        assertThat(task.initial(1).get(4).get("n")).isEqualTo(new Value.Whole(5));
        assertThat(task.baseline()).isEmpty();
        assertThatThrownBy(() -> task.initial(2))
                .isInstanceOf(BadInput.class)
                .hasMessage("bayesmark-wine-SVM has first configs for the seeds 0 to 1, none for 2");
    }

    @Test
    void saysWhatLlambosPromptsSaidOfItAndNotTheNameOfTheData() throws IOException {
        assertThat(task("").description())
                .isEqualTo(
                        "A support vector machine (RBF kernel) classifier of scikit-learn is fitted to a table. The accuracy is the mean of a"
                                + " five-fold cross-validation.\n\nIt has 142 rows, 13 numerical features that are not standardised, and 3 classes.");
        assertThat(Problem.all())
                .allSatisfy(problem -> assertThat(problem.description())
                        .doesNotContain(problem.dataset())
                        .contains(" rows, ")
                        .contains(problem.objective().metric().equals("accuracy") ? "classifier" : "regressor"));
    }

    @Test
    void asksAWorkerOnceAboutEachConfig() throws IOException {
        EvalTask task = task("echo '{\"sklearn\":\"1.2\"}'; while read line; do echo \"$line\" >> " + folder
                + "/asked; echo '{\"score\":0.75,\"seconds\":0.5}'; done");
        Config config = task.initial(0).get(0);

        Evaluation evaluation = task.evaluate(config, OptionalLong.of(7));

        assertThat(evaluation).isEqualTo(new Evaluation(new Outcome.Measured(0.75), 0.5));
        assertThat(task.evaluate(config, OptionalLong.empty())).isEqualTo(evaluation);
        assertThat(Files.readAllLines(folder.resolve("asked")))
                .containsExactly("{\"dataset\":\"wine\",\"model\":\"SVM\",\"config\":{\"C\":2.5,\"n\":1,\"m\":0.5}}");
    }

    @Test
    void aScoreThatIsNoNumberIsADivergedTraining() throws IOException {
        EvalTask task = task("echo '{\"sklearn\":\"1.2\"}'; read line; echo '{\"score\":null,\"seconds\":0.5}'");

        assertThat(task.evaluate(task.initial(0).get(0), OptionalLong.empty()).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Outcome.Reason.DIVERGED));
    }

    @Test
    void saysWhatToInstall() throws IOException {
        EvalTask without = task("echo '{\"missing\":\"No module named sklearn\"}'");
        Config config = without.initial(0).get(0);
        assertThatThrownBy(() -> without.evaluate(config, OptionalLong.empty()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("says: No module named sklearn; install it (Debian: python3-sklearn)");

        EvalTask nowhere = new BayesmarkSuite(folder, "/nowhere/python")
                .find("bayesmark-wine-SVM")
                .orElseThrow();
        assertThatThrownBy(() -> nowhere.evaluate(config, OptionalLong.empty()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("python3-sklearn");
    }

    @Test
    void saysWhenTheWorkerEndsOrTalksOtherwise() throws IOException {
        for (String script : new String[] {"read line", "read line; echo hello"}) {
            EvalTask task = task("echo '{\"sklearn\":\"1.2\"}'; " + script);
            assertThatThrownBy(() -> task.evaluate(task.initial(0).get(0), OptionalLong.empty()))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("the scikit-learn worker of ")
                    .hasMessageContaining("\"wine\"");
        }
    }

    @Test
    void saysWhatIsMissingAndKnowsItsTasks() {
        BayesmarkSuite suite = new BayesmarkSuite(folder, "python3");

        assertThat(suite.tasks()).hasSize(25).contains("bayesmark-digits-MLP_SGD");
        assertThat(suite.missing().orElseThrow()).contains("bayesmark-spaces.json", "--bayesmark FOLDER");
        assertThat(suite.find("sphere")).isEmpty();
        assertThatThrownBy(() -> suite.find("bayesmark-wine-SVM")).isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> suite.find("bayesmark-wine-svm"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("there is no task bayesmark-wine-svm");
        assertThat(new Problem("diabetes", "SVM").objective().goal()).isEqualTo(Objective.Goal.MINIMIZE);
    }
}
