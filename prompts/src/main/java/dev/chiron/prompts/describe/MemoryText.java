package dev.chiron.prompts.describe;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
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

    private final Task task;
    private final Detail detail;

    MemoryText(Task task, Detail detail) {
        this.task = task;
        this.detail = detail;
    }

    String of(String optimizer, OptimizerState.Memory memory) {
        List<Observation> measured = memory.observations().stream()
                .filter(observation -> observation.kind() == Observation.Kind.MEASURED)
                .sorted(Comparator.comparingDouble(Observation::loss))
                .toList();
        int count = Math.min(measured.size(), Math.max(FEWEST, (int) Math.ceil(GOOD * measured.size())));
        List<Observation> good = measured.subList(0, count);
        int failed = memory.observations().size() - measured.size();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("optimizer", optimizer);
        values.put(
                "told", measured.size() + " trials with a value" + (failed == 0 ? "" : " and " + failed + " without"));
        values.put("good", Integer.toString(count));
        values.put("axes", good.isEmpty() ? "No trial has a value yet." : axes(good));
        return StateText.text("state-model", values);
    }

    private String axes(List<Observation> good) {
        List<String> lines = new ArrayList<>();
        lines.add("parameter,middle,from 10 % to 90 %");
        List<Parameter> parameters = task.space().parameters();
        for (Parameter parameter : parameters.subList(0, Math.min(detail.axes(), parameters.size()))) {
            lines.add(Written.line(parameter.name()) + "," + line(parameter, good));
        }
        if (lines.size() <= parameters.size()) {
            lines.add("(the first " + (lines.size() - 1) + " of " + parameters.size() + ")");
        }
        return String.join("\n", lines);
    }

    private static String line(Parameter parameter, List<Observation> good) {
        List<Value> values = good.stream()
                .map(observation -> observation.config().get(parameter.name()))
                .toList();
        if (parameter instanceof Choice choice && !choice.ordered()) {
            return choice.options().stream()
                    .map(option -> Written.json(option) + " "
                            + Written.percent((double) values.stream()
                                            .filter(option::equals)
                                            .count()
                                    / values.size()))
                    .collect(Collectors.joining(" "));
        }
        List<Value> ascending = values.stream()
                .sorted(Comparator.comparingDouble(parameter::encode))
                .toList();
        return Written.rounded(at(ascending, 0.5)) + "," + Written.rounded(at(ascending, 0.1)) + " to "
                + Written.rounded(at(ascending, 0.9));
    }

    private static Value at(List<Value> ascending, double share) {
        return ascending.get((int) Math.round(share * (ascending.size() - 1)));
    }
}
