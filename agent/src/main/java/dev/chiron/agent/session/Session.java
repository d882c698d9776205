package dev.chiron.agent.session;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.Event;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.start.OpenStudy;
import dev.chiron.agent.start.Opening;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.UnusableStudy;
import dev.chiron.agent.view.StudyView;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/**
 * A prompt at a study. The loop runs in its own thread; what it does is shown above the line, and what is typed steers it. A study
 * that another process runs is followed until that has ended.
 */
public final class Session {

    private final Path folder;
    private final String shown;
    private final Screen screen;
    private final Transcript transcript = new Transcript();
    private final Feed feed;
    private final Driver driver;
    private final Actions actions;
    private final boolean paused;
    private Optional<Follower> follower = Optional.empty();
    private boolean yes;
    private boolean left;
    private boolean interrupted;

    /**
     * A session.
     *
     * @param folder of the study, which may not be there yet
     * @param shown the folder as the user names it
     * @param opening opens the study
     * @param shell runs the commands that read it
     * @param choices how it begins
     */
    public Session(Path folder, String shown, Screen screen, Supplier<Opening> opening, Shell shell, Choices choices) {
        this.folder = folder;
        this.shown = shown;
        this.screen = screen;
        this.yes = choices.yes();
        this.paused = choices.paused();
        this.feed = new Feed(this::print, screen.paint());
        this.driver = new Driver(opening, this::on);
        this.actions = new Actions(folder, shown, screen, driver, shell);
    }

    /**
     * How a session begins.
     *
     * @param yes whether nobody is asked before the study is changed
     * @param paused whether the loop waits at first
     */
    public record Choices(boolean yes, boolean paused) {}

    /** What may stand for the last of some words, in the study of that folder. */
    public static Function<List<String>, List<String>> completions(Path folder, String shown) {
        Supplier<StudyView> view = () -> StudyView.read(folder, shown);
        Completions completions = new Completions(
                () -> view.get().now().space(), () -> view.get().entries().size());
        return words -> {
            try {
                return completions.of(words);
            } catch (BadInput | UnusableStudy | UncheckedIOException e) {
                return List.of(); // no study to complete from
            }
        };
    }

