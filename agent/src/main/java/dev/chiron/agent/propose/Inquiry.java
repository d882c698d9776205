package dev.chiron.agent.propose;

import dev.chiron.agent.store.Ahead;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A question to the model for one turn: ready, and perhaps being asked on a thread of its own. */
final class Inquiry {

    private static final long LONGEST_FAREWELL = 2_000; // milliseconds

    private final int number;
    private final Suggestions.Suggestion suggestion;
    private final Supplier<Ahead> question;
    private Optional<Ahead> written = Optional.empty();
    private Optional<FutureTask<ModelTurns.Ending>> answer = Optional.empty();
    private Optional<Thread> thread = Optional.empty();

    /**
     * @param number of the trial whose turn it is for
     * @param question written when it is first wanted: a replayed study wants the last one only
     */
    Inquiry(int number, Suggestions.Suggestion suggestion, Supplier<Ahead> question) {
        this.number = number;
        this.suggestion = suggestion;
        this.question = question;
    }

    int number() {
        return number;
    }

    /** What the optimizer would try on that turn. */
    Suggestions.Suggestion suggestion() {
        return suggestion;
    }

    Ahead question() {
        if (written.isEmpty()) {
            written = Optional.of(question.get());
        }
        return written.get();
    }

    /** Begins to ask while something else goes on. */
    void begin(Callable<ModelTurns.Ending> asking) {
        FutureTask<ModelTurns.Ending> task = new FutureTask<>(asking);
        Thread asker = new Thread(task, "chiron-model");
        asker.setDaemon(true);
        answer = Optional.of(task);
        thread = Optional.of(asker);
        asker.start();
    }

    /** The answer, waited for; asked for now if nobody has begun. */
    ModelTurns.Ending await(Callable<ModelTurns.Ending> asking) throws InterruptedException {
        FutureTask<ModelTurns.Ending> task = answer.orElseGet(() -> new FutureTask<>(asking));
        if (answer.isEmpty()) {
            task.run();
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (e.getCause() instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Gives up what is being asked: a program that answers is ended with it. */
    void giveUp() {
        thread.filter(Thread::isAlive).ifPresent(asker -> {
            asker.interrupt();
            try {
                asker.join(LONGEST_FAREWELL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
