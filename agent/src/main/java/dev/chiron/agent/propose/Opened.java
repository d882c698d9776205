package dev.chiron.agent.propose;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.facts.Companions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an edit has opened in a search space, and looks at it: the incumbent with one of the opened parameters moved, half of the way to where it may go now
 * and then a quarter, a parameter in turn; new options one after the other. What is published to go with it goes along half of the way. Whoever opens a range
 * expects something there, and a model that has only ever seen one value of a parameter has no reason to vary it.
 *
 * @see Companions
 */
public final class Opened {

    private static final int MOST = 12;
    private static final int MOST_OPTIONS = 4;

    /** Before so many trials everything is still open. */
    private static final int FEWEST = 10;

    private static final double[] SHARES = {0.5, 0.25};

    /** A range that has grown by less than this share has not been opened. */
    private static final double LEAST = 0.01;

    private final SearchSpace space;
    private final List<Look> looks;

    private Opened(SearchSpace space, List<Look> looks) {
        this.space = space;
        this.looks = List.copyOf(looks);
    }

    /** Another value of one parameter; empty where there is none, or it has that value already. */
    private interface Look {
        Optional<Config> of(SearchSpace space, Config incumbent);
    }

    /** What can be searched in the one space and could not in the other; nothing where that was only narrowed. */
    public static Opened between(SearchSpace before, SearchSpace now) {
        List<List<Look>> byParameter = now.parameters().stream()
                .filter(parameter -> !parameter.isFixed())
                .map(parameter -> looks(before.find(parameter.name()), parameter))
                .toList();
        int longest = byParameter.stream().mapToInt(List::size).max().orElse(0);
        List<Look> inTurn = new ArrayList<>();
        for (int round = 0; round < longest; round++) {
            for (List<Look> looks : byParameter) {
                if (round < looks.size()) {
                    inTurn.add(looks.get(round));
                }
            }
        }
        return new Opened(now, inTurn.subList(0, Math.min(MOST, inTurn.size())));
    }

    /** Whether an edit after so many trials has opened anything that they leave to be looked at. */
    public boolean matters(int edited) {
        return size() > 0 && edited >= FEWEST;
    }

    /** How many looks there are. */
    public int size() {
        return looks.size();
    }

    /** Look number {@code k} at the opened space from the incumbent, keeping the constraints; empty if there is nothing to see. */
    Optional<Config> look(int k, Config incumbent) {
        return looks.get(k).of(space, incumbent).filter(config -> !config.equals(incumbent));
    }

    private static List<Look> looks(Optional<Parameter> before, Parameter now) {
        if (now instanceof Choice choice) {
            List<Value> known = before.map(old -> old instanceof Choice same ? same.options() : List.<Value>of())
                    .orElse(List.of());
            return choice.options().stream()
                    .filter(option -> !known.contains(option))
                    .limit(MOST_OPTIONS)
                    .map(option -> together(now, (space, incumbent) -> changed(space, incumbent, now, option)))
                    .toList();
        }
        double lowest = now.encode(now.decode(0)); // on a grid within 0 and 1
        double highest = now.encode(now.decode(1));
        boolean down = before.map(old -> now.encode(clipped(now, old.decode(0))) > lowest + LEAST)
                .orElse(true);
        boolean up = before.map(old -> now.encode(clipped(now, old.decode(1))) < highest - LEAST)
                .orElse(true);
        return Stream.of(SHARES[0], SHARES[1])
                .flatMap(share -> Stream.concat(
                        down ? Stream.of(step(now, -share)) : Stream.empty(),
                        up ? Stream.of(step(now, share)) : Stream.empty()))
                .toList();
    }

    /** A long step takes along what has to go with it, by what is published; a short one is the parameter's alone. */
    private static Look step(Parameter parameter, double share) {
        Look alone = move(parameter, share);
        return Math.abs(share) < SHARES[0] ? alone : together(parameter, alone);
    }

    private static Look together(Parameter parameter, Look alone) {
        return (space, incumbent) -> alone.of(space, incumbent)
                .flatMap(moved -> space.repair(Companions.along(space, incumbent, moved), Set.of(parameter.name())));
    }

    private static Value clipped(Parameter now, Value old) {
        double number = old.asNumber().orElse(0);
        double low = now.decode(0).asNumber().orElse(0);
        double high = now.decode(1).asNumber().orElse(0);
        return number <= low ? now.decode(0) : number >= high ? now.decode(1) : now.nearest(old);
    }

    /** By a share of the way to the end of the range, downwards if it is negative; at least one place of a grid. */
    private static Look move(Parameter parameter, double share) {
        return (space, incumbent) -> incumbent.find(parameter.name()).flatMap(value -> {
            double here = parameter.encode(value);
            double room = share < 0 ? here : 1 - here;
            Value there = parameter.decode(here + share * room);
            if (there.equals(value)) {
                List<Double> grid = parameter.grid();
                int next = Collections.binarySearch(grid, here) + (share < 0 ? -1 : 1);
                if (next < 0 || next >= grid.size()) {
                    return Optional.empty();
                }
                there = parameter.decode(grid.get(next));
            }
            return changed(space, incumbent, parameter, there);
        });
    }

    private static Optional<Config> changed(SearchSpace space, Config incumbent, Parameter parameter, Value value) {
        return incumbent.find(parameter.name()).isEmpty()
                ? Optional.empty()
                : space.repair(space.with(incumbent, parameter.name(), value), Set.of(parameter.name()));
    }
}
