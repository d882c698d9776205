package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Taken;
import dev.chiron.agent.store.Unused;
import dev.chiron.agent.store.Utilisation;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.List;

/** What happens in a study, in order, for whoever watches it. */
public sealed interface Event {

    /** The loop begins, with so many trials done before. */
    record Started(List<Entry> entries, History history) implements Event {}

    /** A steering was taken up and is in the journal. */
    record Steered(Taken taken, History history) implements Event {}

    /** A steering was not taken up, and has changed nothing. */
    record Unsteered(Steering steering, String why) implements Event {}

    /** The loop waits, by a person's wish or since the study is done, until it is asked to go on. */
    record Waiting(String why, History history) implements Event {}

    /** A proposal is sought for the trial of that number. */
    record Proposing(int number) implements Event {}

    /** A trial is being run. */
    record Running(int number, Proposal.Try proposal) implements Event {}

    /** A trial has ended and is in the journal. */
    record Finished(Entry entry, History history) implements Event {}

    /** A run failed through no fault of its config and is tried again; {@code attempt} counts from 1. */
    record Retrying(int number, int attempt, Outcome.Failed failure) implements Event {}

    /** A run crashed at once and is tried again as its proposer has mended it. */
    record Mending(int number, Outcome.Failed failure) implements Event {}

    /** The baseline failed, so there is nothing to improve on. Its run is shown as a trial, and is none: it will be run anew. */
    record BaselineFailed(Trial trial, Outcome.Failed failure) implements Event {}

    /** How busy the workers were, before the end of a study that runs several trials at once. */
    record Worked(Utilisation utilisation) implements Event {}

    /** The loop ended; {@code unused} is what models answered on turns that are in none of the trials. */
    record Ended(End end, String why, List<Entry> entries, List<Unused> unused, History history) implements Event {}

    /** Watches a study: one of the ways to show it. */
    interface Listener {
        /** Called from the loop's thread, once an event. */
        void on(Event event);
    }
}
