package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.view.StudyView;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Running trials: one, several in the background, waiting, pausing, giving up. */
record RunTools(Desk desk) {

    /** Several clients give a call up after 60 s. */
    static final int WAIT = 45;

    private static final int LONGEST_WAIT = 3_600;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    List<Tool> tools() {
        return List.of(runTrial(), runTrials(), await(), pause(), resume(), cancel(), enqueue(), tell());
    }

    static Field wait(String description) {
        return Field.whole("wait_seconds", 0, LONGEST_WAIT, description);
    }

    private Tool runTrial() {
        return new Tool(
                "run_trial",
                "Run one trial",
                "Without a config runs the study's own next trial: the baseline first, then what the optimizer or the task's "
                        + "model proposes. With a config runs that, in your name; it is checked as by `propose` and refused, with "
                        + "the reason, if it breaks a constraint, ran before or will probably fail. Waits for its end and "
                        + "reports it; training may take longer than one call waits, then the answer says that it is still "
                        + "running, and `wait` waits on. Taking the call back gives the trial up.",
                Tool.Effect.CHANGES,
                List.of(
                        Given.study(),
                        Given.config(),
                        Given.why(),
                        again(),
                        Field.flag("anyway", "true runs a config that will probably fail."),
                        wait("How long to wait for its end; " + WAIT + " if left out. 0 comes back at once.")),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    List<Steering> wishes = arguments.object("config").isPresent()
                            ? List.of(wish(seat, arguments, caller, true))
                            : List.of();
                    return run(arguments, seat, caller, wishes);
                });
    }

    private static Field again() {
        return Field.flag(
                "again", "true runs a config although a trial ran it before, which tells how much values vary.");
    }

    /** A config in the caller's name, if nothing is to be said against it. */
    private Steering.Try wish(Seat seat, Arguments arguments, Caller caller, boolean careful)
            throws InterruptedException {
        if (!seat.hasBegun() || desk.view(arguments).entries().isEmpty()) {
            throw new BadInput("nothing was run yet: call `run_trial` without a config first, which runs the baseline");
        }
        Spec spec = seat.inForce(caller);
        Check check = Check.of(
                arguments.object("config").orElseThrow(),
                spec.space(),
                spec.baseline(),
                desk.view(arguments).now().history());
        List<String> objections = new ArrayList<>(check.objections());
        if (arguments.flag("again")) {
            check.before().ifPresent(trial -> objections.removeIf(text -> text.startsWith("trial ")));
        }
        if (arguments.flag("anyway") || !careful) {
            objections.removeIf(text -> text.startsWith("it will probably fail"));
        }
        if (!objections.isEmpty()) {
            throw new BadInput("not run: " + String.join("; ", objections)
                    + check.repaired()
                            .map(config -> "; near it and allowed is " + EntryJson.config(config))
                            .orElse(""));
        }
        return new Steering.Try(
                check.config(),
                arguments.flag("again"),
                Origin.AGENT,
                caller.name(),
                arguments.text("why").orElse(""));
    }

    private Tool enqueue() {
        return new Tool(
                "enqueue",
                "Queue a config",
                "Puts a config of yours in line: it is run, in your name, before the study's own next trial, whoever starts "
                        + "that. Queued configs are kept in the study. The answer has a number, by which `cancel` takes it back; while a trial is being "
                        + "run it has none yet, `status` lists it later.",
                Tool.Effect.CHANGES,
                List.of(Given.study(), Given.config().needed(), Given.why(), again()),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    return Answer.of(steered(seat, wish(seat, arguments, caller, true), caller));
                });
    }

    /** Has something taken up: by the loop that runs before its next trial, else at once. */
    static ObjectNode steered(Seat seat, Steering wish, Caller caller) throws InterruptedException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Optional<Drive> running = seat.running();
        if (running.isPresent() && running.get().isLook()) {
            running.get().await(PATIENCE, PATIENCE, caller);
            running = seat.running();
        }
        if (running.isPresent()) {
            running.get().steer(wish);
            return object.put("accepted", wish.text())
                    .put("when", "before the next trial; a trial is being run")
                    .put("number", "`status` lists it once it is taken up");
        }
        Drive drive = seat.start(0, List.of(wish));
        drive.await(PATIENCE, PATIENCE, caller);
        if (!drive.refusals().isEmpty()) {
            throw new BadInput(String.join("; ", drive.refusals()));
        }
        object.put("accepted", wish.text());
        drive.taken().forEach(taken -> object.put("number", taken.number()));
        return object;
    }

    private Tool tell() {
        return new Tool(
                "tell",
                "Tell a result measured elsewhere",
                "Records a config that was measured outside Chiron, with the same script, data and metric, as a trial of the "
                        + "origin `told`; the optimizer learns from it. It is not run; configs queued before it are. Give `value`, or `failed` with the reason. Tell "
                        + "only what was really measured.",
                Tool.Effect.CHANGES,
                List.of(
                        Given.study(),
                        Given.config().needed(),
                        Field.number("value", "What the metric was."),
                        Field.choice(
                                "failed",
                                List.of("out-of-memory", "timed-out", "diverged", "crashed"),
                                "How it failed, instead of a value."),
                        Given.why()),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    Outcome outcome = told(arguments);
                    requireOneMetric(seat, outcome);
                    Steering.Try wish = wish(seat, arguments, caller, false);
                    Steering told = new Steering.Told(wish.config(), outcome, wish.author(), wish.why());
                    Drive drive = seat.start(1, List.of(told));
                    drive.await(PATIENCE, PATIENCE, caller);
                    return Answer.of(report(seat, drive));
                });
    }

    private static void requireOneMetric(Seat seat, Outcome outcome) {
        if (outcome instanceof Outcome.Measured
                && seat.spec().objective().names().findAny().isPresent()) {
            throw new BadInput("a trial of this study is judged by several metrics ("
                    + seat.spec().objective().metric() + ", "
                    + seat.spec().objective().names().collect(Collectors.joining(", "))
                    + "), and `value` is one: `enqueue` the config instead, so that it is run");
        }
    }

    private static Outcome told(Arguments arguments) {
        Optional<String> failed = arguments.text("failed");
        if (failed.isPresent() == arguments.number("value").isPresent()) {
            throw new BadInput("give either `value` or `failed`");
        }
        if (failed.isPresent()) {
            Outcome.Reason reason = Stream.of(Outcome.Reason.values())
                    .filter(known -> known.label().equals(failed.get()))
                    .findFirst()
                    .orElseThrow();
            return new Outcome.Failed(reason, "measured elsewhere");
        }
        return new Outcome.Measured(arguments.number("value").getAsDouble());
    }

    private Tool cancel() {
        return new Tool(
                "cancel",
                "Take back a queued config or a steering",
                "Takes back what `enqueue` or `steer` asked for, by the number that they answered: a config that was not run yet, or the "
                        + "last of the other steerings that hold. To give up the trial that is being run: `pause` with now: true.",
                Tool.Effect.CHANGES,
                List.of(
                        Given.study(),
                        Field.whole("number", 1, Integer.MAX_VALUE, "The number.")
                                .needed()),
                (arguments, caller) -> Answer.of(steered(
                        desk.seat(arguments),
                        new Steering.Undo(arguments.whole("number").orElseThrow()),
                        caller)));
    }

    private Tool runTrials() {
        return new Tool(
                "run_trials",
                "Run several trials in the background",
                "Starts so many of the study's own trials, one after the other, and comes back at once. `wait` and "
                        + "`status` tell how far they are, `pause` ends them after the running one.",
                Tool.Effect.CHANGES,
                List.of(
                        Given.study(),
                        Field.whole("trials", 1, 100_000, "How many.").needed()),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    Drive drive = seat.start(arguments.whole("trials").orElseThrow());
                    return Answer.of(report(seat, drive));
                });
    }

    private Tool await() {
        return new Tool(
                "wait",
                "Wait for running trials",
                "Waits until the trials that were started have ended, or for so many seconds, and reports what has ended "
                        + "so far. Taking the call back ends the waiting alone.",
                Tool.Effect.READS,
                List.of(Given.study(), wait("How long at most; " + WAIT + " if left out.")),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    Drive drive = seat.drive()
                            .orElseThrow(() -> new BadInput("nothing is being run: call `run_trial` or `run_trials`"));
                    return answer(arguments, seat, drive, caller);
                });
    }

    private Tool pause() {
        return new Tool(
                "pause",
                "Pause after the running trial",
                "Lets the trial that is being run end and runs no other, until `resume`, `run_trial` or `run_trials`. With "
                        + "`now` the running trial is given up: it leaves nothing in the study and may be run again.",
                Tool.Effect.CHANGES,
                List.of(Given.study(), Field.flag("now", "true ends the running trial at once.")),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    Drive drive = seat.running().orElseThrow(() -> new BadInput("nothing is being run"));
                    if (arguments.flag("now")) {
                        drive.giveUp();
                    } else {
                        drive.pause();
                    }
                    return Answer.of(report(seat, drive));
                });
    }

    private Tool resume() {
        return new Tool(
                "resume",
                "Go on with paused trials",
                "Goes on with what `pause` ended: runs as many trials as were still to be run then.",
                Tool.Effect.CHANGES,
                List.of(Given.study()),
                (arguments, caller) -> {
                    Seat seat = desk.seat(arguments);
                    int left = seat.drive().map(Drive::left).orElse(0);
                    if (seat.running().isPresent() || left == 0) {
                        throw new BadInput(
                                seat.running().isPresent()
                                        ? "it is not paused: "
                                                + seat.running().orElseThrow().words()
                                        : "nothing was paused: call `run_trials`");
                    }
                    return Answer.of(report(seat, seat.start(left)));
                });
    }

    /** Runs what is wished for, and waits for it as long as the caller does. */
    Answer run(Arguments arguments, Seat seat, Caller caller, List<Steering> wishes) throws InterruptedException {
        Drive drive = seat.start(1, wishes);
        caller.call().onCancel(() -> giveUp(seat, drive, caller));
        return answer(arguments, seat, drive, caller);
    }

    /** What the client has taken back is not run later either. */
    private static void giveUp(Seat seat, Drive drive, Caller caller) {
        drive.giveUp();
        if (caller.call().isUnwanted() && !drive.awaited().isEmpty() && !drive.isRunning()) {
            List<Steering> undone = drive.awaited().stream()
                    .<Steering>map(wish -> new Steering.Undo(wish.number()))
                    .toList();
            var unused = seat.start(0, undone);
        }
    }

    private Answer answer(Arguments arguments, Seat seat, Drive drive, Caller caller) throws InterruptedException {
        Duration most = Duration.ofSeconds(arguments.whole("wait_seconds").orElse(WAIT));
        drive.await(most, seat.spec().limits().time(), caller);
        return Answer.of(report(seat, drive));
    }

    private ObjectNode report(Seat seat, Drive drive) {
        if (!drive.refusals().isEmpty()) {
            throw new BadInput(String.join("; ", drive.refusals()));
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean running = drive.isRunning();
        object.put("study", desk.fence().shown(seat.folder()));
        object.put("running", running);
        object.put("doing", drive.words());
        if (Files.isRegularFile(seat.folder().resolve("journal.jsonl"))) {
            StudyView view = StudyView.read(seat.folder(), desk.fence().shown(seat.folder()));
            ArrayNode trials = object.putArray("ended_trials");
            drive.entries().forEach(entry -> trials.add(Reports.trial(entry, view.history())));
            view.history()
                    .incumbent()
                    .ifPresent(best -> object.putObject("best")
                            .put("trial", best.number())
                            .put("value", view.history().value(best).orElseThrow()));
        }
        if (!running && drive.left() > 0) {
            object.put("why", drive.why());
        }
        if (running) {
            object.put("next", "call `wait` until `running` is false; `pause` ends it");
        }
        List<String> notes = seat.takeNotes();
        if (!notes.isEmpty()) {
            ArrayNode array = object.putArray("notes");
            notes.forEach(array::add);
        }
        return object;
    }
}
