package dev.chiron.agent.mcp;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.LlmSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Steering;
import dev.chiron.optimizers.space.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Steering a study: what holds from the next trial on, and is kept in its journal. */
record SteerTools(Desk desk) {

    private static final List<String> ACTIONS = List.of(
            "note",
            "forget_notes",
            "pin",
            "unpin",
            "range",
            "options",
            "ban",
            "add",
            "drop",
            "share",
            "model",
            "budget");

    List<Tool> tools() {
        return List.of(new Tool(
                "steer",
                "Steer a study",
                "Changes what a study does from its next trial on, and keeps that in its journal. `note`: a text that the "
                        + "task's model reads in its next prompts. `pin`: a parameter keeps a value; `unpin` tunes it again. "
                        + "`range` (low, high) and `options`: other bounds or options of a parameter. `ban`: configs for which "
                        + "a comparison holds are not proposed any more. `add`: a constant of the script is tuned as well; "
                        + "`drop`: a parameter is not tuned any more. `share`: the model's share of the turns. `model`: another "
                        + "model takes the model's turns. `budget`: other bounds. `cancel` takes the last steering back by its number. Tell your user what you steer.",
                Tool.Effect.CHANGES,
                List.of(
                        Given.study(),
                        Field.choice("action", ACTIONS, "What to do.").needed(),
                        Field.text("parameter", "The parameter, for pin, unpin, range, options, add and drop."),
                        Field.text("value", "The value, for pin."),
                        Field.number("low", "The lower bound, for range."),
                        Field.number("high", "The upper bound, for range."),
                        Field.texts("options", "The options, for options."),
                        Field.text(
                                "text",
                                "For note the text; for ban a comparison such as DEPTH > 12; for add a definition such as "
                                        + "{ type: float, low: 0, high: 0.5 }; for share a number from 0 to 1, or adaptive; for "
                                        + "model none, builtin, perturb or one that the task file names."),
                        Field.whole("trials", 1, 1_000_000, "For budget: trials in all, the baseline included."),
                        Field.whole("train_seconds", 1, Integer.MAX_VALUE, "For budget: seconds of training in all.")),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    if (!seat.hasBegun()) {
                        throw new BadInput("nothing was run yet: call `run_trial` first, or change the task file");
                    }
                    return Answer.of(RunTools.steered(
                            seat,
                            wish(
                                    arguments,
                                    seat.inForce(caller),
                                    seat.spec().llm().models()),
                            caller));
                }));
    }

    /** @param named the models of the task file */
    private static Steering wish(Arguments arguments, Spec spec, List<String> named) {
        String action = arguments.needed("action");
        return switch (action) {
            case "note" -> new Steering.Note(needed(arguments, "text"));
            case "forget_notes" -> new Steering.Forget();
            case "pin" -> new Steering.Pin(parameter(arguments), value(arguments, spec, needed(arguments, "value")));
            case "unpin" -> new Steering.Unpin(parameter(arguments));
            case "range" ->
                new Steering.Range(
                        parameter(arguments),
                        number(arguments, spec, arguments.number("low")),
                        number(arguments, spec, arguments.number("high")));
            case "options" ->
                new Steering.Options(
                        parameter(arguments),
                        arguments.texts("options").stream()
                                .map(text -> value(arguments, spec, text))
                                .toList());
            case "ban" -> new Steering.Ban(needed(arguments, "text"));
            case "add" -> new Steering.Add(parameter(arguments), needed(arguments, "text"));
            case "drop" -> new Steering.Drop(parameter(arguments));
            case "share" -> new Steering.Share(share(needed(arguments, "text")));
            case "model" -> model(needed(arguments, "text"), named);
            case "budget" ->
                new Steering.Limit(
                        arguments.whole("trials"), seconds(arguments.whole("train_seconds")), OptionalDouble.empty());
            default -> throw new AssertionError(action);
        };
    }

    private static Steering model(String text, List<String> named) {
        List<String> others = new ArrayList<>(LlmSpec.models(text));
        others.removeAll(named);
        Desk.requireHarmless(others);
        return new Steering.Model(text);
    }

    private static Optional<Duration> seconds(OptionalInt seconds) {
        return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsInt())) : Optional.empty();
    }

    private static String needed(Arguments arguments, String name) {
        return arguments
                .text(name)
                .orElseThrow(() -> new BadInput("steer " + arguments.needed("action") + " needs `" + name + "`"));
    }

    private static String parameter(Arguments arguments) {
        return needed(arguments, "parameter");
    }

    private static OptionalDouble share(String text) {
        if (text.equals("adaptive")) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new BadInput("a share is a number from 0 to 1, or adaptive, not " + text, e);
        }
    }

    private static Value number(Arguments arguments, Spec spec, OptionalDouble given) {
        if (given.isEmpty()) {
            throw new BadInput("steer range needs `low` and `high`");
        }
        return Check.value(spec.space().find(parameter(arguments)), given.getAsDouble());
    }

    private static Value value(Arguments arguments, Spec spec, String text) {
        return Check.value(spec.space().find(parameter(arguments)), text);
    }
}
