package dev.chiron.evals.yahpo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A kind of training and what stands where in its network's inputs and output. The fidelity is at its most.
 *
 * @param name also the folder's name
 * @param line what is tuned
 * @param categories the order of {@code x_cat}; the first is the instance, the data set trained on
 * @param numbers the order of {@code x_cont}
 * @param fidelity the inputs that say how much is trained, at their most
 * @param target the metric that is maximised
 * @param targetAt its place in the output
 * @param secondsAt the place of the training time in the output
 * @param instances those of YAHPO's single-objective suite 1.0
 */
record Scenario(
        String name,
        String line,
        List<String> categories,
        List<String> numbers,
        Map<String, Double> fidelity,
        String target,
        int targetAt,
        int secondsAt,
        List<String> instances) {

    Scenario {
        categories = List.copyOf(categories);
        numbers = List.copyOf(numbers);
        fidelity = new LinkedHashMap<>(fidelity);
        instances = List.copyOf(instances);
    }

    /** The input that says how many epochs are trained. */
    static final String EPOCH = "epoch";

    /** How many epochs a whole training has; 0 where the fidelity is not in epochs. */
    int epochs() {
        return fidelity.getOrDefault(EPOCH, 0.0).intValue();
    }

    /** The input that names the data set. */
    String instance() {
        return categories.get(0);
    }

    /** Neural networks of up to five layers on tabular data. */
    static Scenario lcbench() {
        return new Scenario(
                "lcbench",
                "7 parameters of a neural network, surrogate of LCBench; val_accuracy, maximize",
                List.of("OpenML_task_id"),
                List.of(
                        EPOCH,
                        "batch_size",
                        "learning_rate",
                        "momentum",
                        "weight_decay",
                        "num_layers",
                        "max_units",
                        "max_dropout"),
                Map.of(EPOCH, 52.0),
                "val_accuracy",
                1,
                0,
                List.of("167168", "189873", "189906"));
    }

    /** Decision trees. */
    static Scenario rpart() {
        return rbv2(
                "rbv2_rpart",
                "5 parameters of a decision tree, surrogate of rbv2; acc, maximize",
                List.of("task_id", "num.impute.selected.cpo"),
                List.of("cp", "maxdepth", "minbucket", "minsplit"),
                List.of("14", "40499"));
    }

    /** Gradient boosting; most of its parameters are idle for one or another booster. */
    static Scenario xgboost() {
        return rbv2(
                "rbv2_xgboost",
                "14 parameters of gradient boosting, some idle, surrogate of rbv2; acc, maximize",
                List.of("task_id", "booster", "num.impute.selected.cpo"),
                List.of(
                        "nrounds",
                        "eta",
                        "gamma",
                        "lambda",
                        "alpha",
                        "subsample",
                        "max_depth",
                        "min_child_weight",
                        "colsample_bytree",
                        "colsample_bylevel",
                        "rate_drop",
                        "skip_drop"),
                List.of("12", "1501", "16", "40499"));
    }

    private static Scenario rbv2(
            String name, String line, List<String> categories, List<String> tuned, List<String> instances) {
        List<String> numbers = new ArrayList<>(tuned);
        numbers.add("trainsize");
        numbers.add("repl");
        Map<String, Double> fidelity = new LinkedHashMap<>();
        fidelity.put("trainsize", 1.0);
        fidelity.put("repl", 10.0);
        return new Scenario(name, line, categories, numbers, fidelity, "acc", 0, 6, instances);
    }
}
