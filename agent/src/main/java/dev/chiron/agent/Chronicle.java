package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Happening;
import dev.chiron.agent.store.Proposed;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Taken;
import dev.chiron.agent.store.Wishes;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a study has come to: the trials that were proposed, those that have ended, what was steered. All of it is written down first, and then
 * told to whom it concerns, in an order that the journal gives again: so a study that goes on has just what it had.
 *
 * <p>A trial may be in the journal before it is told: where proposals follow from the seed alone, each is made when just so many trials were
 * told, and one that ended before that waits, in the journal, for its turn, perhaps for a later session.
 */
final class Chronicle {

    private final StudyFolder folder;
    private final Proposer proposer;
    private final Helm helm;
    private final History history;
    private final Pruning pruning;
    private final Keeping keeping;
    private final List<Entry> entries = new ArrayList<>(); // of the journal
    private final List<Taken> steerings = new ArrayList<>();
    private final Wishes wishes = new Wishes();
    private final TreeMap<Integer, Proposed> pending = new TreeMap<>(); // not told yet
    private final TreeMap<Integer, Entry> waiting = new TreeMap<>(); // of these, those that are in the journal
    private Optional<History> ahead = Optional.empty(); // all trials of the journal, where some of them wait
    private boolean unsaved; // whether the kept state is of an earlier trial than the last
    private int budgeted; // trials in the journal that count towards the budget
    private double wholes; // whole trainings that these were, by their shares
    private Duration trained = Duration.ZERO;

    Chronicle(StudyFolder folder, Proposer proposer, Helm helm, History history, Pruning pruning, Keeping keeping) {
        this.folder = folder;
        this.proposer = proposer;
        this.helm = helm;
        this.history = history;
        this.pruning = pruning;
        this.keeping = keeping;
    }

    /**
     * Goes through the journal.
     *
     * @param known the number of trials that the proposer's state knows
     * @param window how many trials are pending at least when one is told
     */
    void catchUp(int known, int window) {
        List<Happening> all = folder.recording().happenings();
        int last = all.size(); // what came before was told before something followed from it
        while (last > 0 && all.get(last - 1) instanceof Entry) {
            last--;
        }
        for (Happening happening : all.subList(0, last)) {
            catchUp(happening, entries.size() < known);
        }
        for (Happening happening : all.subList(last, all.size())) {
            Entry entry = (Entry) happening;
            int number = entry.trial().number();
            boolean waits = number > 0 && pending.containsKey(number) && pending.size() < window;
            if (waits && entries.size() >= known) {
                waiting.put(number, entry);
                count(entry);
            } else {
                catchUp(entry, entries.size() < known);
            }
        }
        keeping.begin(history); // as it was when the last trial had been told
    }

    private void catchUp(Happening happening, boolean known) {
        if (happening instanceof Taken taken) {
            take(taken);
        } else if (happening instanceof Proposed proposed) {
            if (known && !proposed.origin().isCheck()) {
                proposer.recall(proposed, history);
            } else if (!proposed.origin().isCheck()) {
                proposer.replay(proposed, history);
            }
            begin(proposed);
        } else if (happening instanceof Entry entry) {
            boolean begun = pending.remove(entry.trial().number()) != null;
            history.end(entry.trial().number());
            if (!entry.trial().origin().isCheck()) {
                catchUp(entry, known, begun);
            }
            history.add(entry.trial());
            count(entry);
        } else {
            throw new AssertionError(happening);
        }
    }

    private void catchUp(Entry entry, boolean known, boolean begun) {
        if (known) {
            proposer.recall(entry, history);
        } else if (begun || entry.trial().origin().isWished()) {
            proposer.observe(entry, history);
        } else {
            proposer.replay(entry, history);
        }
    }

    /** The trials that proposers know, and those that are pending. */
    History history() {
        return history;
    }

    /** All trials of the journal, for whoever watches. */
    History shown() {
        if (waiting.isEmpty()) {
            ahead = Optional.empty();
            return history;
        }
        if (ahead.isEmpty()) {
            History all = history.first(history.trials().size());
            waiting.values().forEach(entry -> all.add(entry.trial()));
            ahead = Optional.of(all);
        }
        return ahead.get();
    }

    /** All trials of the journal. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** What is wished for and was not begun. */
    Wishes wishes() {
        return wishes;
    }

