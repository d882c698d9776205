package dev.chiron.prompts.describe;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The state of CMA-ES in the user's units. */
final class CmaText {

    private static final int TREND = 5;
    private static final double STEADY = 1.2;

    private final Task task;
    private final Detail detail;

    CmaText(Task task, Detail detail) {
        this.task = task;
        this.detail = detail;
    }

    String of(OptimizerState.CmaEs state) {
        Spread spread = Spread.of(state);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("generation", state.generation() == 0 ? "none yet" : Integer.toString(state.generation()));
        values.put("sigma", Numbers.text(state.sigma(), 4));
        values.put("trend", trend(state));
        values.put("axes", axes(state, spread));
        values.put("choices", choices(state));
        values.put("correlations", correlations(state, spread));
        values.put("direction", direction(spread));
        return StateText.text("state-cma-es", values);
    }

    /** The step size now against that of some generations before. */
    private static String trend(OptimizerState.CmaEs state) {
        List<Double> sigmas = state.sigmas();
        if (sigmas.size() < 2) {
            return "no trend yet";
        }
        int back = Math.min(TREND, sigmas.size() - 1);
        double before = sigmas.get(sigmas.size() - 1 - back);
        double now = sigmas.get(sigmas.size() - 1);
        String word = now * STEADY < before ? "shrinking" : now > before * STEADY ? "growing" : "steady";
        return word + " (" + Numbers.text(before, 3) + " to " + Numbers.text(now, 3) + " in the last " + back
                + (back == 1 ? " generation)" : " generations)");
    }

    private String axes(OptimizerState.CmaEs state, Spread spread) {
        if (state.axes().isEmpty()) {
            return "No parameter is numeric or ordered.";
        }
        List<Integer> shown = IntStream.range(0, state.axes().size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -moved(state, i)))
                .limit(detail.axes())
                .sorted()
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("parameter,mean,one sigma");
        for (int i : shown) {
            Parameter parameter = parameter(state.axes().get(i));
            double mean = state.mean().get(i);
            double deviation = spread.deviations().get(i);
            lines.add(Written.line(parameter.name()) + "," + Written.rounded(parameter.decode(mean)) + ","
                    + Written.rounded(parameter.decode(mean - deviation)) + " to "
                    + Written.rounded(parameter.decode(mean + deviation)));
        }
        if (shown.size() < state.axes().size()) {
            lines.add("(the " + shown.size() + " that moved furthest from the baseline, of "
                    + state.axes().size() + ")");
        }
        return String.join("\n", lines);
    }

    private double moved(OptimizerState.CmaEs state, int axis) {
        String name = state.axes().get(axis);
        return Math.abs(state.mean().get(axis) - parameter(name).encode(task.baseline(parameter(name))));
    }

    private String choices(OptimizerState.CmaEs state) {
        List<String> lines = new ArrayList<>();
        for (OptimizerState.Category category : state.categories()) {
            if (parameter(category.name()) instanceof Choice choice) {
                lines.add("Probabilities of " + Written.line(category.name()) + ": "
                        + IntStream.range(0, choice.options().size())
                                .boxed()
                                .sorted(Comparator.comparingDouble(
                                        i -> -category.probabilities().get(i)))
                                .map(i -> Written.json(choice.options().get(i)) + " "
                                        + Written.percent(
                                                category.probabilities().get(i)))
                                .collect(Collectors.joining(", ")));
            }
        }
        return lines.isEmpty() ? "" : String.join("\n", lines.subList(0, Math.min(detail.axes(), lines.size()))) + "\n";
    }

    private static String correlations(OptimizerState.CmaEs state, Spread spread) {
        if (state.axes().size() > 1 && !state.covariance().hasCorrelations()) {
            return "not learned, there being so many parameters";
        }
        List<Spread.Pair> pairs = spread.correlated();
        return pairs.isEmpty()
                ? "none of 0.3 or more"
                : pairs.stream()
                        .map(pair -> Written.line(pair.one()) + " and " + Written.line(pair.other())
                                + (pair.correlation() > 0 ? " +" : " -")
                                + Numbers.text(Math.abs(pair.correlation()), 2))
                        .collect(Collectors.joining("; "));
    }

    private static String direction(Spread spread) {
        if (spread.rising().size() + spread.falling().size() < 2) {
            return "none stands out";
        }
        String share = " (" + Written.percent(spread.share()) + " of all variance)";
        String rising = names(spread.rising());
        return spread.falling().isEmpty()
                ? rising + " rise and fall together" + share
                : rising + (spread.rising().size() == 1 ? " rises" : " rise together") + " where "
                        + names(spread.falling()) + (spread.falling().size() == 1 ? " falls" : " fall")
                        + ", or the reverse"
                        + share;
    }

    private static String names(List<String> names) {
        return names.stream().map(Written::line).collect(Collectors.joining(", "));
    }

    private Parameter parameter(String name) {
        return task.space()
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException("the optimizer's state has a parameter " + name
                        + " that the task has not: it belongs to another study"));
    }
}
