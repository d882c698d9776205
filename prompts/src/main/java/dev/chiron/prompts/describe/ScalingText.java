package dev.chiron.prompts.describe;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.costaware.Scaling;
import dev.chiron.optimizers.costaware.Scaling.Move;
import dev.chiron.optimizers.costaware.Scaling.Step;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The front of quality and time, and how the parameters move along it, in the user's units. */
final class ScalingText {

    private static final int MOST_STEPS = 6;
    private static final int DIGITS = 5;

    private final Task task;
    private final Detail detail;

    ScalingText(Task task, Detail detail) {
        this.task = task;
        this.detail = detail;
    }

    String of(OptimizerState.CostAware state) {
        String front = Scaling.of(task.space(), state)
                .map(this::text)
                .orElse("No trial with a time is known yet, so there is no front.");
        return StateText.text("state-cost-aware", Map.of("front", front));
    }

    private String text(Scaling scaling) {
        List<String> lines = new ArrayList<>();
        Objective objective = task.objective();
        int count = scaling.steps().size();
        lines.add("seconds," + Written.line(objective.metric())
                + (count > MOST_STEPS ? " (" + MOST_STEPS + " of the " + count + " trials on the front)" : ""));
        int shown = Math.min(count, MOST_STEPS);
        IntStream.range(0, shown)
                .map(k -> shown == 1 ? 0 : k * (count - 1) / (shown - 1))
                .mapToObj(scaling.steps()::get)
                .forEach(step -> lines.add(seconds(step.cost()) + ","
                        + Numbers.text(objective.loss(step.loss()), DIGITS))); // its own inverse
        lines.add("");
        if (scaling.moves().isEmpty()) {
            lines.add(
                    "There are too few trials on the front, or too alike in time, to say how the parameters move along it.");
        } else {
            lines.addAll(moves(scaling));
        }
        return String.join("\n", lines);
    }

    private List<String> moves(Scaling scaling) {
        List<String> lines = new ArrayList<>();
        List<Step> steps = scaling.steps();
        double cheap = steps.get(0).cost();
        double dear = steps.get(steps.size() - 1).cost();
        lines.add(
                "How the parameters move with the time along the front, by a straight line for each; the last column is the share of the movement"
                        + " that the line explains, and below a third it is hardly one:");
        lines.add("");
        lines.add("parameter,at " + seconds(cheap) + " s,at " + seconds(Math.sqrt(cheap * dear)) + " s,at "
                + seconds(dear) + " s,explained");
        List<Move> moving = scaling.moves().stream()
                .filter(move -> !move.cheap().equals(move.dear()))
                .toList();
        int shown = Math.min(detail.axes(), moving.size());
        moving.subList(0, shown).forEach(move -> lines.add(line(move)));
        if (shown < moving.size()) {
            lines.add("(the first " + shown + " of " + moving.size() + ")");
        }
        if (moving.size() < scaling.moves().size()) {
            lines.add(moving.isEmpty() ? "(none of them moves)" : "The others stay as they are.");
        }
        return lines;
    }

    private static String line(Move move) {
        return Written.line(move.parameter().name()) + "," + written(move.cheap()) + ","
                + move.middle().map(ScalingText::written).orElse("-") + "," + written(move.dear()) + ","
                + move.explained().map(Written::percent).orElse("-");
    }

    private static String written(Value value) {
        return value.asNumber().isPresent() ? Written.rounded(value) : Written.json(value);
    }

    private static String seconds(double cost) {
        return Numbers.text(cost, 3);
    }
}
