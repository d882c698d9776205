package dev.chiron.optimizers.fidelity;

import dev.chiron.optimizers.fidelity.Deepening.Job;
import dev.chiron.optimizers.fidelity.Deepening.Variant;
import dev.chiron.optimizers.space.Config;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hyperband (Li et al. 2018) again and again, or first the one whose largest budget grows (Brandt et al. 2023) until it is a whole training.
 *
 * <p>The brackets of a pass are filled in order; where all that could be run is running, the next one begins, and after the last the next pass,
 * so that no worker waits. Promotions are those of Hyperband: of a rung that is full. What failed is promoted by nobody.
 */
public final class Halving implements Schedule {

    private final int reduction;
    private final int lowest;
    private final Variant variant;
    private final List<Pass> passes = new ArrayList<>();
    private final Map<Config, Candidate> candidates = new HashMap<>();
    private final Set<Config> failed = new HashSet<>();
    private int over; // so many passes are

    /** Where a config stands: of which pass and bracket it is, and as the how-manieth. */
    private record Candidate(int pass, int bracket, int number) {}

    /** Once through all brackets. Budgets are counted in those of the lowest rung. */
    private final class Pass {
        private final Deepening deepening;
        private final List<List<Config>> members = new ArrayList<>(); // by bracket
        private final Set<Job> running = new HashSet<>();

        Pass(int begin) {
            deepening = new Deepening(Math.pow(reduction, lowest - begin), reduction, variant);
        }

        List<Bracket> brackets() {
            return Bracket.of(deepening.most(), reduction);
        }

        /** The rung of the study at which this budget is. */
        int rung(double budget) {
            return lowest - (int) Math.round(Math.log(budget) / Math.log(reduction));
        }

        boolean isDeepest() {
            return rung(deepening.most()) == 0;
        }

        List<Config> members(int bracket) {
            while (members.size() <= bracket) {
                members.add(new ArrayList<>());
            }
            return members.get(bracket);
        }

        /** The bracket that begins at this rung and has room for another; empty if there is none. */
        Optional<Integer> room(int rung) {
            List<Bracket> brackets = brackets();
            for (int i = 0; i < brackets.size(); i++) {
                if (rung(brackets.get(i).lowest()) == rung
                        && members(i).size() < brackets.get(i).candidates()) {
                    return Optional.of(i);
                }
            }
            return Optional.empty();
        }

        /** What can be run now and does not. */
        Optional<Job> next() {
            while (true) {
                Optional<Job> job = deepening.open().stream()
                        .filter(open -> !running.contains(open))
                        .findFirst();
                if (job.isEmpty() || job.get().rung() == 0 || !failed.contains(config(job.get()))) {
                    return job;
                }
                deepening.tell(job.get(), Double.POSITIVE_INFINITY);
            }
        }

        Config config(Job job) {
            return members(job.bracket()).get(job.candidate());
        }

        Wanted wanted(Job job) {
            boolean isNew = job.candidate() >= members(job.bracket()).size();
            return new Wanted(isNew ? Optional.empty() : Optional.of(config(job)), rung(job.budget()));
        }

        Job job(Candidate candidate, int rung) {
            Bracket bracket = brackets().get(candidate.bracket());
            int step = rung(bracket.lowest()) - rung;
            return new Job(candidate.bracket(), candidate.number(), step, bracket.budget(step));
        }
    }

    /**
     * @param begin the rung of the first pass's largest budget; 0 for Hyperband
     * @param lowest the rung of the smallest budget, no smaller
     * @param variant what becomes of promotions when the budget grows
     */
    public Halving(int reduction, int begin, int lowest, Variant variant) {
        this.reduction = reduction;
        this.lowest = lowest;
        this.variant = variant;
        passes.add(new Pass(begin));
    }

    /** Hyperband whose largest budget is a whole training from the beginning. */
    public static Halving hyperband(int reduction, int lowest) {
        return new Halving(reduction, 0, lowest, Variant.DISCARDING);
    }

    @Override
    public Wanted next() {
        for (int i = over; i < passes.size(); i++) {
            Pass pass = passes.get(i);
            Optional<Job> job = pass.next();
            if (job.isPresent()) {
                return pass.wanted(job.get());
            }
            if (i == over && pass.running.isEmpty() && pass.isDeepest()) {
                over++;
            }
        }
        return new Wanted(Optional.empty(), lowest); // a deeper pass begins at its lowest rung, as the next one does
    }

    @Override
    public void begin(Config config, int rung) {
        Candidate candidate = candidates.computeIfAbsent(config, fresh -> place(fresh, rung));
        Pass pass = passes.get(candidate.pass());
        pass.running.add(pass.job(candidate, rung));
    }

    /** Where there is room, which is made where there is none: so the same runs in the same order have the same places. */
    private Candidate place(Config config, int rung) {
        while (true) {
            for (int i = 0; i < passes.size(); i++) {
                Optional<Integer> bracket = passes.get(i).room(rung);
                if (bracket.isPresent()) {
                    List<Config> members = passes.get(i).members(bracket.get());
                    members.add(config);
                    return new Candidate(i, bracket.get(), members.size() - 1);
                }
            }
            Pass last = passes.get(passes.size() - 1);
            if (last.isDeepest()) {
                passes.add(new Pass(0));
            } else {
                last.deepening.deepen();
            }
        }
    }

    @Override
    public void end(Config config, int rung, double loss) {
        Candidate candidate = candidates.get(config);
        if (candidate == null) {
            throw new IllegalArgumentException("it never began: " + config);
        }
        Pass pass = passes.get(candidate.pass());
        Job job = pass.job(candidate, rung);
        if (pass.running.remove(job)) {
            pass.deepening.tell(job, loss);
        }
        if (loss == Double.POSITIVE_INFINITY) {
            failed.add(config);
        }
    }
}
