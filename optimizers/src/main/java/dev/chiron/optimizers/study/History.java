package dev.chiron.optimizers.study;

import dev.chiron.optimizers.pareto.Compromise;
import dev.chiron.optimizers.pareto.Dominance;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Duel.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The trials so far, in the order in which their outcomes became known, and those that are still pending. With one trial at a time that is the
 * order of their numbers; with several it need not be. Grows only at the end; not thread-safe.
 *
 * <p>Without repeats the incumbent is the best measured trial. With repeats a trial that looks better is only its challenger:
 * both are run again until a sequential test, or the last repeat, says whose mean is better. Until then the incumbent stays,
 * so that it is never the luckiest draw. All of it follows from the trials and their order alone.
 *
 * <p>Of several objectives the best are a front, and the incumbent is its {@linkplain Compromise compromise}, so that there is one config from which
 * to move and which to show; it may change with each trial on the front. With repeats the front is of means (see {@link MeanFront}). Edits go with one
 * objective alone.
 *
 * <p>A change of the script is held to {@linkplain Evidence.Edits more} in any case: it has to win by the test, and where there is a
 * hold-out, a share of its gain must show there.
 */
public final class History {

    /** With fewer repeats the noise is anybody's guess. */
    private static final int REPEATS_TO_KNOW_NOISE = 2;

    /** The share of an edit's gain that must show on the hold-out; what gains by memorising shows none. */
    private static final double CONFIRMED = 0.25;

    /** How often each is measured on the hold-out, at most, while it is not clear whether it shows. */
    private static final int HOLDOUTS = 3;

    private final Objective objective;
    private final Evidence evidence;
    private final Optional<Duel> duel;
    private final Duel ofEdits;
    private final Optional<MeanFront> means; // where several objectives are repeated
    private final Earlier earlier;
    private final Set<Config> earlierConfigs = new HashSet<>();
    private final List<Trial> trials = new ArrayList<>();
    private final Map<Change.Key, Trial> byKey = new HashMap<>();
    private final Map<Change.Key, Runs> runs = new HashMap<>();
    private final Set<Change.Key> told = new HashSet<>(); // of which a run was measured elsewhere
    private final List<Trial> incumbents = new ArrayList<>();
    private final List<Integer> crownings = new ArrayList<>(); // the numbers of the trials that made them so
    private final Set<Change.Key> beaten = new HashSet<>();
    private Optional<Trial> challenger = Optional.empty();
    private boolean confirming; // the challenger has won, and its gain is looked for on the hold-out
    private boolean edited; // whether any trial ran an edited script
    private final Set<Integer> outside = new HashSet<>(); // numbers of trials
    private final List<Trial> inside = new ArrayList<>();
    private final Map<Config, Trial> beginnings = new HashMap<>(); // the first of each config that was not promoted
    private final TreeMap<Integer, Pending> pending = new TreeMap<>(); // by number
    private final Map<Change.Key, TreeMap<Integer, Pending>> pendingByKey = new HashMap<>();
    private List<Trial> front = List.of();
    private int proposed; // pending ones included
    private final double[] squares; // of all measurements' deviations from their config's mean, by objective
    private int again; // measurements beyond a config's first

    /** An empty history of a study without repeats. */
    public History(Objective objective) {
        this(objective, 0);
    }

    /**
     * An empty history.
     *
     * @param repeats how often a config that is or may become the incumbent is run again, at most; 0 for never
     */
    public History(Objective objective, int repeats) {
        this(objective, repeats, Earlier.NONE);
    }

    /**
     * A history of no trials yet.
     *
     * @param earlier what is known from before; none of it is a trial of this history
     */
    public History(Objective objective, int repeats, Earlier earlier) {
        this(objective, new Evidence(repeats), earlier);
    }

    /**
     * A history of no trials yet.
     *
     * @param evidence what it takes to become the incumbent
     * @param earlier what is known from before; none of it is a trial of this history
     */
    public History(Objective objective, Evidence evidence, Earlier earlier) {
        this.objective = objective;
        this.evidence = evidence;
        this.earlier = earlier;
        earlier.inside().forEach(trial -> earlierConfigs.add(trial.config()));
        int repeats = evidence.repeats();
        this.duel = repeats > 0 ? Optional.of(new Duel(objective, repeats)) : Optional.empty();
        this.means = repeats > 0 && objective.isSeveral()
                ? Optional.of(new MeanFront(objective, repeats))
                : Optional.empty();
        this.squares = new double[objective.all().size()];
        Evidence.Edits edits = evidence.edits();
        this.ofEdits = new Duel(objective, edits.repeats(), edits.level(), true);
    }

