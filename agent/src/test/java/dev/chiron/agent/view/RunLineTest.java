package dev.chiron.agent.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.Surroundings;
import dev.chiron.agent.start.TaskFile;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLineTest {

    @TempDir
    Path folder;

    private Spec task(String text) throws IOException {
        Files.writeString(folder.resolve("train.py"), "DEPTH = 3\n");
        Path file = Files.writeString(folder.resolve("chiron.yaml"), text);
        return new TaskFile(
                        new Surroundings(folder, Map.of("HOME", folder.toString()), InstantSource.system(), note -> {}))
                .read(file, List.of());
    }

    @Test
    void holesOfTheCommandAndOfVariablesAreFilledAndQuoted() throws IOException {
        Spec spec = task("""
                script: train.py
                run: "python3 {script} --lr {LR} --name 'a b {KIND}' --momentum={MOMENTUM}"
                env: { WIDTH: "{WIDTH}", TOKEN: "fixed" }
                metric: { name: loss }
                space:
                  DEPTH: { type: int, low: 1, high: 9 }
                  LR: { type: float, low: 0.000001, high: 1, log: true, default: 0.01 }
                  KIND: { type: choice, options: [plain, "it's"], default: plain }
                  MOMENTUM: { type: float, low: 0, high: 0.99, default: 0.5, when: { KIND: [plain] } }
                  WIDTH: { type: int, low: 1, high: 64, default: 8 }
                """.replace("", ""));
        assertThat(RunLine.of(spec, spec.baseline()))
                .isEqualTo("WIDTH=8 python3 train.py --lr 0.01 --name 'a b plain' --momentum=0.5");
        Config other = Config.of(Map.of(
                "DEPTH", new Value.Whole(4),
                "LR", new Value.Real(0.00001),
                "KIND", new Value.Text("it's"),
                "WIDTH", new Value.Whole(16)));
        assertThat(RunLine.of(spec, other))
                .as("what is not active is given all the same, as it is to a trial")
                .isEqualTo("WIDTH=16 python3 train.py --lr 1e-5 --name 'a b it'\\''s' --momentum=0.5");
    }
}
