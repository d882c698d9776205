package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what is tuned: the metric of {@code metric:}, whose settings may be given elsewhere too, the further ones where that is a list, and what must
 * hold of them by {@code feasible:}.
 */
final class ObjectiveReader {

    static final String METRIC = "metric";
    static final String FEASIBLE = "feasible";

    private static final int MOST_CONDITIONS = 20;
    private static final int LONGEST_CONDITION = 500;
    private static final String NAME =
            "[A-Za-z_][A-Za-z0-9_./-]{0,60}"; // what is noticed in a run's output beside the metric
    private static final String EXAMPLE = "[ { name: val_loss }, { name: latency_ms, goal: minimize } ]";

    private final Section root;

    ObjectiveReader(Section root) {
        this.root = root;
    }

    /** The keys of the metric, of several those of the first; empty if there is none. */
    static Optional<Entry> first(Section root) {
        return root.find(METRIC)
                .map(entry -> entry.isList() ? entry.list(EXAMPLE).stream().findFirst() : Optional.of(entry))
                .orElse(Optional.empty());
    }

    /** Whether the task has several objectives. */
    static boolean isSeveral(Section root) {
        return root.find(METRIC)
                .filter(entry -> entry.isList() && entry.list(EXAMPLE).size() > 1)
                .isPresent();
    }

    /** @param first the metric and its goal, as the settings have them */
    Objective read(Objective first, SearchSpace space) {
        List<Objective> further = new ArrayList<>();
        List<Entry> entries = root.find(METRIC)
                .filter(Entry::isList)
                .map(entry -> entry.list(EXAMPLE))
                .orElse(List.of());
        if (entries.size() > Objective.MOST) {
            throw entries.get(Objective.MOST)
                    .place()
                    .bad("more than " + Objective.MOST
                            + " objectives, of which nearly every trial would be among the best; "
                            + "keep those that matter, and put the others under " + FEASIBLE + ":");
        }
        for (Entry entry : entries.subList(Math.min(1, entries.size()), entries.size())) {
            further.add(further(entry, first, further));
        }
        return new Objective(first.metric(), first.goal(), further, conditions(space));
    }

    private static Objective further(Entry entry, Objective first, List<Objective> before) {
        Section section = entry.section("{ name: latency_ms, goal: minimize }");
        section.find("from").ifPresent(from -> {
            throw from.place()
                    .bad(
                            "only the first metric has a from: the others are looked for where that one is found; take it out");
        });
        section.only(List.of("name", "goal"));
        Scalar name = section.need("name", "name: latency_ms").scalar();
        if (!name.words().matches(NAME)) {
            throw name.bad(
                    name.shown()
                            + " is no name that is noticed beside the first metric: letters, digits and _ . / - after a letter or _");
        }
        boolean twice = first.metric().equals(name.words())
                || before.stream().anyMatch(other -> other.metric().equals(name.words()));
        if (twice) {
            throw name.bad(name.shown() + " is an objective already; name each once");
        }
        List<Objective.Goal> goals = List.of(Objective.Goal.values());
        Objective.Goal goal = section.find("goal")
                .map(Entry::scalar)
                .map(text -> goals.get(goals.stream()
                        .map(Objective.Goal::label)
                        .toList()
                        .indexOf(text.oneOf(
                                goals.stream().map(Objective.Goal::label).toList()))))
                .orElse(Objective.Goal.MINIMIZE);
        return new Objective(name.words(), goal);
    }

    private List<Constraint> conditions(SearchSpace space) {
        List<Constraint> conditions = new ArrayList<>();
        Optional<Entry> list = root.find(FEASIBLE);
        if (list.isEmpty()) {
            return conditions;
        }
        for (Entry entry : list.get().list("[ \"peak_vram_mb <= 40000\" ]")) {
            conditions.add(condition(entry.scalar(), space));
            if (conditions.size() > MOST_CONDITIONS) {
                throw entry.place().bad("more than " + MOST_CONDITIONS + " conditions");
            }
        }
        return conditions;
    }

    private static Constraint condition(Scalar text, SearchSpace space) {
        if (text.words().length() > LONGEST_CONDITION) {
            throw text.bad("is longer than " + LONGEST_CONDITION + " characters; split it");
        }
        Constraint condition;
        try {
            condition = Constraint.parse(text.words());
        } catch (IllegalArgumentException e) {
            throw text.bad(String.valueOf(e.getMessage()));
        }
        if (condition.names().isEmpty()) {
            throw text.bad("names no metric; write one such as peak_vram_mb <= 40000");
        }
        condition.names().stream()
                .filter(name -> space.find(name).isPresent())
                .findFirst()
                .ifPresent(name -> {
                    throw text.bad(name + " is a parameter, and these are conditions on metrics: those on parameters "
                            + "stand under constraints:");
                });
        return condition;
    }
}