    /** An empty history of the same study. */
    public History anew() {
        return new History(objective, evidence, earlier);
    }

    /** The same with other earlier results. */
    public History anew(Earlier other) {
        return new History(objective, evidence, other);
    }

    /** Whether configs are run again, so that a config's value is the mean of several. */
    public boolean repeats() {
        return duel.isPresent();
    }

    /** Appends a trial of another history as it stands there: inside its space or outside. */
    void addAsIn(History other, Trial trial) {
        if (other.outside.contains(trial.number())) {
            addOutside(trial);
        } else {
            add(trial);
        }
    }

    /** The history as it was after so many trials; a copy. */
    public History first(int count) {
        History first = anew();
        for (Trial trial : trials.subList(0, count)) {
            first.addAsIn(this, trial);
        }
        return first;
    }

    /** The same trials by one other metric: those that did not measure it have no value then. */
    public History by(Objective other) {
        History by = new History(other);
        for (Trial trial : trials) {
            Outcome outcome = trial.outcome() instanceof Outcome.Measured measured
                    ? measured.by(objective.metric(), other.metric())
                    : trial.outcome();
            Trial seen = new Trial(trial.number(), trial.change(), trial.origin(), outcome, trial.took());
            if (outside.contains(trial.number())) {
                by.addOutside(seen);
            } else {
                by.add(seen);
            }
        }
        return by;
    }

    /** What is tuned. */
    public Objective objective() {
        return objective;
    }

    /** What is known from before the first trial. */
    public Earlier earlier() {
        return earlier;
    }

    /** All that was ever run and tells of failures: what is known from before, then the trials. */
    public List<Trial> known() {
        return earlier.isEmpty()
                ? inside()
                : Stream.concat(earlier.all().stream(), inside().stream()).toList();
    }

    /** The same as it was after so many trials. */
    public List<Trial> known(int count) {
        if (outside.isEmpty() && earlier.isEmpty()) {
            return List.copyOf(trials.subList(0, count));
        }
        Stream<Trial> own = trials.subList(0, count).stream().filter(trial -> !outside.contains(trial.number()));
        return Stream.concat(earlier.all().stream(), own).toList();
    }

    /** Whether exactly this config was run, here or before, or is pending. */
    public boolean knows(Config config) {
        return isTaken(new Change.Settings(config)) || earlierConfigs.contains(config);
    }

    /** Whether exactly this was run here, or is pending. */
    public boolean isTaken(Change change) {
        return find(change).isPresent() || pending(change).isPresent();
    }

    /** A trial was proposed, and its outcome will be known later: it is pending until it is {@linkplain #end ended}. */
    public void begin(Pending trial) {
        end(trial.number());
        pending.put(trial.number(), trial);
        pendingByKey
                .computeIfAbsent(trial.change().key(), key -> new TreeMap<>())
                .put(trial.number(), trial);
        proposed += isTurn(trial.origin()) ? 1 : 0;
    }

    /** The trial of that number is pending no more. */
    public void end(int number) {
        Pending ended = pending.remove(number);
        if (ended != null) {
            pendingByKey.computeIfPresent(ended.change().key(), (key, same) -> {
                same.remove(number);
                return same.isEmpty() ? null : same;
            });
            proposed -= isTurn(ended.origin()) ? 1 : 0;
        }
    }

    /** Makes these the pending trials. */
    public void setPending(List<Pending> all) {
        List.copyOf(pending.keySet()).forEach(this::end);
        all.forEach(this::begin);
    }

    /** The pending trials, by number. */
    public List<Pending> pending() {
        return List.copyOf(pending.values());
    }

    /** The pending trial that tries exactly this. */
    public Optional<Pending> pending(Change change) {
        return pending.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(pendingByKey.get(change.key()))
                        .map(same -> same.firstEntry().getValue());
    }

    /** The number of the next trial that is proposed: how many there are, pending ones included. */
    public int next() {
        return trials.size() + pending.size();
    }

