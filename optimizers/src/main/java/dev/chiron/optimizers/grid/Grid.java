package dev.chiron.optimizers.grid;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * All combinations of the parameters' places, numbered so that the first of them are spread out. A number is read digit by digit,
 * each the place of one parameter: one that is not active has a single digit, so that no config comes twice, and numbers that have
 * more digits than there are parameters stand for nothing. Each digit is shifted by those before it (as in Owen 1995), and parameters come in
 * random order: so the first few points have all places of one parameter, more of them all pairs with another, and the rest at random. Parents
 * come before what depends on them, so that each branch of a conditional space has its share of the points as long as it lasts.
 */
final class Grid {

    /** Beyond so many combinations of parents the longest number is not worked out. */
    private static final int MOST_BRANCHES = 4096;

    private final SearchSpace space;
    private final Places places;
    private final int[] order; // parents first
    private final int parents;
    private final long seed;
    private final OptionalInt refined; // the parameter that this grid has more places of than the one before
    private final double[] before; // its places then
    private final long size;

    private Grid(SearchSpace space, Places places, long seed, OptionalInt refined, double[] before) {
        this.space = space;
        this.places = places;
        this.seed = seed;
        this.refined = refined;
        this.before = before;
        List<Integer> first = space.parents();
        List<Integer> rest = new ArrayList<>(IntStream.range(0, space.size())
                .boxed()
                .filter(axis -> !first.contains(axis))
                .toList());
        Collections.shuffle(rest, new Random(seed));
        this.parents = first.size();
        this.order = IntStream.concat(
                        first.stream().mapToInt(Integer::intValue),
                        rest.stream().mapToInt(Integer::intValue))
                .toArray();
        long branches = Arrays.stream(order)
                .limit(parents)
                .mapToLong(axis -> places.of(axis).length)
                .reduce(1, Grid::times);
        this.size = branches > MOST_BRANCHES
                ? Arrays.stream(order).mapToLong(axis -> places.of(axis).length).reduce(1, Grid::times)
                : longest(0, new double[space.size()]);
    }

    /** The grid after so many refinements of the coarsest one; empty if there are fewer. */
    static Optional<Grid> of(SearchSpace space, Prior prior, long seed, int refinements) {
        Places places = new Places(space.parameters(), prior);
        OptionalInt refined = OptionalInt.empty();
        double[] before = {};
        for (int k = 0; k < refinements; k++) {
            List<double[]> all =
                    IntStream.range(0, space.size()).mapToObj(places::of).toList();
            refined = places.refine();
            if (refined.isEmpty()) {
                return Optional.empty();
            }
            before = all.get(refined.getAsInt());
        }
        return Optional.of(new Grid(space, places, seed, refined, before));
    }

    /** All numbers are below this. */
    long size() {
        return size;
    }

    /** How many places each parameter has. */
    List<Integer> sizes() {
        return places.sizes();
    }

    /** The config of a number, from 0; empty if there is none, or the grid before this one had it. */
    Optional<Config> config(long number) {
        double[] point = new double[order.length];
        boolean[] active = {};
        long left = number;
        long path = seed;
        boolean isNew = refined.isEmpty();
        for (int k = 0; k < order.length; k++) {
            int axis = order[k];
            active = k <= parents ? space.active(point) : active;
            double[] all = places.of(axis);
            int radix = active[axis] ? all.length : 1;
            int digit = (int) ((left % radix + Math.floorMod(path, radix)) % radix);
            left /= radix;
            point[axis] = all[digit];
            path = new SplitMix(path + digit).nextLong();
            isNew |= active[axis] && axis == refined.orElse(-1) && Arrays.binarySearch(before, point[axis]) < 0;
        }
        return left == 0 && isNew ? Optional.of(space.decode(point)) : Optional.empty();
    }

    /** How many numbers the branches from here on have at most. */
    private long longest(int k, double[] point) {
        boolean[] active = space.active(point);
        if (k == parents) {
            return Arrays.stream(order)
                    .filter(axis -> active[axis])
                    .mapToLong(axis -> places.of(axis).length)
                    .reduce(1, Grid::times);
        }
        if (!active[order[k]]) {
            return longest(k + 1, point);
        }
        long most = 0;
        for (double place : places.of(order[k])) {
            double[] there = point.clone();
            there[order[k]] = place;
            most = Math.max(most, longest(k + 1, there));
        }
        return most;
    }

    /** No more than a long can be. */
    private static long times(long one, long other) {
        return one > Long.MAX_VALUE / other ? Long.MAX_VALUE : one * other;
    }
}
