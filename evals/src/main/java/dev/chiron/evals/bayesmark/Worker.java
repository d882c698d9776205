package dev.chiron.evals.bayesmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Outcome;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A Python process that trains and scores, a config at a time; for one thread. It ends with its input, and that with this
 * process, however this one ends.
 */
final class Worker {

    private final ObjectMapper json = new ObjectMapper();
    private final String python;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    private Worker(String python, Process process) {
        this.python = python;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts one.
     *
     * @param python an interpreter
     * @throws BadInput if it cannot be started, or has no scikit-learn
     */
    static Worker start(String python) {
        ProcessBuilder builder =
                new ProcessBuilder(python, "-I", "-c", program()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR")); // no keys
        builder.environment().put("OMP_NUM_THREADS", "1"); // runs are parallel, not their sums
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        try {
            Worker worker = new Worker(python, builder.start());
            JsonNode greeting = worker.read();
            if (!greeting.has("sklearn")) {
                throw new BadInput("bayesmark needs scikit-learn, and " + python + " says: "
                        + greeting.path("missing").asText() + "; install it (Debian: python3-sklearn), or name an "
                        + "interpreter that has it with --python");
            }
            return worker;
        } catch (IOException e) {
            throw new BadInput(
                    "bayesmark needs Python with scikit-learn (Debian: python3-sklearn): " + e.getMessage(), e);
        }
    }

    private static String program() {
        try (InputStream program = Worker.class.getResourceAsStream("worker.py")) {
            if (program == null) {
                throw new AssertionError("not in the jar: worker.py");
            }
            return new String(program.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Trains the model with these hyperparameters, by their names in scikit-learn, and scores it. */
    Evaluation evaluate(Problem problem, Config config) {
        ObjectNode request = json.createObjectNode();
        request.put("dataset", problem.dataset());
        request.put("model", problem.model());
        ObjectNode values = request.putObject("config");
        for (Map.Entry<String, Value> value : config.values().entrySet()) {
            values.putPOJO(value.getKey(), value.getValue().plain());
        }
        try {
            requests.write(json.writeValueAsString(request));
            requests.newLine();
            requests.flush();
            return evaluation(read());
        } catch (IOException e) {
            throw new BadInput("the scikit-learn worker of " + python + " ended on " + request, e);
        }
    }

    private static Evaluation evaluation(JsonNode answer) {
        double seconds = answer.path("seconds").asDouble();
        Outcome outcome = answer.path("score").isNumber()
                ? new Outcome.Measured(answer.path("score").asDouble())
                : new Outcome.Failed(Outcome.Reason.DIVERGED, "the score is not a number");
        return new Evaluation(outcome, seconds);
    }

    private JsonNode read() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(python + " ended without an answer");
        }
        try {
            return json.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException(python + " answers otherwise: " + line, e);
        }
    }
}
