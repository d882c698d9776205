package dev.chiron.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A task whose trials take a moment: numbers and a choice, a part that fails, values on the way, a model beside CMA-ES. */
final class SmallStudy {

    private static final String SCRIPT = """
            if [ "$2" -gt 21 ]; then echo "MemoryError: too large" >&2; exit 1; fi
            awk -v x="$1" -v k="$2" -v kind="$3" 'BEGIN {
              end = (x - 0.3)^2 + (k - 20)^2 / 400 + (kind == "plain" ? 0.1 : 0)
              for (step = 1; step <= 4; step++) print "step " step " loss: " end + 1 / step - 0.25
              print "loss: " end
            }'
            """;

    private SmallStudy() {}

    static void write(Path folder, int trials) throws IOException {
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        Files.writeString(folder.resolve("chiron.yaml"), """
                task: Find the bottom of a bowl.
                script: train.sh
                run: sh {script} {X} {K} {KIND}
                metric: { name: loss, goal: minimize, from: stdout }
                space:
                  X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
                  K: { type: int, low: 1, high: 64, default: 8 }
                  KIND: { type: choice, options: [plain, fancy], default: plain }
                method: centaur
                optimizer: cma-es
                sandbox: { level: off }
                llm: { model: builtin, share: 0.4, warmup: 3 }
                budget: { trials: %d }
                seed: 5
                """.formatted(trials));
    }
}
