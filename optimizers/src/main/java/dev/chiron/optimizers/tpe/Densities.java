package dev.chiron.optimizers.tpe;

import dev.chiron.optimizers.Memory;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * What was observed as densities, l of the good observations and g of the others. Parameters that are active under the same
 * conditions are a {@link Group} with densities of its own; without conditions there is one.
 */
final class Densities {

    private static final int RANKED_ROUNDS = 5; // of as many candidates as are looked for

    private final SearchSpace space;
    private final Axes axes;
    private final Group first; // of what is always active
    private final List<Group> groups = new ArrayList<>();
    private List<Integer> below = List.of(); // the good ones' numbers

    /** @param apart whether each parameter has densities of its own */
    Densities(SearchSpace space, TpeSettings settings, boolean apart) {
        this.space = space;
        this.axes = new Axes(space);
        Map<Set<Map.Entry<String, Set<Value>>>, List<Integer>> together = new LinkedHashMap<>();
        together.put(Set.of(), new ArrayList<>());
        for (int i = 0; i < space.size(); i++) {
            Parameter parameter = space.parameters().get(i);
            Set<Map.Entry<String, Set<Value>>> conditions = conditions(parameter);
            boolean first = conditions.isEmpty() && together.get(Set.of()).isEmpty();
            if (apart && !first) {
                conditions.add(Map.entry(parameter.name(), Set.of())); // a group of its own
            }
            together.computeIfAbsent(conditions, none -> new ArrayList<>()).add(i);
        }
        for (List<Integer> members : together.values()) {
            int[] own = members.stream().mapToInt(Integer::intValue).toArray();
            groups.add(new Group(axes, own, settings));
        }
        this.first = groups.get(0);
    }

    private Set<Map.Entry<String, Set<Value>>> conditions(Parameter parameter) {
        return space.conditions(parameter).stream()
                .map(condition ->
                        Map.<String, Set<Value>>entry(condition.parent(), new LinkedHashSet<>(condition.values())))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A newer observation than all others, which is none of the good ones yet. */
    void add(Config config) {
        double[] places = axes.places(config);
        boolean[] active = space.active(config);
        groups.forEach(group -> group.add(places, group.isActive(active)));
    }

    /** What comes of scoring while the good observations are these, and what runs is among the others. */
    <T> T scored(List<Integer> good, Memory memory, Supplier<T> scoring) {
        split(good, memory);
        int told = first.size();
        memory.pending().forEach(this::add);
        try {
            return scoring.get();
        } finally {
            groups.forEach(group -> group.cut(told));
        }
    }

    private void split(List<Integer> now, Memory memory) {
        if (now.equals(below)) {
            return;
        }
        List<double[]> places = now.stream()
                .map(observation ->
                        axes.places(memory.observations().get(observation).config()))
                .toList();
        for (Group group : groups) {
            below.stream().filter(observation -> !now.contains(observation)).forEach(k -> group.setOther(k, true));
            now.forEach(observation -> group.setOther(observation, false));
            group.setGood(now, places);
        }
        below = now;
    }

    /**
     * Candidates from l, one after the other. They differ in what is always active. Each other group has the best of as many draws
     * as there are candidates: its own score chooses its values, and has no say in the parents' (Bergstra et al. 2011). Where
     * so many were not enough, since few are wanted, the groups take other draws in ever more combinations, and then new ones.
     */
    Candidates candidates(int count, RandomGenerator random) {
        List<List<double[]>> inner = groups.stream()
                .skip(1)
                .map(group -> group.ranked(count, random))
                .toList();
        return drawn -> {
            double[] places = new double[space.size()];
            first.draw(places, random);
            int round = drawn / count;
            for (int i = 0; i < inner.size(); i++) {
                List<double[]> ranked = inner.get(i);
                Group group = groups.get(i + 1);
                if (round < RANKED_ROUNDS) {
                    group.fill(places, ranked.get(random.nextInt(Math.min(ranked.size(), round + 1))));
                } else {
                    group.draw(places, random);
                }
            }
            return axes.config(places);
        };
    }

    /** Draws candidates. */
    interface Candidates {

        /** The next candidate, after so many. */
        Config next(int drawn);
    }

    /** The logarithm of l / g in what is always active, by which candidates are compared. */
    double first(Config config) {
        return first.score(axes.places(config));
    }

    /** The logarithm of l / g in all that is active. */
    double score(Config config) {
        double[] places = axes.places(config);
        boolean[] active = space.active(config);
        return groups.stream()
                .filter(group -> group.isActive(active))
                .mapToDouble(group -> group.score(places))
                .sum();
    }
}
