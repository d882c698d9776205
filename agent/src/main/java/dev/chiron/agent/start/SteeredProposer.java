package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Helm;
import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Happening;
import dev.chiron.agent.store.Proposed;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Taken;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.run.Execution;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Who proposes while a person steers. What is steered but for a note or a bound on trials begins an epoch: who proposes is put together
 * anew for the task that is in force then, with what was learned as far as it holds there. To a proposer the trials of earlier epochs
 * are trials of its own space, or such as only count.
 *
 * <p>A study that goes on begins in the epoch of its kept state, and goes through what came after it.
 */
final class SteeredProposer implements Proposer, Helm {

    private final Casting casting;
    private final Optional<StudyFolder.Saved> saved;
    private final List<Happening> told = new ArrayList<>(); // all that it was told of, which is not of checks
    private volatile Course course;
    private Optional<Proposer> proposer = Optional.empty();
    private Optional<History> moved = Optional.empty(); // of this epoch, where it has a space of its own

    /**
     * A proposer that knows of no trial and no steering yet.
     *
     * @param saved what the study kept, if that can be gone on from
     */
    SteeredProposer(Casting casting, Course begun, Optional<StudyFolder.Saved> saved) {
        this.casting = casting;
        this.course = begun;
        this.saved = saved;
    }

    /** The task in force; may be asked from any thread. */
    Course course() {
        return course;
    }

    /** Who proposes now, put together when it is first needed. */
    private Proposer current(History history) {
        if (proposer.isEmpty()) {
            Proposer begun = casting.begin(course, saved);
            begun.note(course.notes());
            tell(begun, history);
            proposer = Optional.of(begun);
        }
        return proposer.get();
    }

    /** Goes through the trials so far, which it knows by its state, or not yet. */
    private void tell(Proposer fresh, History history) {
        History before = anew(history);
        Iterator<Trial> trials = history.trials().iterator();
        for (Happening happening : told) {
            if (happening instanceof Proposed proposed) {
                tell(fresh, proposed, before);
                before.begin(proposed.pending());
            } else if (happening instanceof Entry entry) {
                Trial trial = trials.next();
                while (trial.number() != entry.trial().number()) { // checks, of which no proposer is told
                    course.add(trial, before);
                    trial = trials.next();
                }
                before.end(trial.number());
                tell(fresh, entry, before);
                course.add(trial, before);
            }
        }
        trials.forEachRemaining(trial -> course.add(trial, before));
    }

    private void tell(Proposer fresh, Entry entry, History before) {
        if (casting.remembers()) {
            fresh.recall(seen(entry), before);
        } else if (entry.trial().origin().isWished()) {
            fresh.observe(entry, before);
        } else {
            fresh.replay(entry, before);
        }
    }

    private void tell(Proposer fresh, Proposed trial, History before) {
        if (casting.remembers()) {
            fresh.recall(trial, before);
        } else {
            fresh.replay(trial, before);
        }
    }

    /** An empty history of this epoch. */
    private History anew(History history) {
        return history.anew(course.seen(history.earlier()));
    }

    /** The study's trials as this epoch sees them. */
    private History seen(History history) {
        if (!course.isMoved()) {
            return history;
        }
        if (moved.isEmpty()) {
            moved = Optional.of(anew(history));
        }
        History here = moved.get();
        for (Trial trial :
                history.trials().subList(here.trials().size(), history.trials().size())) {
            course.add(trial, here);
        }
        here.setPending(history.pending());
        return here;
    }

    private Entry seen(Entry entry) {
        return course.isMoved()
                ? course.seen(entry.trial())
                        .map(trial -> new Entry(trial, entry.turn(), entry.containment(), entry.gpu(), entry.advice()))
                        .orElse(entry)
                : entry;
    }

    @Override
    public Proposal propose(History history) throws InterruptedException {
        return current(history).propose(seen(history));
    }

    @Override
    public void running(Proposal.Try proposal, History history, boolean more) {
        current(history).running(proposal, seen(history), more);
    }

    @Override
    public void begun(Proposed trial, History before) {
        current(before).begun(trial, seen(before));
        told.add(trial);
    }

    @Override
    public void observe(Entry entry, History before) {
        current(before).observe(seen(entry), seen(before));
        told.add(entry);
    }

