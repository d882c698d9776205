package dev.chiron.agent;

import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Taken;

/** Takes up what is asked of a running study: what can be taken up is written down first, as a trial is. */
final class Steerage {

    private final Control control;
    private final Helm helm;
    private final Chronicle chronicle;
    private final Event.Listener listener;

    Steerage(Control control, Helm helm, Chronicle chronicle, Event.Listener listener) {
        this.control = control;
        this.helm = helm;
        this.chronicle = chronicle;
        this.listener = listener;
    }

    /**
     * Takes up what may be now.
     *
     * @param quiet whether no trial runs or is ready to; else only what changes neither who proposes nor where is taken up, and the rest waits
     *     until no trial runs that was proposed before
     * @param several whether anything is taken up while a trial runs
     * @return whether anything was taken up
     */
    boolean steer(boolean quiet, boolean several) throws InterruptedException {
        boolean any = false;
        while (control.first()
                .filter(steering -> quiet || (several && changesNobody(steering)))
                .isPresent()) {
            for (Control.Wish wish : control.next()) {
                any |= take(wish);
            }
        }
        return any;
    }

    private boolean changesNobody(Steering steering) {
        return steering instanceof Steering.Wish
                || steering instanceof Steering.Note
                || steering instanceof Steering.Forget
                || (steering instanceof Steering.Limit limit && limit.llmUsd().isEmpty())
                || isOfWaiting(steering);
    }

    private boolean isOfWaiting(Steering steering) {
        return steering instanceof Steering.Undo undo && chronicle.wishes().isWaiting(undo.number());
    }

    private boolean take(Control.Wish wish) throws InterruptedException {
        try {
            chronicle.tellAll();
            Steering exact = checked(wish.steering());
            Taken taken = chronicle.steer(exact);
            listener.on(new Event.Steered(taken, chronicle.shown()));
            wish.answer().complete(taken);
            return true;
        } catch (BadInput e) {
            listener.on(new Event.Unsteered(wish.steering(), String.valueOf(e.getMessage())));
            wish.answer().completeExceptionally(e);
            return false;
        }
    }

    private Steering checked(Steering steering) throws InterruptedException {
        if (isOfWaiting(steering)) {
            return steering;
        }
        Steering exact = helm.checked(steering, chronicle.history());
        if (exact instanceof Steering.Wish wish && !wish.again()) {
            chronicle.wishes().same(wish).ifPresent(other -> {
                throw new BadInput(wish.text() + ": steering " + other.number() + " has it run next already");
            });
        }
        return exact;
    }
}
