package dev.chiron.prompts.describe;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Category;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the cross-entropy method draws, in the user's units. */
final class DistributionText {

    private final Task task;
    private final Detail detail;

    DistributionText(Task task, Detail detail) {
        this.task = task;
        this.detail = detail;
    }

    String of(OptimizerState.CrossEntropy state) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("moves", state.moves() == 0 ? "none yet" : Integer.toString(state.moves()));
        values.put("axes", axes(state));
        return StateText.text("state-cross-entropy", values);
    }

    private String axes(OptimizerState.CrossEntropy state) {
        List<Parameter> parameters = task.space().parameters();
        List<String> lines = new ArrayList<>();
        lines.add("parameter,mean,one sigma; or the options' probabilities");
        int shown = Math.min(detail.axes(), parameters.size());
        for (int i = 0; i < shown; i++) {
            Parameter parameter = parameters.get(i);
            String drawn = state.categories().stream()
                    .filter(category -> category.name().equals(parameter.name()))
                    .findFirst()
                    .map(category -> options(parameter, category))
                    .orElse(range(
                            parameter, state.means().get(i), state.deviations().get(i)));
            lines.add(Written.line(parameter.name()) + "," + drawn);
        }
        if (shown < parameters.size()) {
            lines.add("(the first " + shown + " of " + parameters.size() + ")");
        }
        return String.join("\n", lines);
    }

    private static String range(Parameter parameter, double mean, double deviation) {
        return Written.rounded(parameter.decode(mean)) + "," + Written.rounded(parameter.decode(mean - deviation))
                + " to " + Written.rounded(parameter.decode(mean + deviation));
    }

    private static String options(Parameter parameter, Category category) {
        return parameter instanceof Choice choice
                ? IntStream.range(0, choice.options().size())
                        .boxed()
                        .sorted(Comparator.comparingDouble(
                                i -> -category.probabilities().get(i)))
                        .map(i -> Written.json(choice.options().get(i)) + " "
                                + Written.percent(category.probabilities().get(i)))
                        .collect(Collectors.joining(" "))
                : "";
    }
}
