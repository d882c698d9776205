package dev.chiron.evals.bayesmark;

import dev.chiron.optimizers.study.Objective;
import java.util.List;

/** A model of scikit-learn on one of its data sets, by the names that LLAMBO's runs have. */
record Problem(String dataset, String model) {

    static final String PREFIX = "bayesmark-";

    private static final List<String> DATASETS = List.of("breast", "digits", "wine", "iris", "diabetes");
    private static final List<String> MODELS = List.of("RandomForest", "DecisionTree", "SVM", "MLP_SGD", "AdaBoost");

    /** All 25, model by model. */
    static List<Problem> all() {
        return MODELS.stream()
                .flatMap(model -> DATASETS.stream().map(dataset -> new Problem(dataset, model)))
                .toList();
    }

    /** The name of its task. */
    String task() {
        return PREFIX + dataset + "-" + model;
    }

    /** Five-fold cross-validation; diabetes alone is a regression, its target standardised. */
    Objective objective() {
        return dataset.equals("diabetes")
                ? new Objective("squared_error", Objective.Goal.MINIMIZE)
                : new Objective("accuracy", Objective.Goal.MAXIMIZE);
    }
}
