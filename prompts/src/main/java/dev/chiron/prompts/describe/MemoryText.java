package dev.chiron.prompts.describe;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.pareto.Compromise;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a method that models all observations has seen, in the user's units: where the good ones lie. */
final class MemoryText {

    private static final double GOOD = 0.1;
    private static final int FEWEST = 3;

    /** A length scale of so many ranges is flat within the range. */
    private static final double LONG = 2;

    private final Task task;
    private final Detail detail;

    MemoryText(Task task, Detail detail) {
        this.task = task;
        this.detail = detail;
    }

    String of(String optimizer, OptimizerState.Memory memory) {
        return of(optimizer, memory, List.of());
    }

    /** @param relevances logarithms of the parameters' inverse squared length scales, in their order; none where unknown */
    String of(String optimizer, OptimizerState.Memory memory, List<Double> relevances) {
        Map<String, String> values = known(memory, relevances);
        values.put("optimizer", optimizer);
        values.put(
                "scales",
                relevances.isEmpty()
                        ? ""
                        : "; the last column is how far a parameter has to change for the loss to be another");
        return StateText.text("state-model", values);
    }

    /** Of a method that models nothing, and breeds. */
    String bred(String template, OptimizerState.Memory memory) {
        return StateText.text(template, known(memory, List.of()));
    }

    private Map<String, String> known(OptimizerState.Memory memory, List<Double> relevances) {
        List<Observation> measured = ranked(memory.observations().stream()
                .filter(observation -> observation.kind() == Observation.Kind.MEASURED)
                .toList());
        int count = Math.min(measured.size(), Math.max(FEWEST, (int) Math.ceil(GOOD * measured.size())));
        List<Observation> good = measured.subList(0, count);
        int failed = memory.observations().size() - measured.size();
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                "told", measured.size() + " trials with a value" + (failed == 0 ? "" : " and " + failed + " without"));
        values.put("good", Integer.toString(count));
        values.put("axes", good.isEmpty() ? "No trial has a value yet." : axes(good, measured, relevances));
        return values;
    }

    /** The best first: of several objectives by rank. */
    private List<Observation> ranked(List<Observation> measured) {
        return task.objective().isSeveral()
                ? Compromise.order(measured.stream().map(Observation::losses).toList()).stream()
                        .map(measured::get)
                        .toList()
                : measured.stream()
                        .sorted(Comparator.comparingDouble(Observation::loss))
                        .toList();
    }

    private String axes(List<Observation> good, List<Observation> all, List<Double> relevances) {
        List<String> lines = new ArrayList<>();
        lines.add("parameter,middle,from 10 % to 90 %,all from 10 % to 90 %" + (relevances.isEmpty() ? "" : ",scale"));
        List<Parameter> parameters = task.space().parameters();
        for (int i = 0; i < Math.min(detail.axes(), parameters.size()); i++) {
            String scale = relevances.isEmpty() ? "" : "," + scale(parameters.get(i), Math.exp(-relevances.get(i) / 2));
            lines.add(Written.line(parameters.get(i).name()) + "," + line(parameters.get(i), good, all) + scale);
        }
        if (lines.size() <= parameters.size()) {
            lines.add("(the first " + (lines.size() - 1) + " of " + parameters.size() + ")");
        }
        return String.join("\n", lines);
    }

    /** A length scale in the user's units: a factor where the scale is logarithmic, else a difference. */
    private static String scale(Parameter parameter, double length) {
        if (length > LONG) {
            return "hardly matters";
        }
        if (parameter instanceof Parameter.Real real) {
            return real.log() ? factor(real.low(), real.high(), length) : difference(real.low(), real.high(), length);
        }
        if (parameter instanceof Parameter.Whole whole) {
            return whole.log() || whole.powersOfTwo()
                    ? factor((double) whole.low(), (double) whole.high(), length)
                    : difference((double) whole.low(), (double) whole.high(), length);
        }
        return "matters";
    }

    private static String factor(double low, double high, double length) {
        return "x" + Numbers.text(Math.pow(high / low, length), 2);
    }

    private static String difference(double low, double high, double length) {
        return "+-" + Numbers.text(length * (high - low), 2);
    }

    private static String line(Parameter parameter, List<Observation> good, List<Observation> all) {
        List<Value> values = values(parameter, good);
        if (values.isEmpty()) {
            boolean onLine = !(parameter instanceof Choice choice) || choice.ordered();
            boolean anywhere = onLine && !values(parameter, all).isEmpty();
            return "not active in the best" + (anywhere ? ",-," + most(parameter, all) : "");
        }
        if (parameter instanceof Choice choice && !choice.ordered()) {
            return choice.options().stream()
                    .map(option -> Written.json(option) + " "
                            + Written.percent((double) values.stream()
                                            .filter(option::equals)
                                            .count()
                                    / values.size()))
                    .collect(Collectors.joining(" "));
        }
        return Written.rounded(at(ascending(parameter, good), 0.5)) + "," + most(parameter, good) + ","
                + most(parameter, all);
    }

    private static String most(Parameter parameter, List<Observation> observations) {
        List<Value> ascending = ascending(parameter, observations);
        return Written.rounded(at(ascending, 0.1)) + " to " + Written.rounded(at(ascending, 0.9));
    }

    private static List<Value> ascending(Parameter parameter, List<Observation> observations) {
        return values(parameter, observations).stream()
                .sorted(Comparator.comparingDouble(parameter::encode))
                .toList();
    }

    /** Of the trials in which it was active. */
    private static List<Value> values(Parameter parameter, List<Observation> observations) {
        return observations.stream()
                .flatMap(observation -> observation.config().find(parameter.name()).stream())
                .toList();
    }

    private static Value at(List<Value> ascending, double share) {
        return ascending.get((int) Math.round(share * (ascending.size() - 1)));
    }
}
