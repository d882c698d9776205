package dev.chiron.evals.yahpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.Suite;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said without the data. */
class YahpoSuiteTest {

    @TempDir
    Path folder;

    private Suite lcbench() {
        return YahpoSuite.in(folder).get(0);
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(lcbench().tasks()).containsExactly("lcbench-167168", "lcbench-189873", "lcbench-189906");
        assertThat(lcbench().missing().orElseThrow()).contains("model.onnx", "--yahpo FOLDER");
        assertThatThrownBy(() -> lcbench().find("lcbench-167168"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("lcbench-167168: there is no ");
        assertThat(lcbench().find("sphere")).isEmpty();
        assertThat(YahpoSuite.in(folder).stream().map(Suite::name))
                .containsExactly("lcbench", "rbv2_rpart", "rbv2_xgboost");
    }

    @Test
    void namesTheDamagedFile() throws IOException {
        Path data = Files.createDirectories(folder.resolve("lcbench"));
        Files.write(data.resolve("model.onnx"), new byte[] {0x0B});
        assertThatThrownBy(() -> lcbench().find("lcbench-1")).hasMessageContaining("config_space.json cannot be read");

        Files.writeString(data.resolve("config_space.json"), "{}");
        assertThatThrownBy(() -> lcbench().find("lcbench-1"))
                .hasMessageContaining("config_space.json cannot be read")
                .hasMessageContaining("a search space needs a parameter");

        Files.writeString(
                data.resolve("config_space.json"), "{\"hyperparameters\":[{\"name\":\"x\",\"type\":\"normal\"}]}");
        assertThatThrownBy(() -> lcbench().find("lcbench-1")).hasMessageContaining("unknown type normal of x");

        Files.writeString(data.resolve("config_space.json"), "{\"hyperparameters\":[" + FLOAT + "]}");
        Files.writeString(data.resolve("encoding.json"), "{");
        assertThatThrownBy(() -> lcbench().find("lcbench-1")).hasMessageContaining("encoding.json cannot be read");

        Files.writeString(data.resolve("encoding.json"), "{}");
        assertThatThrownBy(() -> lcbench().find("lcbench-1"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("model.onnx cannot be read")
                .hasMessageContaining("wire type 3");
    }

    @Test
    void readsAConfigSpace() throws IOException {
        String text = "{\"hyperparameters\":[" + FLOAT
                + ",{\"name\":\"epoch\",\"type\":\"uniform_int\",\"log\":false,\"lower\":1,\"upper\":52}"
                + ",{\"name\":\"OpenML_task_id\",\"type\":\"categorical\",\"choices\":[\"1\",\"2\"]}"
                + ",{\"name\":\"n\",\"type\":\"uniform_int\",\"log\":true,\"lower\":16,\"upper\":512}"
                + ",{\"name\":\"c\",\"type\":\"categorical\",\"choices\":[\"a\",\"b\",\"d\"]}],\"conditions\":["
                + "{\"child\":\"x\",\"parent\":\"c\",\"type\":\"IN\",\"values\":[\"a\",\"b\"]},"
                + "{\"child\":\"n\",\"parent\":\"c\",\"type\":\"EQ\",\"value\":\"d\"}]}";

        SpaceFile file = SpaceFile.read(new ObjectMapper().readTree(text), Scenario.lcbench());

        assertThat(file.space().parameters())
                .containsExactly(
                        new Parameter.Real("x", 0.5, 1, false),
                        new Parameter.Whole("n", 16, 512, true, 1, false),
                        Parameter.Choice.of("c", "a", "b", "d"));
        assertThat(file.space().conditions())
                .containsExactly(
                        new Condition("x", "c", List.of(Value.of("a"), Value.of("b"))),
                        new Condition("n", "c", List.of(Value.of("d"))));
        assertThat(file.flat().parameters()).isEqualTo(file.space().parameters());
        assertThat(file.flat().conditions()).isEmpty();
    }

    private static final String FLOAT =
            "{\"name\":\"x\",\"type\":\"uniform_float\",\"log\":false,\"lower\":0.5,\"upper\":1}";
}