    /** Appends a trial. */
    public void add(Trial trial) {
        trials.add(trial);
        inside.add(trial);
        if (trial.origin() != Origin.PROMOTED) {
            beginnings.putIfAbsent(trial.config(), trial);
        }
        Change.Key key = trial.change().key();
        edited |= !key.variant().isEmpty();
        count(trial);
        byKey.merge(key, trial, History::first);
        Runs all = runs.computeIfAbsent(key, change -> new Runs());
        double[] deviations = all.add(trial, objective);
        if (trial.origin() == Origin.TOLD) {
            told.add(key);
        }
        if (!told.contains(key)) { // another machine's values say nothing of how much this one's vary
            for (int k = 0; k < squares.length; k++) {
                squares[k] += deviations[k];
            }
            again += trial.value().isPresent() && all.measured() > 1 ? 1 : 0;
        }
        if (trial.origin() == Origin.ABLATION || trial.origin() == Origin.LEAN) {
            lean(trial, all);
            return; // they tell what edits are worth, and challenge nobody
        }
        if (objective.isSeveral()) {
            means.ifPresentOrElse(front -> settle(front, trial, all), () -> lead(trial));
            return;
        }
        if (isBetter(trial)) {
            if (incumbents.isEmpty() || duel(trial).isEmpty()) {
                crown(trial.origin() == Origin.REPEAT ? find(trial.change()).orElse(trial) : trial, trial);
            } else if (challenger.isEmpty() && trial.origin() != Origin.REPEAT) {
                challenger = Optional.of(trial);
            }
        }
        if (challenger.isPresent()) {
            decide(trial);
        }
    }

    /** Of two runs of the same the earlier, unless that was only a part of a training and the later a whole one. */
    private static Trial first(Trial earlier, Trial later) {
        boolean partial = earlier.change().fidelity().isPresent();
        return partial && later.change().fidelity().isEmpty() ? later : earlier;
    }

    /**
     * Appends a trial of the study which has no place in the space that is searched now, since that was changed. It counts, and nothing
     * is compared with it.
     */
    public void addOutside(Trial trial) {
        trials.add(trial);
        if (trial.origin() != Origin.PROMOTED) {
            beginnings.putIfAbsent(trial.config(), trial);
        }
        outside.add(trial.number());
        count(trial);
    }

    private void count(Trial trial) {
        proposed += isTurn(trial.origin()) ? 1 : 0;
    }

    private static boolean isTurn(Origin origin) {
        return !origin.isCheck() && !origin.isWished() && !origin.isGoingOn();
    }

    /** A script without what does nothing takes the incumbent's place unless it is worse, once it has had its runs. */
    private void lean(Trial trial, Runs all) {
        if (trial.origin() == Origin.LEAN
                && all.failed() == 0
                && all.measured() >= evidence.edits().ablation()) {
            double lost =
                    objective.loss(all.mean()) - objective.loss(runs(champion()).mean());
            if (lost <= Effect.margin(noise(), all.measured(), runs(champion()).measured())) {
                crown(trial, trial);
            }
        }
    }

    /** One of the front makes the incumbent the front's compromise, as it is then. */
    private void lead(Trial trial) {
        if (!leads(trial)) {
            return;
        }
        List<Trial> left = front.stream()
                .filter(other -> !Dominance.dominates(losses(trial), losses(other)))
                .collect(Collectors.toCollection(ArrayList::new));
        left.add(trial);
        front = List.copyOf(left);
        compromise(trial);
    }

    /** A run changes its config's mean, and so perhaps the front; where nothing is left on it, it stays as it was. */
    private void settle(MeanFront of, Trial trial, Runs all) {
        if (trial.change().fidelity().isPresent()) {
            return;
        }
        of.add(find(trial.change()).orElse(trial), all);
        List<Trial> now = of.front();
        if (!now.isEmpty()) {
            front = List.copyOf(now);
            compromise(trial);
        }
    }

    private void compromise(Trial trial) {
        Trial compromise =
                front.get(Compromise.of(front.stream().map(this::losses).toList()));
        if (incumbents.isEmpty() || !champion().equals(compromise)) {
            crown(compromise, trial);
        }
    }

    /** Whether none of the trials so far is better than this one in all that counts, or equal to it in all: whether it is new on the front. */
    public boolean leads(Trial trial) {
        if (trial.value().isEmpty()) {
            return false;
        }
        if (!objective.isSeveral()) {
            return incumbent()
                    .flatMap(best -> value(best).stream().boxed().findFirst())
                    .map(best -> objective.isBetter(trial.value().getAsDouble(), best))
                    .orElse(true);
        }
        double[] losses = objective.losses((Outcome.Measured) trial.outcome());
        return front.stream()
                .map(this::losses)
                .noneMatch(other -> Dominance.dominates(other, losses) || Arrays.equals(other, losses));
    }

