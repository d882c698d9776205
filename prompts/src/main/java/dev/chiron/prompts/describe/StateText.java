package dev.chiron.prompts.describe;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.prompts.PromptTemplate;
import java.util.Map;

/** An optimizer's state in words, each kind from a template of its own. */
public final class StateText {

    private final CmaText cma;
    private final MemoryText memory;

    /** The words for a task. */
    public StateText(Task task) {
        this(task, Detail.of(task.space().size()));
    }

    StateText(Task task, Detail detail) {
        this.cma = new CmaText(task, detail);
        this.memory = new MemoryText(task, detail);
    }

    /** What the model is told of the state. */
    public String of(OptimizerState state) {
        if (state instanceof OptimizerState.CmaEs known) {
            return cma.of(known);
        }
        if (state instanceof OptimizerState.Tpe tpe) {
            return memory.of(name(state), tpe.memory());
        }
        if (state instanceof OptimizerState.GaussianProcess gp) {
            return memory.of(name(state), gp.memory(), gp.hyperparameters());
        }
        if (state instanceof OptimizerState.RandomForest forest) {
            return memory.of(name(state), forest.memory());
        }
        if (state instanceof OptimizerState.Uniform || state instanceof OptimizerState.Sobol) {
            return text("state-random", Map.of());
        }
        if (state instanceof OptimizerState.CommonsMath opaque) {
            return text(
                    "state-commons-cma-es",
                    Map.of("told", Integer.toString(opaque.answers().size())));
        }
        throw new AssertionError(state);
    }

    /** What the optimizer is called. */
    static String name(OptimizerState state) {
        if (state instanceof OptimizerState.Tpe) {
            return "TPE";
        }
        if (state instanceof OptimizerState.GaussianProcess) {
            return "The Gaussian process";
        }
        if (state instanceof OptimizerState.RandomForest) {
            return "The random forest";
        }
        boolean isBlind = state instanceof OptimizerState.Uniform || state instanceof OptimizerState.Sobol;
        return isBlind ? "Random search" : "CMA-ES";
    }

    static String text(String template, Map<String, String> values) {
        return PromptTemplate.named(template).fill(values).text().strip();
    }
}
