package dev.chiron.agent.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A task whose trials take no time, or as long as a test wants. */
final class Bowl {

    private static final String TASK = """
            task: Find the bottom of a bowl.
            script: train.sh
            run: sh {script} {X} {K} {KIND}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.5 }
              K: { type: int, low: 1, high: 64, default: 8 }
              KIND: { type: choice, options: [round, flat], default: round }
            constraints: [ "X * K <= 40" ]
            method: cma-es
            budget: { trials: 60 }
            seed: 5
            """;

    /** K = 64 takes a minute. */
    private static final String SCRIPT = """
            if [ "$2" = 64 ]; then sleep 60; fi
            awk -v x="$1" -v k="$2" -v kind="$3" 'BEGIN {
                print "loss: " (x - 0.3)^2 + (k - 20)^2 / 4000 + (kind == "flat" ? 0 : 0.1)
            }'
            """;

    private Bowl() {}

    static void in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
    }
}
