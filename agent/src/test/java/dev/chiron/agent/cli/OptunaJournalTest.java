package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptunaJournalTest {

    @TempDir
    Path parent;

    private OptunaStudy study;
    private final ObjectMapper json = new ObjectMapper();

    @BeforeEach
    void place() {
        study = new OptunaStudy(parent.resolve("my study"));
    }

    private JsonNode trial(int number) throws IOException {
        return json.readTree(study.lines(Goal.MINIMIZE).get(4 + number));
    }

    @Test
    void theFileIsAsItWasReviewed() throws IOException {
        String text = String.join("\n", study.lines(Goal.MINIMIZE)) + "\n";
        Path golden = Path.of("src/test/resources/golden/optuna.jsonl");
        if (System.getProperty("golden", "check").equals("write")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden)).matches("\\p{ASCII}*");
    }

    @Test
    void theDirectionIsTheGoal() throws IOException {
        assertThat(study.lines(Goal.MINIMIZE).get(0)).contains("\"directions\":[1]");
        assertThat(study.lines(Goal.MAXIMIZE).get(0)).contains("\"directions\":[2]", "\"study_name\":\"my study\"");
    }

    @Test
    void valuesThatOptunaWouldRefuseAreAttributes() throws IOException {
        JsonNode trial = trial(4);
        assertThat(trial.path("params").toString()).isEqualTo("{\"momentum\":1.0,\"width\":32.0}");
        assertThat(trial.path("distributions").properties()).hasSize(2);
        assertThat(trial.path("user_attrs").path("chiron:outside").toString())
                .isEqualTo("{\"lr\":-1.0,\"depth\":5,\"batch\":24,\"mode\":\"none\",\"gone\":false}");
    }

    @Test
    void curvesKeepTheScriptsStepsOnlyWhereOptunaCanHaveThem() throws IOException {
        assertThat(trial(0).path("intermediate_values").toString()).isEqualTo("{\"10\":0.9,\"30\":0.7}");
        assertThat(trial(1).path("intermediate_values").toString()).isEqualTo("{\"0\":3.0,\"1\":2.5}");
        assertThat(trial(2).path("intermediate_values")).isEmpty();
    }

    @Test
    void powersOfTwoAreCategoriesUpToTheLargest() {
        long high = 1L << 62;
        OptunaDistribution powers = new OptunaDistribution(new Parameter.Whole("p", high / 2, high, false, 1, true));
        assertThat(powers.json().path("attributes").toString())
                .isEqualTo("{\"choices\":[" + high / 2 + "," + high + "]}");
        assertThat(powers.internal(new Value.Whole(high))).hasValue(1);
    }

    @Test
    void optionsAreFoundByTheirValueAndKind() {
        OptunaDistribution choice = new OptunaDistribution(
                new Parameter.Choice("c", List.of(new Value.Text("4"), new Value.Whole(4)), true));
        assertThat(choice.internal(new Value.Real(4.0))).hasValue(1);
        assertThat(choice.internal(new Value.Text("4"))).hasValue(0);
        assertThat(choice.internal(new Value.Flag(true))).isEmpty();
    }
}