    /** Runs until the person leaves: {@link End#DONE} if by their own command. */
    public End run() {
        Thread farewell = new Thread(driver::giveUp, "chiron-farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        Object before = Signals.register("INT", this::interrupt);
        try {
            begin();
            read();
            follower.ifPresent(Follower::stop);
            return interrupted || driver.last() != End.INTERRUPTED ? driver.last() : End.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return End.INTERRUPTED;
        } finally {
            driver.giveUp();
            Signals.unregister("INT", before);
            try {
                Runtime.getRuntime().removeShutdownHook(farewell);
            } catch (IllegalStateException e) {
                // the JVM is ending already, and the hook has done its work
            }
        }
    }

    private void begin() {
        Optional<String> writer = StudyFolder.writer(folder);
        if (writer.isPresent()) {
            print(List.of(
                    "Process " + writer.get() + " runs the study in " + shown
                            + ": it is followed here, and can be read.",
                    "When that process has ended the study is taken over, paused."));
            follow();
            return;
        }
        print(List.of(screen.paint().strong("chiron session") + ": " + shown
                + ". The prompt stays live while trials run; /help says what can be done."));
        if (driver.open(paused).isPresent()) {
            left = true;
        }
    }

    private void follow() {
        Follower watching = new Follower(folder, shown, feed, this::takeOver);
        follower = Optional.of(watching);
        watching.start();
    }

    /** Called by the follower's thread. */
    private synchronized void takeOver() {
        if (follower.isEmpty() || driver.isOpen() || left) {
            return;
        }
        follower = Optional.empty();
        try {
            print(List.of("The other process has ended."));
            driver.open(true);
        } catch (BadInput | UnusableStudy e) {
            print(List.of(screen.paint().bad("It cannot be taken over: " + e.getMessage())));
        }
    }

    private void on(Event event) {
        feed.on(event);
    }

    private void print(List<String> lines) {
        transcript.add(lines);
        screen.print(lines);
    }

    private void read() throws InterruptedException {
        while (!left) {
            Screen.Input input = screen.read("chiron> ");
            if (left) {
                return; // by a signal, while it waited
            }
            if (input instanceof Screen.Input.Line line) {
                transcript.add(List.of("chiron> " + line.text()));
                enter(line.text().strip());
            } else if (input instanceof Screen.Input.Interrupt) {
                interrupt();
            } else {
                leave(false);
            }
        }
    }

    private void enter(String line) throws InterruptedException {
        try {
            if (line.startsWith("/")) {
                order(Order.read(line));
            } else if (!line.isEmpty()) {
                talk(line);
            }
        } catch (BadInput | UnusableStudy | UncheckedIOException e) {
            print(List.of(screen.paint().bad(String.valueOf(e.getMessage()))));
        }
    }

    private void order(Order order) throws InterruptedException {
        switch (order.verb()) {
            case RESUME -> resume();
            case WAIT -> driver.await();
            case STOP -> {
                print(List.of(ending()));
                driver.end();
            }
            case SAVE -> print(actions.save(order, transcript.lines()));
            case QUIT -> leave(order.words().contains("now"));
            default -> perform(order);
        }
    }

    /** A command that looks is run; one that changes the study is shown, asked about, and run. */
    private List<String> perform(Order order) throws InterruptedException {
        if (order.verb() == Verb.PAUSE || order.verb() == Verb.STEP) {
            requireOpen();
        }
        if (!order.verb().changes()) {
            List<String> lines = actions.look(order);
            print(lines);
            return lines;
        }
        if (order.verb() != Verb.FORK && order.verb() != Verb.APPLY) {
            requireOpen();
        }
        Actions.Change change = actions.change(order);
        print(List.of("  " + change.does()));
        if (!yes && !order.yes() && !agrees()) {
            print(List.of("  nothing was changed"));
            return List.of("the person said no");
        }
        List<String> lines = change.run().call();
        print(lines);
        return lines.isEmpty() ? List.of("done: " + change.does()) : lines;
    }

    private void requireOpen() {
        if (!driver.isOpen()) {
            throw new BadInput(
                    follower.isPresent()
                            ? "another process runs this study: it can be read here, and changed when that has ended"
                            : "the loop has ended: /resume opens it again");
        }
    }

    private boolean agrees() {
        Screen.Input input = screen.read("  do it? [y]es, [n]o, [a]lways in this session: ");
        String answer =
                input instanceof Screen.Input.Line line ? line.text().strip().toLowerCase(java.util.Locale.ROOT) : "";
        yes |= answer.equals("a") || answer.equals("always");
        return yes || answer.equals("y") || answer.equals("yes");
    }

    private void resume() {
        if (driver.isOpen()) {
            actions.resume();
            print(List.of("  goes on"));
            return;
        }
        StudyFolder.writer(folder).ifPresent(process -> {
            throw new BadInput("process " + process + " still runs this study");
        });
        synchronized (this) {
            follower.ifPresent(Follower::stop);
            follower = Optional.empty();
        }
        driver.open(false);
    }

    private void talk(String words) throws InterruptedException {
        Optional<Model> model = driver.study().flatMap(OpenStudy::speaker);
        if (model.isEmpty()) {
            boolean asksNone = driver.study()
                    .flatMap(study -> Method.labelled(study.spec().method()))
                    .filter(method -> !method.isTeam())
                    .isPresent();
            print(List.of("  No language model answers here"
                    + (asksNone
                            ? ": this study's method asks none, a study of --method centaur does"
                            : driver.isOpen() ? " (start with --llm, or /model SPEC)" : ", since the loop is not open")
                    + ". Commands do: /status, /best, /why N, /plot, /try NAME=VALUE, /steer TEXT; /help lists all."));
            return;
        }
        print(List.of(screen.paint().faint("  asking " + model.get().name() + " …")));
        List<String> answer = actions.talk(this::typed).answer(model.get(), words);
        List<String> lines = new ArrayList<>();
        answer.forEach(line -> lines.add("  " + line));
        print(lines);
    }

    /** A command that a model asks for: shown, and run as if it were typed. */
    private List<String> typed(String command) {
        try {
            print(List.of(screen.paint().faint("  it asks for " + command)));
            Order order = Order.read(command.startsWith("/") ? command : "/" + command);
            if (!Talk.isForModels(order.verb())) {
                return List.of(order.verb().word() + " is the person's");
            }
            if (order.verb() == Verb.REPORT && !order.rest().isEmpty()) {
                return List.of("only the person names files: /report alone writes into the study");
            }
            return order.verb() == Verb.RESUME
                    ? List.of("only the person goes on")
                    : perform(new Order(order.verb(), order.words(), order.rest(), false));
        } catch (BadInput | UnusableStudy | UncheckedIOException e) {
            print(List.of(screen.paint().bad("  " + e.getMessage())));
            return List.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of("interrupted");
        }
    }

    private static String them(String trials) {
        return trials.startsWith("trials ") ? "them" : "it";
    }

    private String ending() {
        return driver.busy()
                .map(trial -> "  ends after " + trial + "; Ctrl-C gives " + them(trial) + " up")
                .orElse("  ends");
    }

    /** Ctrl-C: finishes the running trial and pauses; again, gives it up and leaves. Also called by a signal's thread. */
    private void interrupt() {
        if (driver.isOpen() && !driver.isPausing() && !left) {
            driver.pause();
            print(List.of(driver.busy()
                    .map(trial -> "  pauses after " + trial + "; Ctrl-C again gives " + them(trial) + " up and leaves")
                    .orElse("  pauses; Ctrl-C again leaves")));
        } else {
            left = true;
            interrupted = true;
            print(List.of("  stopped; `chiron session` or `chiron run` goes on with it"));
            driver.giveUp();
            screen.wake();
        }
    }

    private void leave(boolean now) throws InterruptedException {
        left = true;
        if (now) {
            driver.giveUp();
        } else {
            driver.busy().ifPresent(trial -> print(List.of(ending())));
            driver.end();
        }
    }
}
