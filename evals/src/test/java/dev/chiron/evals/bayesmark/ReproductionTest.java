package dev.chiron.evals.bayesmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Outcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** LLAMBO's published scores, with the real scikit-learn and the data beside the repository. */
@Tag("llambo")
@Tag("sklearn")
class ReproductionTest {

    private static final Path DATA = Path.of("../../shared/data");
    private static final String PYTHON = "/usr/bin/python3";

    /** The last digits decide which of two equal splits a tree takes. */
    private static final double TOLERANCE = 3e-3;

    private final BayesmarkSuite suite = new BayesmarkSuite(DATA, PYTHON);

    private static Config config(EvalTask task, LlamboRuns.Line line) throws Exception {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry :
                new ObjectMapper().readTree(line.config()).properties()) {
            values.put(entry.getKey(), Value.of(entry.getValue().doubleValue()));
        }
        return task.space().config(values);
    }

    /** How far our score of a published config is from the published one. */
    private double deviation(LlamboRuns.Line line) throws Exception {
        EvalTask task = suite.find(line.problem().task()).orElseThrow();
        Outcome outcome =
                task.evaluate(config(task, line), OptionalLong.empty()).outcome();
        return Math.abs(((Outcome.Measured) outcome).value() - line.score().orElseThrow());
    }

    private static List<LlamboRuns.Line> published(Predicate<Problem> problem) {
        return LlamboRuns.lines(DATA.resolve(LlamboRuns.FILE)).stream()
                .filter(line -> line.seed() == 0 && line.trial() % 10 == 1)
                .filter(line -> problem.test(line.problem()))
                .toList();
    }

    @Test
    void forestsTreesAndSupportVectorsScoreAsPublished() throws Exception {
        List<LlamboRuns.Line> lines = published(
                problem -> List.of("RandomForest", "DecisionTree", "SVM").contains(problem.model()));
        assertThat(lines).hasSize(3 * 15);
        int exact = 0;
        for (LlamboRuns.Line line : lines) {
            double deviation = deviation(line);
            assertThat(deviation).as(line.toString()).isLessThan(TOLERANCE);
            exact += deviation < 1e-12 ? 1 : 0;
        }
        assertThat(exact).isGreaterThan(40);
    }

    @Test
    void mostNetsScoreAsPublished() throws Exception { // some diverge, and then every digit counts
        List<LlamboRuns.Line> lines = published(problem ->
                problem.model().equals("MLP_SGD") && !problem.dataset().equals("digits"));
        int exact = 0;
        for (LlamboRuns.Line line : lines) {
            exact += deviation(line) < 1e-9 ? 1 : 0;
        }
        assertThat(lines).hasSize(3 * 4);
        assertThat(exact).isGreaterThanOrEqualTo(9);
    }

    @Test
    void theFirstConfigsAreThoseOfThePublishedRuns() throws Exception {
        for (LlamboRuns.Line line : LlamboRuns.lines(DATA.resolve(LlamboRuns.FILE))) {
            if (line.trial() < 5) {
                EvalTask task = suite.find(line.problem().task()).orElseThrow();
                assertThat(task.initial(line.seed()).get(line.trial())).isEqualTo(config(task, line));
            }
        }
    }
}
