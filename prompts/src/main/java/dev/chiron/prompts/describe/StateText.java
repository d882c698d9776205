package dev.chiron.prompts.describe;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.grid.GridSearch;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.prompts.PromptTemplate;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An optimizer's state in words, each kind from a template of its own. */
public final class StateText {

    private final Task task;
    private final Detail detail;
    private final CmaText cma;
    private final MemoryText memory;
    private final DistributionText distribution;
    private final ScalingText scaling;

    /** The words for a task. */
    public StateText(Task task) {
        this(task, Detail.of(task.space().size()));
    }

    StateText(Task task, Detail detail) {
        this.task = task;
        this.detail = detail;
        this.cma = new CmaText(task, detail);
        this.memory = new MemoryText(task, detail);
        this.distribution = new DistributionText(task, detail);
        this.scaling = new ScalingText(task, detail);
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
        if (state instanceof OptimizerState.Turbo turbo) {
            return memory.of(name(state), turbo.memory(), turbo.hyperparameters()) + "\n" + region(turbo);
        }
        if (state instanceof OptimizerState.CostAware aware) {
            return memory.of(name(state), aware.memory(), aware.loss().hyperparameters()) + "\n" + scaling.of(aware);
        }
        if (state instanceof OptimizerState.Conformal conformal) {
            return memory.of(name(state), conformal.memory());
        }
        if (state instanceof OptimizerState.Genetic genetic) {
            return memory.bred("state-genetic", genetic.memory());
        }
        if (state instanceof OptimizerState.Nsga2 genetic) {
            return memory.bred("state-nsga2", genetic.memory());
        }
        if (state instanceof OptimizerState.MoCmaEs individuals) {
            return memory.bred("state-mo-cma-es", known(individuals)) + "\n" + widths(individuals);
        }
        if (state instanceof OptimizerState.CrossEntropy entropy) {
            return distribution.of(entropy);
        }
        if (state instanceof OptimizerState.Portfolio portfolio) {
            return turns(portfolio);
        }
        if (state instanceof OptimizerState.Rungwise rungs) {
            return rung(rungs);
        }
        if (state instanceof OptimizerState.Grid grid) {
            return text("state-grid", Map.of("steps", steps(grid)));
        }
        if (state instanceof OptimizerState.CommonsMath opaque) {
            return text(
                    "state-commons-cma-es",
                    Map.of("told", Integer.toString(opaque.answers().size())));
        }
        throw new AssertionError(state);
    }

    /** What it keeps, as observations: of all else nothing is left but what it has learned of it. */
    private static OptimizerState.Memory known(OptimizerState.MoCmaEs state) {
        return new OptimizerState.Memory(
                state.population().stream().map(StateText::observation).toList(), List.of());
    }

    private static Observation observation(OptimizerState.Individual one) {
        return one.violation() > 0
                ? Observation.infeasible(one.config(), one.violation())
                : Observation.measured(
                        one.config(),
                        one.losses().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static String widths(OptimizerState.MoCmaEs state) {
        DoubleSummaryStatistics sigmas = state.population().stream()
                .mapToDouble(OptimizerState.Individual::sigma)
                .summaryStatistics();
        if (sigmas.getCount() == 0) {
            return "";
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("least", Numbers.text(sigmas.getMin(), 2));
        values.put("most", Numbers.text(sigmas.getMax(), 2));
        return text("state-mo-cma-es-widths", values);
    }

    private static String region(OptimizerState.Turbo turbo) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("length", Numbers.text(turbo.length(), 3));
        values.put(
                "run",
                turbo.began() == 0 ? "no run has ended" : "the run under way began after " + turbo.began() + " trials");
        return text("state-turbo", values);
    }

    /** What each member's trials were worth, and what the one believes whose trials were worth most. */
    private String turns(OptimizerState.Portfolio portfolio) {
        OptimizerState.Member leader = portfolio.members().stream()
                .max(Comparator.comparingDouble(StateText::mean))
                .orElseThrow();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("members", portfolio.members().stream().map(StateText::line).collect(Collectors.joining("\n")));
        values.put("leader", leader.origin().label());
        values.put("state", of(leader.state()));
        return text("state-portfolio", values);
    }

    /** What is believed by the trainings that were long enough and of which there are enough. */
    private String rung(OptimizerState.Rungwise rungs) {
        OptimizerState.Rung asked = rungs.rungs().get(rungs.asked());
        Map<String, String> values = new LinkedHashMap<>();
        values.put("share", Numbers.text(asked.share(), 3));
        values.put("count", Integer.toString(asked.measured()));
        values.put("state", of(asked.state()));
        return text("state-rungwise", values);
    }

    private static String line(OptimizerState.Member member) {
        String credit = member.count() == 0 ? "-" : Numbers.text(mean(member), 2);
        return member.origin().label() + "," + member.trials() + "," + credit;
    }

    private static double mean(OptimizerState.Member member) {
        return member.count() == 0 ? 0 : member.worth() / member.count();
    }

    /** Of how many values of each parameter a grid is. */
    private String steps(OptimizerState.Grid grid) {
        List<Parameter> parameters = task.space().parameters();
        List<Integer> values = GridSearch.values(task.space(), grid);
        int shown = Math.min(detail.axes(), values.size());
        String steps = IntStream.range(0, shown)
                .mapToObj(axis -> Written.line(parameters.get(axis).name()) + " " + values.get(axis))
                .collect(Collectors.joining(", "));
        return shown < values.size() ? steps + " (the first " + shown + " of " + values.size() + ")" : steps;
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
        if (state instanceof OptimizerState.Turbo || state instanceof OptimizerState.CostAware) {
            return "The Gaussian process";
        }
        if (state instanceof OptimizerState.Conformal) {
            return "Conformalised quantile regression";
        }
        if (state instanceof OptimizerState.Genetic) {
            return "The genetic algorithm";
        }
        if (state instanceof OptimizerState.Nsga2) {
            return "NSGA-II";
        }
        if (state instanceof OptimizerState.MoCmaEs) {
            return "MO-CMA-ES";
        }
        if (state instanceof OptimizerState.CrossEntropy) {
            return "The cross-entropy method";
        }
        if (state instanceof OptimizerState.Rungwise rungs) {
            return name(rungs.rungs().get(rungs.asked()).state());
        }
        if (state instanceof OptimizerState.Portfolio) {
            return "The portfolio";
        }
        if (state instanceof OptimizerState.Grid) {
            return "Grid search";
        }
        boolean isBlind = state instanceof OptimizerState.Uniform || state instanceof OptimizerState.Sobol;
        return isBlind ? "Random search" : "CMA-ES";
    }

    static String text(String template, Map<String, String> values) {
        return PromptTemplate.named(template).fill(values).text().strip();
    }
}
