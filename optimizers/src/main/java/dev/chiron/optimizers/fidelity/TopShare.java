package dev.chiron.optimizers.fidelity;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The best so-manieth of what was added, and which of these was not taken yet. Of equals the earlier is better; an infinite loss is never given. */
final class TopShare<T> {

    private record Ranked<T>(T item, double loss, int number) {}

    private final Comparator<Ranked<T>> order =
            Comparator.comparingDouble((Ranked<T> one) -> one.loss()).thenComparingInt(Ranked::number);
    private final TreeSet<Ranked<T>> best = new TreeSet<>(order);
    private final TreeSet<Ranked<T>> rest = new TreeSet<>(order);
    private final TreeSet<Ranked<T>> open = new TreeSet<>(order); // of the best, what was not taken
    private final Map<T, Ranked<T>> all = new HashMap<>();
    private final Set<T> taken = new HashSet<>();

    /** @param reduction the best one in so many are the best */
    void add(T item, double loss, int reduction) {
        Ranked<T> added = new Ranked<>(item, loss, all.size());
        all.put(item, added);
        rest.add(added);
        if (!best.isEmpty() && order.compare(rest.first(), best.last()) < 0) {
            enter(rest.first());
            Ranked<T> left = best.last();
            best.remove(left);
            open.remove(left);
            rest.add(left);
        }
        if (best.size() < all.size() / reduction) {
            enter(rest.first());
        }
    }

    private void enter(Ranked<T> one) {
        rest.remove(one);
        best.add(one);
        if (!taken.contains(one.item()) && Double.isFinite(one.loss())) {
            open.add(one);
        }
    }

    /** The best that was not taken; empty if all of the share were. */
    Optional<T> first() {
        return open.isEmpty() ? Optional.empty() : Optional.of(open.first().item());
    }

    /** It is not to be given again. */
    void take(T item) {
        taken.add(item);
        Ranked<T> known = all.get(item);
        if (known != null) {
            open.remove(known);
        }
    }
}
