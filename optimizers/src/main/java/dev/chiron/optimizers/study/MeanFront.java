package dev.chiron.optimizers.study;

import dev.chiron.optimizers.pareto.Dominance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The front of several objectives where configs are run again: of the means of all runs of each. A config whose mean no other's beats is run again,
 * the one with the fewest runs first, until it has all its repeats or its mean is beaten; so what is on the front by one lucky run leaves it, and may
 * come back when what beat it turns out to have been luckier still.
 *
 * <p>The front is of the configs that have all their repeats; until there is one, of all. A config of which a run failed or broke a condition is on none.
 */
final class MeanFront {

    private final Objective objective;
    private final int repeats;
    private final Map<Change.Key, Member> known = new LinkedHashMap<>();
    private List<Member> leading = List.of(); // whom none beats, however often it was run

    private record Member(Trial first, Runs runs) {}

    /** @param repeats how often a config is run again, 1 or more */
    MeanFront(Objective objective, int repeats) {
        this.objective = objective;
        this.repeats = repeats;
    }

    /**
     * A config was run, for the first time or again.
     *
     * @param first the trial that ran it first
     * @param runs all of its runs, which change with each
     */
    void add(Trial first, Runs runs) {
        Change.Key key = first.change().key();
        boolean isNew = !known.containsKey(key);
        Member member = new Member(first, runs);
        if (runs.failed() > 0 || runs.measured() == 0) {
            known.remove(key);
            leading = isNew ? leading : unbeaten();
            return;
        }
        known.put(key, member);
        boolean beaten = isNew && leading.stream().anyMatch(other -> beats(other, member));
        leading = beaten ? leading : unbeaten();
    }

    private List<Member> unbeaten() {
        List<Member> all = List.copyOf(known.values());
        return Dominance.front(all.stream().map(this::losses).toList()).stream()
                .map(all::get)
                .toList();
    }

    private boolean beats(Member one, Member other) {
        return Dominance.dominates(losses(one), losses(other));
    }

    private double[] losses(Member member) {
        return objective.losses(member.runs().means());
    }

    private boolean isConfirmed(Member member) {
        return member.runs().count() > repeats;
    }

    /** The first trials of the configs on the front, in the order in which they were run first; of equal ones the first. */
    List<Trial> front() {
        List<Member> confirmed =
                known.values().stream().filter(this::isConfirmed).toList();
        List<Member> among = confirmed.isEmpty() ? leading : confirmed;
        List<double[]> losses = among.stream().map(this::losses).toList();
        List<Trial> front = new ArrayList<>();
        List<double[]> taken = new ArrayList<>();
        for (int place : Dominance.front(losses)) {
            double[] own = losses.get(place);
            if (taken.stream().noneMatch(other -> Arrays.equals(other, own))) {
                taken.add(own);
                front.add(among.get(place).first());
            }
        }
        return front;
    }

    /** The first trials of the configs whose means none beats and that have not all their repeats yet. */
    List<Trial> unconfirmed() {
        return known.size() < 2
                ? List.of()
                : leading.stream()
                        .filter(member -> !isConfirmed(member))
                        .map(Member::first)
                        .toList();
    }

    /** The trial whose config is run again next; empty where there is nothing to compare, or all on the front have their repeats. */
    Optional<Trial> rerun() {
        return known.size() < 2
                ? Optional.empty()
                : leading.stream()
                        .filter(member -> !isConfirmed(member))
                        .min(Comparator.comparingInt(member -> member.runs().count()))
                        .map(Member::first);
    }
}