    /** Whether one trial's values beat another's: its value is better, or of several objectives none is worse and one is better. */
    public boolean beats(Trial winner, Trial loser) {
        if (winner.value().isEmpty() || loser.value().isEmpty()) {
            return winner.value().isPresent();
        }
        return objective.isSeveral()
                ? Dominance.dominates(losses(winner), losses(loser))
                : objective.isBetter(winner.value().getAsDouble(), loser.value().getAsDouble());
    }

    /** The losses of a measured trial; with repeats of what its config is worth. */
    private double[] losses(Trial trial) {
        return objective.losses(values(trial));
    }

    private boolean isBetter(Trial trial) {
        return trial.value().isPresent()
                && (incumbents.isEmpty()
                        || objective.isBetter(
                                value(trial).orElseThrow(), value(champion()).orElseThrow()));
    }

    private Trial champion() {
        return incumbents.get(incumbents.size() - 1);
    }

    /** How a trial becomes the incumbent; empty if its value alone decides. */
    private Optional<Duel> duel(Trial trial) {
        boolean sameScript = trial.change().variant().map(Variant::id).equals(variant(champion()));
        return sameScript ? duel : Optional.of(ofEdits);
    }

    private static Optional<String> variant(Trial trial) {
        return trial.change().variant().map(Variant::id);
    }

    private void crown(Trial trial, Trial by) {
        incumbents.add(trial);
        challenger = Optional.empty();
        confirming = false;
        crownings.add(by.number());
    }

    private void decide(Trial last) {
        Trial contender = challenger.orElseThrow();
        Duel test = duel(contender).orElseThrow();
        Verdict verdict = confirming && runs(contender).failed() == 0
                ? Verdict.CHALLENGER
                : test.verdict(runs(champion()), runs(contender), noise());
        if (verdict == Verdict.CHALLENGER && test.isStrict() && evidence.edits().holdout()) {
            confirming = true;
            verdict = confirmed(contender);
        }
        if (verdict == Verdict.OPEN) {
            return;
        }
        if (verdict == Verdict.CHALLENGER) {
            crown(contender, last);
        } else if (test.isStrict()) {
            beaten.add(contender.change().key());
        }
        confirming = false;
        challenger = overlooked(contender);
        if (challenger.isPresent() && duel(challenger.get()).isEmpty()) {
            crown(challenger.get(), last); // between values of one script the mean decides
        } else if (challenger.isPresent()) {
            decide(last);
        }
    }

    /** Whether enough of the gain shows on the hold-out; open until both were measured there, and while that is within the noise. */
    private Verdict confirmed(Trial contender) {
        Runs mine = runs(contender);
        Runs theirs = runs(champion());
        if (mine.heldOut() > 0 && theirs.heldOut() == 0 && theirs.failed() > 0) {
            return Verdict.CHALLENGER; // the incumbent itself no longer runs
        }
        if (mine.heldOut() == 0 || theirs.heldOut() == 0) {
            return Verdict.OPEN;
        }
        double gain = objective.loss(theirs.mean()) - objective.loss(mine.mean());
        double beyond = objective.loss(theirs.onHoldout()) - objective.loss(mine.onHoldout()) - CONFIRMED * gain;
        if (gain <= 0) {
            return Verdict.INCUMBENT; // what it won by was luck, as the runs on the hold-out show
        }
        boolean clear = noise().map(noise -> Math.abs(beyond) >= noise.ofDifference(mine.heldOut(), theirs.heldOut()))
                .orElse(true);
        if (!clear && theirs.failed() == 0 && Math.min(mine.heldOut(), theirs.heldOut()) < HOLDOUTS) {
            return Verdict.OPEN;
        }
        return beyond >= 0 ? Verdict.CHALLENGER : Verdict.INCUMBENT;
    }

    /** A change that was worse than the incumbent when it was run, but not than what its mean has become since. */
    private Optional<Trial> overlooked(Trial decided) {
        Change.Key champion = champion().change().key();
        return ranked().filter(trial -> !beaten.contains(trial.change().key()))
                .limit(1)
                .filter(trial -> !trial.change().key().equals(champion))
                .filter(trial -> !trial.change().key().equals(decided.change().key()))
                .filter(this::isBetter)
                .findFirst();
    }