    /** The trials that were begun and are not in the journal, by number. */
    List<Proposed> open() {
        return pending.values().stream()
                .filter(trial -> !waiting.containsKey(trial.number()))
                .toList();
    }

    /** How many trials were begun and not told. */
    int pending() {
        return pending.size();
    }

    /** Writes a trial down that runs while others are sought, and tells of it. */
    void propose(Proposed trial) {
        folder.append(trial);
        if (!trial.origin().isCheck()) {
            proposer.begun(trial, history);
        }
        begin(trial);
        unsaved = false; // a state is one right after a trial
    }

    private void begin(Proposed trial) {
        pending.put(trial.number(), trial);
        history.begin(trial.pending());
        wishes.run(trial);
    }

    /** Journal first: nothing sees an outcome that a crash could still lose. */
    void finish(Entry entry) {
        write(entry);
        tell(entry);
        unsaved = waiting.isEmpty();
        if (unsaved && Stride.last(entries.size()) == entries.size()) {
            save();
        }
    }

    /** Keeps the state where it was not kept after the last trial. */
    void leave() {
        if (unsaved) {
            save();
        }
    }

    /** Writes a trial down that is told when it is its turn. */
    void finishEarly(Entry entry) {
        write(entry);
        unsaved = false;
        waiting.put(entry.trial().number(), entry);
    }

    /** Tells of the trial with the least number, if it is in the journal and was not told; whether it was. */
    boolean tellNext() {
        Optional<Entry> next = waiting.isEmpty() || !waiting.firstKey().equals(pending.firstKey())
                ? Optional.empty()
                : Optional.of(waiting.firstEntry().getValue());
        next.ifPresent(entry -> {
            waiting.remove(entry.trial().number());
            tell(entry);
        });
        return next.isPresent();
    }

    private void write(Entry entry) {
        folder.append(entry);
        folder.release(entry.trial().number());
        count(entry);
    }

    private void tell(Entry entry) {
        Trial trial = entry.trial();
        pending.remove(trial.number());
        history.end(trial.number());
        if (!trial.origin().isCheck()) {
            proposer.observe(entry, history);
        }
        history.add(trial);
        keeping.tidy(history);
    }

    private void count(Entry entry) {
        entries.add(entry);
        ahead.ifPresent(all -> all.add(entry.trial()));
        pruning.remember(
                entry.trial(), () -> folder.files(entry.trial().number()).curve(Pruning.FILE));
        wishes.run(entry.trial());
        if (!entry.trial().origin().isOnTop()) {
            budgeted++;
            wholes += entry.trial().change().cost();
            trained = trained.plus(entry.trial().took());
        }
    }

    private void save() {
        unsaved = false;
        proposer.state().ifPresent(state -> folder.save(state, proposer.ahead()));
    }

    /** Writes down what is steered, and takes it up. */
    Taken steer(Steering steering) {
        Taken taken = new Taken(steerings.size() + 1, history.trials().size(), steering);
        folder.append(taken);
        take(taken);
        unsaved = pending.isEmpty();
        leave();
        return taken;
    }

    /** Tells of all that waits, whosever turn it is. */
    void tellAll() {
        while (tellNext()) {
            // one after the other
        }
    }

    /** Once in the journal it holds, in this session and those after it. */
    private void take(Taken taken) {
        steerings.add(taken);
        wishes.take(taken);
        helm.take(taken, history);
    }

    /** Whether another trial may begin, or so many more: those that are open count, each with the mean time of those that have ended. */
    boolean allows(Budget budget, int more) {
        int open = pending.size() - waiting.size();
        Duration expected =
                budgeted == 0 ? Duration.ZERO : trained.dividedBy(budgeted).multipliedBy(open);
        double parts = budget.trainings().isEmpty() ? open : parts();
        return budget.allows(budgeted + open + more, wholes + parts + more, trained.plus(expected));
    }

    /** How many whole trainings the trials are that are open. */
    private double parts() {
        return pending.values().stream()
                .filter(trial -> !waiting.containsKey(trial.number()))
                .mapToDouble(trial -> trial.change().cost())
                .sum();
    }

    /** The last trials that this session has written down, oldest first, at most so many. */
    List<Entry> last(int count, int before) {
        return entries.subList(Math.max(before, entries.size() - count), entries.size());
    }
}
