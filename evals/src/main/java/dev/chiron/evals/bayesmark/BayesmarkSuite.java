package dev.chiron.evals.bayesmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Remembered;
import dev.chiron.evals.task.Suite;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The 25 tasks of Bayesmark that LLAMBO was published on (Liu et al., ICLR 2024): {@code bayesmark-wine-SVM} is the model {@code
 * SVM} on the data set {@code wine}. Every method begins with the same five configs, as LLAMBO did.
 */
public final class BayesmarkSuite implements Suite {

    private static final String SPACES = "bayesmark-spaces.json";
    private static final String FIRST = "bayesmark-initial-configs.json";
    private static final int FIRST_CONFIGS = 5; // of the ten in the file, as in LLAMBO's runs

    private final Path folder;
    private final Workers workers;

    /**
     * The suite; neither need be there until a task is used.
     *
     * @param folder with the spaces and the first configs of LLAMBO's repository
     * @param python an interpreter that has scikit-learn
     */
    public BayesmarkSuite(Path folder, String python) {
        this.folder = folder;
        this.workers = new Workers(python);
    }

    @Override
    public String name() {
        return "bayesmark";
    }

    @Override
    public String line() {
        return "scikit-learn models really trained, 0.01 to 3 s each, from LLAMBO's first configs; needs scikit-learn";
    }

    @Override
    public List<String> tasks() {
        return Problem.all().stream().map(Problem::task).toList();
    }

    @Override
    public Optional<String> missing() {
        return List.of(SPACES, FIRST).stream()
                .map(folder::resolve)
                .filter(file -> !Files.isRegularFile(file))
                .findFirst()
                .map(file -> "there is no " + file
                        + "; give the folder of LLAMBO's data (tennisonliu/LLAMBO) with --bayesmark FOLDER");
    }

    @Override
    public Optional<EvalTask> find(String task) {
        if (!task.startsWith(Problem.PREFIX)) {
            return Optional.empty();
        }
        Problem problem = Problem.all().stream()
                .filter(known -> known.task().equals(task))
                .findFirst()
                .orElseThrow(() -> new BadInput("there is no task " + task + "; see: chiron evals list"));
        missing().ifPresent(message -> {
            throw new BadInput(task + ": " + message);
        });
        SearchSpace space = space(read(SPACES).path(problem.model()));
        List<List<Config>> first = new ArrayList<>();
        for (JsonNode seed : read(FIRST).path(problem.model())) { // a seed a member, "0" to "9" in order
            first.add(first(seed, space));
        }
        return Optional.of(new Remembered(new BayesmarkTask(problem, space, first, workers)));
    }

    private JsonNode read(String name) {
        try {
            return new ObjectMapper().readTree(folder.resolve(name).toFile());
        } catch (IOException e) {
            throw new BadInput(folder.resolve(name) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A logit scale is searched linearly, as LLAMBO and the published comparisons do. */
    private static SearchSpace space(JsonNode entries) {
        List<Parameter> parameters = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : entries.properties()) {
            JsonNode range = entry.getValue().path(2);
            boolean log = entry.getValue().path(1).asText().equals("log");
            parameters.add(
                    entry.getValue().path(0).asText().equals("int")
                            ? new Parameter.Whole(
                                    entry.getKey(),
                                    range.path(0).asLong(),
                                    range.path(1).asLong())
                            : new Parameter.Real(
                                    entry.getKey(),
                                    range.path(0).asDouble(),
                                    range.path(1).asDouble(),
                                    log));
        }
        return new SearchSpace(parameters, List.of());
    }

    private static List<Config> first(JsonNode configs, SearchSpace space) {
        List<Config> first = new ArrayList<>();
        for (int i = 0; i < FIRST_CONFIGS; i++) {
            Map<String, Value> values = new LinkedHashMap<>();
            configs.path(i)
                    .properties()
                    .forEach(entry ->
                            values.put(entry.getKey(), Value.of(entry.getValue().numberValue())));
            first.add(space.config(values));
        }
        return first;
    }
}