    /** All trials, read-only, in order. */
    public List<Trial> trials() {
        return Collections.unmodifiableList(trials);
    }

    /** The trials that have a place in the space: all of them unless it was changed. */
    public List<Trial> inside() {
        return Collections.unmodifiableList(inside);
    }

    /** How many trials somebody proposed whose turn it was: all but the repeats, ablations, promotions and wishes; pending ones included. */
    public int proposed() {
        return proposed;
    }

    /**
     * The best config so far, as the trial that first ran it: the best measured, the earlier of equals; with repeats the one
     * that beat its forerunner by the mean of several runs. Its value is {@link #value}.
     */
    public Optional<Trial> incumbent() {
        return incumbents.isEmpty() ? Optional.empty() : Optional.of(champion());
    }

    /** The trials that none beats, in the order of the first objective, the best first; with one objective the incumbent alone. */
    public List<Trial> front() {
        return objective.isSeveral()
                ? front.stream()
                        .sorted(Comparator.comparingDouble(trial -> losses(trial)[0]))
                        .toList()
                : incumbent().stream().toList();
    }

    /**
     * Of the trials that lie in the space the one that breaks the least of what must hold of the metrics, the earlier of equals; empty once one of them breaks
     * nothing.
     */
    public Optional<Trial> leastBroken() {
        boolean isKept = inside.stream()
                .map(Trial::outcome)
                .anyMatch(outcome -> outcome instanceof Outcome.Measured || outcome instanceof Outcome.Partial);
        return isKept
                ? Optional.empty()
                : inside.stream()
                        .filter(trial -> trial.outcome() instanceof Outcome.Infeasible)
                        .min(Comparator.comparingDouble(trial -> ((Outcome.Infeasible) trial.outcome()).violation()));
    }

    /** All that ever were the incumbent, in the order in which they became it. */
    public List<Trial> incumbents() {
        return Collections.unmodifiableList(incumbents);
    }

    /** The number of the trial that made the incumbent the incumbent; 0 without one. */
    public int crowned() {
        return crownings.isEmpty() ? 0 : crownings.get(crownings.size() - 1);
    }

    /** The same of one of the {@link #incumbents}, by its place among them. */
    public int crowned(int place) {
        return crownings.get(place);
    }

    /** Whose single value is better than the incumbent's, and is being checked; empty without repeats. */
    public Optional<Trial> challenger() {
        return challenger;
    }

    /** Which look better than what is known to be, and are being checked: of several objectives those that may belong on the front. Empty without repeats. */
    public List<Trial> unconfirmed() {
        return means.map(MeanFront::unconfirmed)
                .orElseGet(() -> challenger.stream().toList());
    }

    /**
     * The trial whose config is run again next, before anything new is tried; empty if nothing needs to be. One after the other: which comes
     * next follows from what the last one gave, so there is none while a repeat is pending.
     */
    public Optional<Trial> rerun() {
        if (means.isPresent()) {
            return isRepeating() ? Optional.empty() : means.get().rerun();
        }
        return challenger.filter(contender -> !isRepeating()).map(contender -> {
            if (confirming) {
                return runs(contender).heldOut() <= runs(champion()).heldOut() ? contender : champion();
            }
            Duel test = duel(contender).orElseThrow();
            return test.isChallengersTurn(runs(champion()), runs(contender)) ? contender : champion();
        });
    }

    /** Whether a repeat is pending. */
    private boolean isRepeating() {
        return pending.values().stream().anyMatch(trial -> trial.origin() == Origin.REPEAT);
    }

    /** Whether the next trial is measured on the hold-out as well: the first one is, and what has won but for that. */
    public boolean needsHoldout() {
        return evidence.edits().holdout() && (trials.isEmpty() || confirming);
    }

    /** What a trial's config is worth: with repeats the mean of all its measurements; empty if there are none. */
    public OptionalDouble value(Trial trial) {
        if (!averages()) {
            return trial.value();
        }
        return measured(trial) == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(runs(trial).mean());
    }

    /** The same of all objectives, in order; of a trial that is not of this history what it gave. An empty list if there are none. */
    public List<Double> values(Trial trial) {
        if (averages() && runs(trial).measured() > 0) {
            return runs(trial).means();
        }
        return trial.outcome() instanceof Outcome.Measured measured ? objective.values(measured) : List.of();
    }

