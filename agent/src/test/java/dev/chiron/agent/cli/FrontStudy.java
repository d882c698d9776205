package dev.chiron.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A task of three objectives: the deeper the better and the slower; of too wide ones the memory is too large. */
final class FrontStudy {

    private FrontStudy() {}

    static void write(Path folder, int trials) throws IOException {
        Files.writeString(folder.resolve("train.sh"), """
                echo "ms: $((10 * $1 + $2))"
                echo "vram: $((2 * $2))"
                echo "speed: $((100 - $1 - $2))"
                echo "loss: 0.$((900 - 20 * $1 - $2))"
                """);
        Files.writeString(folder.resolve("chiron.yaml"), """
                script: train.sh
                run: sh {script} {DEPTH} {WIDTH}
                metric: [ { name: loss, goal: minimize, from: stdout }, { name: ms, goal: minimize }, { name: speed, goal: maximize } ]
                feasible: [ "vram <= 40" ]
                space:
                  DEPTH: { type: int, low: 1, high: 30, default: 5 }
                  WIDTH: { type: int, low: 1, high: 30, default: 5 }
                sandbox: { level: off }
                llm: { model: none }
                budget: { trials: %d }
                seed: 5
                """.formatted(trials));
    }
}
