package dev.chiron.agent.cli;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;

/**
 * The last line of a terminal while a study runs, rewritten in place twice a second: trial, origin, best, time left,
 * tokens. Away from a terminal there is none, only the lines above it.
 */
final class LiveLine {

    private static final int REFRESH_MILLIS = 500;
    private static final String CLEAR = "\r\u001b[K";

    private final Console console;
    private final OptionalInt budget;
    private int done; // trials, those of earlier sessions included
    private int fallbacks;
    private Usage usage = Usage.NONE;
    private String doing = "";
    private final SortedMap<Integer, Origin> trials = new TreeMap<>(); // that are running
    private String best = "";
    private Instant since;
    private Duration took = Duration.ZERO;
    private int finished;
    private int atOnce = 1; // the most trials that ran at once
    private final Timer timer = new Timer("live-line", true);
    private boolean running;

    LiveLine(Console console, OptionalInt budget) {
        this.console = console;
        this.budget = budget;
        this.since = console.clock().instant();
    }

    synchronized void start(List<Entry> before, History history) {
        before.forEach(this::count);
        noteBest(history);
        if (console.terminal()) {
            running = true;
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            refresh();
                        }
                    },
                    REFRESH_MILLIS,
                    REFRESH_MILLIS);
        }
    }

    synchronized void proposing(int number) {
        if (!trials.isEmpty()) {
            return; // what runs is shown while more is sought
        }
        doing = "trial " + number + outOf() + " | proposing";
        since = console.clock().instant();
        refresh();
    }

    synchronized void running(int number, Origin origin) {
        if (trials.isEmpty()) {
            since = console.clock().instant();
        }
        trials.put(number, origin);
        atOnce = Math.max(atOnce, trials.size());
        doing = running();
        refresh();
    }

    private String running() {
        int last = trials.lastKey();
        return trials.size() == 1
                ? "trial " + last + outOf() + " | "
                        + Objects.requireNonNull(trials.get(last)).label() + " running"
                : trials.size() + " trials running, the last " + last + outOf() + " |";
    }

    synchronized void finished(Entry entry, History history) {
        count(entry);
        trials.remove(entry.trial().number());
        if (!trials.isEmpty()) {
            doing = running();
        }
        finished++;
        took = took.plus(entry.trial().took());
        noteBest(history);
    }

    private void count(Entry entry) {
        done++;
        entry.turn().ifPresent(turn -> {
            usage = usage.plus(turn.usage());
            fallbacks += turn.isFallback() && !turn.overBudget() ? 1 : 0;
        });
    }

    private void noteBest(History history) {
        best = history.objective().isSeveral()
                ? " | front of " + history.front().size()
                : history.incumbent()
                        .map(trial -> " | best "
                                + Texts.value(history.value(trial).orElseThrow()) + " (trial " + trial.number() + ")")
                        .orElse("");
    }

    /** Prints a line that stays, above the live line. */
    synchronized void above(String text) {
        PrintStream err = console.err();
        err.println(running ? CLEAR + text : text);
        refresh();
    }

    synchronized void stop() {
        if (running) {
            console.err().print(CLEAR);
            console.err().flush();
        }
        running = false;
        timer.cancel();
    }

    private synchronized void refresh() {
        if (!running || doing.isEmpty()) {
            return;
        }
        Duration now = Duration.between(since, console.clock().instant());
        long tokens = usage.tokensIn() + usage.tokensOut();
        String line = doing + " " + Texts.time(now) + best + timeLeft()
                + (tokens > 0 ? " | " + Texts.count(tokens) + " tokens" + Texts.cost(usage) : "")
                + (fallbacks > 0 ? " | " + fallbacks + " fallbacks" : "");
        console.err().print(CLEAR + line.substring(0, Math.min(line.length(), width() - 1)));
        console.err().flush();
    }

    /** A line that wraps could not be rewritten. */
    private int width() {
        String columns = console.environment().getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{2,4}") ? Integer.parseInt(columns) : 80;
    }

    private String outOf() {
        return budget.isPresent() ? "/" + (budget.getAsInt() - 1) : "";
    }

    private String timeLeft() {
        if (finished == 0 || budget.isEmpty()) {
            return "";
        }
        long left = Math.max(0, budget.getAsInt() - done);
        return " | about " + Texts.time(took.multipliedBy(left).dividedBy((long) finished * atOnce)) + " left";
    }
}
