package dev.chiron.agent.mcp;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Nearest;
import dev.chiron.optimizers.feasibility.Feasibility;
import dev.chiron.optimizers.feasibility.Flaw;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.reply.ReplyReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be said of a config before it is run.
 *
 * @param broken the constraints that it breaks
 * @param repaired one near it that keeps them, if it breaks any and there is one
 * @param before the trial that ran it
 * @param failure the probability that it fails or is infeasible, by the trials that were; 0 before any was
 * @param flaw how it will most probably fail, or what it will break
 */
record Check(
        Config config,
        List<String> broken,
        Optional<Config> repaired,
        Optional<Trial> before,
        double failure,
        Optional<Flaw> flaw) {

    /** As an optimizer refuses its own configs, so that both are held to the same. */
    static final double DOUBTFUL = 0.6;

    /**
     * Looks at a config.
     *
     * @param given values by name; what is left out is as in the best trial so far, or as in the baseline
     * @throws BadInput naming each value that is no value of its parameter
     */
    static Check of(Map<String, Object> given, SearchSpace space, Config baseline, History history) {
        Map<String, Value> values = new LinkedHashMap<>(
                space.filled(history.incumbent().map(Trial::config).orElse(baseline)));
        List<String> names = space.parameters().stream().map(Parameter::name).toList();
        List<String> problems = new ArrayList<>();
        given.forEach((name, value) -> {
            Optional<Parameter> parameter = space.find(name);
            Optional<ProgressSchedule> schedule = space.schedule(name);
            if (schedule.isPresent()) {
                ofSchedule(schedule.get(), value)
                        .ifPresentOrElse(
                                values::putAll,
                                () -> problems.add(name + " is a schedule: give it a number, a list of "
                                        + schedule.get().points().size() + " numbers, or a text as "
                                        + schedule.get().example()));
            } else if (parameter.isEmpty()) {
                problems.add("no parameter `" + name + "`" + Nearest.hint(name, names));
            } else {
                values.put(name, value(parameter.get(), value));
            }
        });
        problems.addAll(space.problems(values));
        if (!problems.isEmpty()) {
            throw new BadInput("no config of this study: " + String.join("; ", problems));
        }
        Config config = space.config(values);
        List<String> broken =
                space.broken(config).stream().map(Constraint::text).toList();
        Feasibility feasibility = Feasibility.learn(space, history.known());
        return new Check(
                config,
                broken,
                broken.isEmpty() ? Optional.empty() : space.repair(config, kept(given.keySet(), space)),
                new ReplyReader(space).isRepeat(config, history) ? history.find(config) : Optional.empty(),
                feasibility.failure(config),
                feasibility.likeliest(config));
    }

    /** The values of a schedule's pieces: one for each, or one for all; empty where what is given is no such thing. */
    private static Optional<Map<String, Value>> ofSchedule(ProgressSchedule schedule, Object given) {
        if (!(given instanceof List<?> list)) {
            return schedule.values(String.valueOf(given)).map(schedule::assigned);
        }
        List<Value> values =
                list.stream().map(one -> value(Optional.empty(), one)).toList();
        return values.size() == schedule.points().size() ? Optional.of(schedule.assigned(values)) : Optional.empty();
    }

    /** A value as it stands in an argument, for a parameter that may not be there. */
    static Value value(Optional<Parameter> parameter, Object given) {
        if (parameter.isPresent()) {
            return value(parameter.get(), given);
        }
        try {
            double number = Double.parseDouble(String.valueOf(given));
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? new Value.Whole((long) number)
                    : new Value.Real(number);
        } catch (IllegalArgumentException e) {
            return new Value.Text(String.valueOf(given));
        }
    }

    /** Numbers come as texts from some models, and whole ones with a point from others. */
    private static Value value(Parameter parameter, Object given) {
        if (parameter instanceof Parameter.Choice choice) {
            return choice.options().stream()
                    .filter(option -> option.text().equals(String.valueOf(given)))
                    .findFirst()
                    .orElseGet(() -> new Value.Text(String.valueOf(given)));
        }
        try {
            double number = Double.parseDouble(String.valueOf(given));
            return number == Math.rint(number) && Math.abs(number) < 1e15 && parameter instanceof Parameter.Whole
                    ? new Value.Whole((long) number)
                    : new Value.Real(number);
        } catch (NumberFormatException e) {
            return new Value.Text(String.valueOf(given));
        } catch (IllegalArgumentException e) {
            throw new BadInput(parameter.name() + ": " + e.getMessage(), e);
        }
    }

    /** What a repair leaves alone if it can: what was given, of a schedule all pieces. */
    private static Set<String> kept(Set<String> given, SearchSpace space) {
        return space.parameters().stream()
                .map(Parameter::name)
                .filter(name -> given.contains(name) || given.contains(ProgressSchedule.inScript(name)))
                .collect(Collectors.toSet());
    }

    boolean isDoubtful() {
        return failure > DOUBTFUL;
    }

    /** Why it is not worth a trial, in words; empty if it may be. */
    List<String> objections() {
        List<String> objections = new ArrayList<>();
        broken.forEach(constraint -> objections.add("it breaks the constraint " + constraint));
        before.ifPresent(trial -> objections.add("trial " + trial.number() + " ran exactly these values ("
                + trial.outcome().status() + ")"));
        if (isDoubtful()) {
            boolean fails = flaw.flatMap(Flaw::reason).isPresent();
            objections.add("it will probably " + (fails ? "fail" : "be infeasible")
                    + flaw.map(how -> " (" + how.label() + ")").orElse("") + ": like trials that "
                    + (fails ? "did" : "were") + ", with " + Math.round(100 * failure) + " %");
        }
        return objections;
    }
}