    /** How many measurements {@link #value} is the mean of. */
    public int measured(Trial trial) {
        if (!averages() || trial.change().fidelity().isPresent()) {
            return trial.value().isPresent() ? 1 : 0;
        }
        return runs(trial).measured();
    }

    private boolean averages() {
        return duel.isPresent() || edited;
    }

    private Runs runs(Trial trial) {
        return runs.getOrDefault(trial.change().key(), new Runs());
    }

    /** How much values vary when a config is measured again; empty before there are two repeats. */
    public Optional<Noise> noise() {
        return noises().stream().findFirst();
    }

    /** The same of all objectives, in order; an empty list before there are two repeats. */
    public List<Noise> noises() {
        List<Noise> noises = new ArrayList<>();
        for (double sum : squares) {
            double sd = Math.sqrt(Math.max(0, sum) / again);
            if (again < REPEATS_TO_KNOW_NOISE || !Double.isFinite(sd)) {
                return List.of();
            }
            noises.add(new Noise(sd, again));
        }
        return List.copyOf(noises);
    }

    /** The first trial that ran exactly this config with the study's own script, a whole training where there was one. */
    public Optional<Trial> find(Config config) {
        return find(new Change.Settings(config));
    }

    /** The trial whose config a promoted one trains longer, or a member of a population that goes on as it is; any other itself. */
    public Trial beginning(Trial trial) {
        if (trial.origin() == Origin.CONTINUED) {
            return trial.change().begin().stream()
                    .flatMap(begin -> begin.trials().stream())
                    .flatMap(number -> numbered(number).stream())
                    .findFirst()
                    .map(this::beginning)
                    .orElse(trial);
        }
        return trial.origin() != Origin.PROMOTED ? trial : beginnings.getOrDefault(trial.config(), trial);
    }

    /** The trial of that number, if it has ended. */
    public Optional<Trial> numbered(int number) {
        if (number >= 0 && number < trials.size() && trials.get(number).number() == number) {
            return Optional.of(trials.get(number)); // as they are where one is run after the other
        }
        return trials.stream().filter(trial -> trial.number() == number).findFirst();
    }

    /**
     * What a trial's checkpoint has been through: the trials from whose checkpoints it went on, the first one first, and the trial itself last.
     * Where several were merged, the one that weighed most.
     */
    public List<Trial> lineage(Trial trial) {
        Deque<Trial> lineage = new ArrayDeque<>(List.of(trial));
        Optional<Trial> before = before(trial);
        while (before.isPresent() && before.get().number() < lineage.getFirst().number()) {
            lineage.addFirst(before.get());
            before = before(before.get());
        }
        return List.copyOf(lineage);
    }

    private Optional<Trial> before(Trial trial) {
        OptionalInt source = trial.change().begin().map(Begin::main).orElse(OptionalInt.empty());
        return source.isPresent() ? numbered(source.getAsInt()) : Optional.empty();
    }

    /** The first trial that ran exactly this script with exactly these values, a whole training where there was one. */
    public Optional<Trial> find(Change change) {
        return Optional.ofNullable(byKey.get(change.key()));
    }

    /**
     * The best measured trials, best first, at most so many; with repeats one a config, by {@link #value}, without those of
     * which a run failed. Of several objectives the front comes first, then what only the front beats, and so on, in each the compromises first.
     */
    public List<Trial> best(int count) {
        return ranked().limit(count).toList();
    }

    private Stream<Trial> ranked() {
        if (objective.isSeveral()) {
            List<Trial> measured = inside().stream().filter(this::isRanked).toList();
            return Compromise.order(measured.stream().map(this::losses).toList()).stream()
                    .map(measured::get);
        }
        return inside().stream()
                .filter(this::isRanked)
                .sorted(Comparator.comparingDouble(
                        trial -> objective.loss(value(trial).orElseThrow())));
    }

    private boolean isRanked(Trial trial) {
        return trial.value().isPresent()
                && (!averages() || (!trial.origin().isCheck() && runs(trial).failed() == 0));
    }

    /** The last trials inside the space, oldest first, at most so many. */
    public List<Trial> last(int count) {
        List<Trial> all = inside();
        return all.subList(Math.max(0, all.size() - count), all.size());
    }
}