    @Override
    public void recall(Entry entry, History before) {
        told.add(entry);
    }

    @Override
    public void recall(Proposed trial, History before) {
        told.add(trial);
    }

    @Override
    public void replay(Entry entry, History before) {
        current(before).replay(seen(entry), seen(before));
        told.add(entry);
    }

    @Override
    public void replay(Proposed trial, History before) {
        current(before).replay(trial, seen(before));
        told.add(trial);
    }

    @Override
    public Optional<Proposal.Try> mended(Proposal.Try broken, Execution execution, History history)
            throws InterruptedException {
        return current(history).mended(broken, execution, seen(history));
    }

    @Override
    public Optional<Proposal.Try> afterwards(History history) {
        return current(history).afterwards(seen(history));
    }

    @Override
    public Optional<OptimizerState> state() {
        // until somebody is asked, all trials and steerings are those of the kept state
        return proposer.isPresent() ? proposer.get().state() : saved.map(StudyFolder.Saved::state);
    }

    @Override
    public Optional<Ahead> ahead() {
        return proposer.isPresent() ? proposer.get().ahead() : saved.flatMap(StudyFolder.Saved::ahead);
    }

    @Override
    public void close() {
        proposer.ifPresent(Proposer::close);
    }

    @Override
    public Steering checked(Steering steering, History history) throws InterruptedException {
        if (steering instanceof Steering.Rewrite rewrite) {
            Change.Edit edit = current(history).rewritten(rewrite.patch(), rewrite.idea(), seen(history));
            return new Steering.Edit(edit, rewrite.origin(), rewrite.author());
        }
        Taken next = new Taken(course.taken().size() + 1, history.trials().size(), steering);
        Course then = course.with(next);
        casting.check(course, then);
        if (steering instanceof Steering.Try wish) {
            Steering.Try exact =
                    wish.with(course.space().space().config(wish.config().values()));
            requireNew(exact, history);
            return exact;
        } else if (steering instanceof Steering.Told told) {
            Config exact = course.space().space().config(told.config().values());
            return new Steering.Told(exact, told.outcome(), told.author(), told.why());
        } else if (steering instanceof Steering.Undo undo) {
            course.holding().stream()
                    .filter(one -> one.number() == undo.number() && one.steering() instanceof Steering.Wish)
                    .findFirst()
                    .ifPresent(one -> {
                        throw new BadInput(undo.text() + ": it has been run, and what came of it stays");
                    });
        }
        return steering;
    }

    private void requireNew(Steering.Try wish, History history) {
        if (wish.again()) {
            return;
        }
        History here = seen(history);
        here.find(wish.config())
                .filter(trial -> trial.change().fidelity().isEmpty())
                .ifPresent(trial -> {
                    throw new BadInput(wish.text() + ": trial " + trial.number()
                            + " has run exactly this; say that you want it again if it is to be repeated");
                });
        here.pending(wish.change())
                .filter(trial -> trial.change().fidelity().isEmpty())
                .ifPresent(trial -> {
                    throw new BadInput(wish.text() + ": trial " + trial.number()
                            + " is running exactly this; say that you want it again if it is to be repeated");
                });
    }

    @Override
    public void take(Taken taken, History history) {
        Course next = course.with(taken);
        boolean known = saved.isPresent()
                && proposer.isEmpty()
                && course.taken().size() < saved.get().steerings();
        if (known) {
            course = next;
            moved = Optional.empty();
            return;
        }
        Proposer before = current(history);
        if (isSameCast(course, next)) {
            course = next;
            before.note(next.notes());
            return;
        }
        before.close();
        Casting.Left left = new Casting.Left(course, before.state(), before.ahead());
        course = next;
        moved = Optional.empty();
        History now = seen(history);
        Proposer after = casting.go(left, next, now.inside(), history.trials().size());
        after.note(next.notes());
        tell(after, history);
        proposer = Optional.of(after);
    }

    private static boolean isSameCast(Course one, Course other) {
        return one.space().space().equals(other.space().space())
                && one.space().start().equals(other.space().start())
                && one.llm().equals(other.llm())
                && one.budget().llmUsd().equals(other.budget().llmUsd());
    }

    @Override
    public Budget budget(Budget begun) {
        return course.budget();
    }
}
