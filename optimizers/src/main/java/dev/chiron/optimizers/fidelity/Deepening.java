package dev.chiron.optimizers.fidelity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Hyperband whose largest budget need not be known (Brandt et al. 2023, arXiv 2302.00511): it begins with one, and each deepening
 * multiplies it by η. No evaluation is lost by that: every bracket gets new candidates and one rung more, one bracket is added, and only what
 * is missing is evaluated. Without a deepening it is Hyperband (Li et al. 2018).
 *
 * <p>Candidates are numbers: whose they are, and what they are made of, is the caller's. The lower loss wins, of equals the earlier
 * candidate; a failure is told as an infinite loss. Mutable; for one thread. Deterministic: what is open depends on what was told alone.
 */
public final class Deepening {

    /** What becomes of the promotions of before a deepening. */
    public enum Variant {
        /** They are made again from all candidates: the same as to begin anew with the larger budget. */
        DISCARDING,
        /** Who has a value at a rung is ranked there again, promoted or not. */
        PRESERVING,
        /** They stand, and only what is left of the places is given anew: the cheapest. */
        EFFICIENT
    }

    /**
     * An evaluation that is wanted.
     *
     * @param bracket from 0
     * @param candidate of that bracket, from 0
     * @param rung of that bracket, from 0
     * @param budget what it gets
     */
    public record Job(int bracket, int candidate, int rung, double budget) {}

    /**
     * An evaluation at the largest budget.
     *
     * @param loss finite
     */
    public record Whole(int bracket, int candidate, double loss) {}

    private final int reduction;
    private final Variant variant;
    private double most;
    private List<Bracket> brackets;
    private final List<List<Map<Integer, Double>>> losses = new ArrayList<>(); // by bracket and rung, of each candidate

    /**
     * At its beginning.
     *
     * @param most the first largest budget, 1 or more
     * @param reduction η, 2 or more
     */
    public Deepening(double most, int reduction, Variant variant) {
        this.reduction = reduction;
        this.variant = variant;
        this.most = most;
        this.brackets = Bracket.of(most, reduction);
        makeRoom();
    }

    private void makeRoom() {
        for (int bracket = 0; bracket < brackets.size(); bracket++) {
            if (bracket == losses.size()) {
                losses.add(new ArrayList<>());
            }
            while (losses.get(bracket).size() <= brackets.get(bracket).halvings()) {
                losses.get(bracket).add(new LinkedHashMap<>());
            }
        }
    }

    /** The largest budget now. */
    public double most() {
        return most;
    }

    /** Multiplies the largest budget by η. */
    public void deepen() {
        most *= reduction;
        brackets = Bracket.of(most, reduction);
        makeRoom();
    }

    /** What can be evaluated now, side by side or in order: of each bracket what is missing at the first rung that is not full. */
    public List<Job> open() {
        List<Job> open = new ArrayList<>();
        for (int bracket = 0; bracket < brackets.size(); bracket++) {
            open.addAll(open(bracket));
        }
        return open;
    }

    private List<Job> open(int number) {
        Bracket bracket = brackets.get(number);
        List<Integer> here = IntStream.range(0, bracket.candidates()).boxed().toList();
        for (int rung = 0; rung <= bracket.halvings(); rung++) {
            Map<Integer, Double> known = losses.get(number).get(rung);
            double budget = bracket.budget(rung);
            int at = rung;
            List<Job> missing = here.stream()
                    .filter(candidate -> !known.containsKey(candidate))
                    .map(candidate -> new Job(number, candidate, at, budget))
                    .toList();
            if (!missing.isEmpty()) {
                return missing;
            }
            here = rung < bracket.halvings() ? promoted(number, rung, here) : here;
        }
        return List.of();
    }

    /** Who goes on from a rung at which all of these have a loss. */
    private List<Integer> promoted(int bracket, int rung, List<Integer> here) {
        int places = brackets.get(bracket).count(rung + 1);
        Map<Integer, Double> known = losses.get(bracket).get(rung);
        Set<Integer> going = new LinkedHashSet<>();
        Set<Integer> ranked = new LinkedHashSet<>(here);
        if (variant == Variant.EFFICIENT) {
            going.addAll(losses.get(bracket).get(rung + 1).keySet());
        } else if (variant == Variant.PRESERVING) {
            ranked.addAll(known.keySet());
        }
        ranked.stream()
                .filter(candidate -> !going.contains(candidate))
                .sorted(Comparator.<Integer>comparingDouble(known::get).thenComparing(candidate -> candidate))
                .limit(Math.max(0, places - going.size()))
                .toList()
                .forEach(going::add);
        return List.copyOf(going);
    }

    /**
     * An evaluation has ended.
     *
     * @param loss infinite if it failed
     * @throws IllegalArgumentException if the loss is no number, or the job is known already
     */
    public void tell(Job job, double loss) {
        Map<Integer, Double> known = losses.get(job.bracket()).get(job.rung());
        if (Double.isNaN(loss) || known.containsKey(job.candidate())) {
            throw new IllegalArgumentException(job + " with " + loss);
        }
        known.put(job.candidate(), loss);
    }

    /** The best at the largest budget; empty if nothing came to it. */
    public Optional<Whole> best() {
        List<Whole> whole = new ArrayList<>();
        for (int i = 0; i < brackets.size(); i++) {
            int bracket = i;
            losses.get(i).get(brackets.get(i).halvings()).forEach((candidate, loss) -> {
                if (Double.isFinite(loss)) {
                    whole.add(new Whole(bracket, candidate, loss));
                }
            });
        }
        return whole.stream()
                .min(Comparator.comparingDouble(Whole::loss)
                        .thenComparing(Whole::bracket)
                        .thenComparing(Whole::candidate));
    }
}
