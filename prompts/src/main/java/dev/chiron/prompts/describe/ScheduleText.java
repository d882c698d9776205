package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.ProgressSchedule.Shape;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.List;
import java.util.stream.Collectors;

/** What schedules are, for a model that writes them as lists. */
final class ScheduleText {

    private ScheduleText() {}

    /** {@code list of 4 by progress (steps at 0, 0.25, 0.5, 0.75), each float in [0.001, 0.1], log scale}. */
    static String range(ProgressSchedule schedule, List<Parameter> pieces) {
        List<String> ranges =
                pieces.stream().map(Parameter::describe).distinct().toList();
        return "list of " + pieces.size() + " by progress (" + schedule.shape().label() + " at "
                + String.join(", ", schedule.points()) + "), "
                + (ranges.size() == 1
                        ? "each " + ranges.get(0)
                        : pieces.stream().map(Parameter::describe).collect(Collectors.joining("; ")));
    }

    /** A paragraph on the schedules of a space; nothing where there is none. */
    static String of(SearchSpace space) {
        return space.schedules().stream()
                .map(schedule -> "\n- " + Written.line(schedule.name()) + ": " + between(schedule)
                        + " Elsewhere its values are called "
                        + schedule.pieces().stream().map(Written::line).collect(Collectors.joining(", ")) + ".")
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(),
                        list -> list.isEmpty()
                                ? ""
                                : "\n\nThese change while a run goes from progress 0 to 1; a list of equal values stays"
                                        + " constant:" + list));
    }

    private static String between(ProgressSchedule schedule) {
        return schedule.shape() == Shape.STEPS
                ? "each value holds from its progress until the next."
                : "straight lines from one value to the next.";
    }
}
