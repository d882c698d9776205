package dev.chiron.evals.bayesmark;

import dev.chiron.optimizers.study.Objective;
import java.util.List;

/** A model of scikit-learn on one of its data sets, by the names that LLAMBO's runs have. */
record Problem(String dataset, String model) {

    static final String PREFIX = "bayesmark-";

    private static final List<String> DATASETS = List.of("breast", "digits", "wine", "iris", "diabetes");
    private static final List<String> MODELS = List.of("RandomForest", "DecisionTree", "SVM", "MLP_SGD", "AdaBoost");

    private static final List<String> NAMES = List.of(
            "random forest (10 trees)",
            "decision tree",
            "support vector machine (RBF kernel)",
            "multilayer perceptron (stochastic gradient descent, 40 epochs at most, early stopping)",
            "boosted ensemble (AdaBoost)");
    private static final List<String> TABLES = List.of(
            "It has 455 rows, 30 numerical features that are not standardised, and 2 classes.",
            "It has 1437 rows, 64 numerical features that are not standardised, and 10 classes.",
            "It has 142 rows, 13 numerical features that are not standardised, and 3 classes.",
            "It has 120 rows, 4 numerical features that are not standardised, and 3 classes.",
            "It has 353 rows, 10 numerical features, and a standardised target.");

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

    /**
     * What LLAMBO's prompts say of it: the model, then the rows and the features, and not the name of the data. Every feature is a number, as it
     * was measured.
     */
    String description() {
        String kind = isRegression() ? "regressor" : "classifier";
        String metric = isRegression() ? "mean squared error" : "accuracy";
        return "A " + NAMES.get(MODELS.indexOf(model)) + " " + kind + " of scikit-learn is fitted to a table. The "
                + metric + " is the mean of a five-fold cross-validation.\n\n" + TABLES.get(DATASETS.indexOf(dataset));
    }

    private boolean isRegression() {
        return dataset.equals("diabetes");
    }

    /** Five-fold cross-validation; diabetes alone is a regression, its target standardised. */
    Objective objective() {
        return isRegression()
                ? new Objective("squared_error", Objective.Goal.MINIMIZE)
                : new Objective("accuracy", Objective.Goal.MAXIMIZE);
    }
}
