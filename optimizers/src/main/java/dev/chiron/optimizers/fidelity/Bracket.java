package dev.chiron.optimizers.fidelity;

import java.util.ArrayList;
import java.util.List;

/**
 * One run of successive halving: many candidates at a small budget, of which one in so many goes on to a budget as many times as large.
 *
 * @param reduction η, 2 or more
 * @param candidates how many begin
 * @param lowest the budget of the first rung, in whatever the budget is counted
 * @param halvings how many rungs follow the first
 */
public record Bracket(int reduction, int candidates, double lowest, int halvings) {

    private static final double ROUNDING = 1e-9; // a logarithm may fall short of a whole number

    /**
     * Hyperband's brackets (Li et al. 2018, algorithm 1), the one with the most candidates first.
     *
     * @param most the budget of a whole training, 1 or more: the largest
     */
    public static List<Bracket> of(double most, int reduction) {
        int top = (int) Math.floor(Math.log(most) / Math.log(reduction) + ROUNDING);
        List<Bracket> brackets = new ArrayList<>();
        for (int halvings = top; halvings >= 0; halvings--) {
            double share = Math.pow(reduction, halvings);
            int candidates = (int) Math.ceil((top + 1) * share / (halvings + 1) - ROUNDING);
            brackets.add(new Bracket(reduction, candidates, most / share, halvings));
        }
        return brackets;
    }

    /** How many candidates come to a rung, from 0. */
    public int count(int rung) {
        return (int) Math.floor(candidates / Math.pow(reduction, rung) + ROUNDING);
    }

    /** What each of them gets there. */
    public double budget(int rung) {
        return lowest * Math.pow(reduction, rung);
    }

    /** What all of it takes, every training from its beginning. */
    public double cost() {
        double cost = 0;
        for (int rung = 0; rung <= halvings; rung++) {
            cost += count(rung) * budget(rung);
        }
        return cost;
    }
}
