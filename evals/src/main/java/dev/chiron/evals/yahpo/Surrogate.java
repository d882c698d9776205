package dev.chiron.evals.yahpo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.BadInput;
import dev.chiron.evals.onnx.MalformedModel;
import dev.chiron.evals.onnx.OnnxModel;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A scenario with its data: its space, and what every metric is for a config on one of its instances. Immutable. */
final class Surrogate {

    private static final int NOT_GIVEN = 0; // what the network was trained to read for an inactive parameter

    private final Scenario scenario;
    private final SpaceFile file;
    private final JsonNode codes;
    private final OnnxModel model;

    private Surrogate(Scenario scenario, SpaceFile file, JsonNode codes, OnnxModel model) {
        this.scenario = scenario;
        this.file = file;
        this.codes = codes;
        this.model = model;
    }

    /**
     * Reads a scenario's folder.
     *
     * @throws BadInput naming the file that is missing or damaged
     */
    static Surrogate read(Scenario scenario, Path folder) {
        ObjectMapper json = new ObjectMapper();
        Path file = folder.resolve("config_space.json");
        try {
            SpaceFile space = SpaceFile.read(json.readTree(Files.readAllBytes(file)), scenario);
            file = folder.resolve("encoding.json");
            JsonNode codes = json.readTree(Files.readAllBytes(file));
            file = folder.resolve("model.onnx");
            Surrogate surrogate = new Surrogate(scenario, space, codes, OnnxModel.read(Files.readAllBytes(file)));
            surrogate.check();
            return surrogate;
        } catch (IOException | IllegalArgumentException | MalformedModel e) {
            throw new BadInput(file + " cannot be read as YAHPO's data: " + e.getMessage(), e);
        }
    }

    /** An operator or a shape that is not supported is better known now than in the middle of a comparison. */
    private void check() {
        double[] middle = new double[file.flat().size()];
        Arrays.fill(middle, 0.5);
        if (metrics("", file.flat().decode(middle)).length <= Math.max(scenario.targetAt(), scenario.secondsAt())) {
            throw new IllegalArgumentException("it gives too few metrics");
        }
    }

    Scenario scenario() {
        return scenario;
    }

    /** Its space, with its conditions or with all parameters always active. */
    SearchSpace space(boolean isConditional) {
        return isConditional ? file.space() : file.flat();
    }

    boolean hasInstance(String instance) {
        return codes.path(scenario.instance()).has(instance);
    }

    /** Every metric, in the order of the network's output. Of what is not active the config may have any value or none. */
    double[] metrics(String instance, Config config) {
        return metrics(instance, config, scenario.fidelity());
    }

    /** The same of a training that is not whole, or has only so much of the data. */
    double[] metrics(String instance, Config config, Map<String, Double> fidelity) {
        List<String> categories = scenario.categories();
        int[] codesOfConfig = new int[categories.size()];
        codesOfConfig[0] = code(scenario.instance(), instance);
        for (int i = 1; i < codesOfConfig.length; i++) {
            String name = categories.get(i);
            codesOfConfig[i] =
                    isActive(name, config) ? code(name, config.get(name).text()) : NOT_GIVEN;
        }
        double[] numbers = scenario.numbers().stream()
                .mapToDouble(name -> number(name, config, fidelity))
                .toArray();
        return model.run(codesOfConfig, numbers);
    }

    private int code(String name, String value) {
        return codes.path(name).path(value).asInt();
    }

    private double number(String name, Config config, Map<String, Double> fidelity) {
        Double given = fidelity.get(name);
        if (given != null) {
            return given;
        }
        return isActive(name, config) ? config.get(name).asNumber().orElseThrow() : NOT_GIVEN;
    }

    private boolean isActive(String name, Config config) {
        return config.find(name).isPresent()
                && file.space().conditions().stream()
                        .filter(condition -> condition.parameter().equals(name))
                        .allMatch(condition -> config.find(condition.parent())
                                .filter(condition.values()::contains)
                                .isPresent());
    }
}
