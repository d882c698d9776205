package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at fifty random moments: in starting, proposing, asking the model, running, writing. */
class KillTest {

    private static final int KILLS = 50;
    private static final long SEED = 20261121;

    private static final String TASK = """
            task: Find the bottom of a bowl.
            script: train.sh
            run: sh {script} {X} {Y} {K} {KIND}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.5 }
              Y: { type: float, low: 0.001, high: 10, log: true, default: 1.0 }
              K: { type: int, low: 1, high: 64, default: 8 }
              KIND: { type: choice, options: [round, flat, steep], default: round }
            constraints: [ "X * K <= 40" ]
            method: centaur
            llm: { share: 0.4, warmup: 3, warm_start: 4 }
            budget: { trials: 240 }
            seed: 5
            """;

    private static final String SCRIPT = """
            awk -v x="$1" -v y="$2" -v k="$3" -v kind="$4" 'BEGIN {
                if (kind == "steep" && k > 50) { print "MemoryError" > "/dev/stderr"; exit 1 }
                print "loss: " (x - 0.3)^2 + (log(y) + 1)^2 / 20 + (k - 20)^2 / 4000 + (kind == "flat" ? 0 : 0.1)
            }'
            """;

    /** Answers from a checksum of the prompt: the same prompt, the same reply; every fifth is useless. */
    private static final String MODEL = """
            sum=$(cksum | cut -d" " -f1)
            if [ $((sum % 5)) -eq 0 ]; then echo "Let me think about it."; exit 0; fi
            echo "{\\"X\\": 0.$((sum % 9973)), \\"Y\\": 0.$((sum / 7 % 9967 + 100)), \\"K\\": $((sum / 11 % 64 + 1)), \\"KIND\\": \\"flat\\"}"
            """;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @Test
    void aStudyKilledFiftyTimesEqualsTheUninterruptedOneLineByLine() throws Exception {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        Files.writeString(folder.resolve("model.sh"), MODEL);
        assertThat(finish("whole")).isZero();

        int kills = 0;
        while (kills < KILLS) {
            kills += startAndKill("killed") ? 1 : 0;
            assertThat(trials("killed")).as("trials before kill %d", kills + 1).isLessThan(240);
        }
        assertThat(finish("killed")).isZero();

        assertThat(journal("killed")).isEqualTo(journal("whole"));
        assertThat(files("killed")).isEqualTo(files("whole"));
    }

    private Process start(String study) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.chiron.agent.cli.Main",
                "run",
                "chiron.yaml",
                "--json",
                "--study",
                study,
                "--llm",
                "command:sh " + folder.resolve("model.sh") + ", builtin");
        builder.directory(folder.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.redirectError(folder.resolve(study + ".err").toFile());
        return builder.start();
    }

    private int finish(String study) throws Exception {
        Process process = start(study);
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Kills it at a random moment: soon after its start, or a little after one of its first events. */
    private boolean startAndKill(String study) throws Exception {
        Process process = start(study);
        try (BufferedReader events = process.inputReader()) {
            int lines = random.nextInt(5);
            for (int i = 0; i < lines && events.readLine() != null; i++) {
                // each line is a moment
            }
            LockSupport.parkNanos(random.nextLong(lines == 0 ? 1_000_000_000L : 60_000_000L));
            boolean alive = process.isAlive();
            process.destroyForcibly().waitFor();
            return alive;
        }
    }

    private long trials(String study) throws IOException {
        Path journal = folder.resolve(study).resolve("journal.jsonl");
        if (!Files.exists(journal)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(journal)) {
            return lines.filter(line -> line.contains("\"type\":\"trial\"")).count();
        }
    }

    /** The journal without times, and without the hashes, which depend on times. */
    private List<ObjectNode> journal(String study) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<ObjectNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(study).resolve("journal.jsonl"))) {
            ObjectNode object = (ObjectNode) json.readTree(line);
            object.remove(List.of("prev", "sum", "at", "seconds"));
            lines.add(object);
        }
        return lines;
    }

    /** What lies beside the journal, prompts and replies included. */
    private Map<String, String> files(String study) throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path root = folder.resolve(study);
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(path).toString();
                boolean halfWritten = path.getFileName().toString().endsWith(".tmp"); // of a write that was killed
                if ((name.startsWith("trials") || name.startsWith("llm")) && !halfWritten) {
                    files.put(name, Files.readString(path));
                }
            }
        }
        return files;
    }
}
