package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Runs a training as processes of this machine, in a copy of its project, under its limits. Whatever happens, no process of a run is left
 * when {@link #run} returns; if this JVM is killed, the next run in the same workspace ends what was left. Safe for use by several threads,
 * each with its own workspace.
 */
public final class LocalRunner implements Runner {

    private final Training training;
    private final Map<String, String> environment;
    private final Sandbox sandbox;
    private final LongSupplier nanos;
    private final Stage stage;
    private final Evaluation evaluation;
    private final Loading loading;
    private final Proof proof;
    private final SyntaxCheck syntax;
    private final RandomGenerator random;

    /**
     * A runner for one training.
     *
     * @param environment this JVM's variables; only a few harmless ones are passed on
     * @param sandbox what keeps the runs in
     * @throws IllegalArgumentException if a command line has an open quote or no word
     */
    public LocalRunner(Training training, Map<String, String> environment, Sandbox sandbox) {
        this(training, environment, sandbox, System::nanoTime, new SecureRandom());
    }

    /** @param random draws the nonces, so nobody may be able to foresee it */
    LocalRunner(
            Training training,
            Map<String, String> environment,
            Sandbox sandbox,
            LongSupplier nanos,
            RandomGenerator random) {
        Starter starter = new Starter();
        this.training = training;
        this.environment = new LinkedHashMap<>(environment);
        this.sandbox = sandbox;
        this.nanos = nanos;
        Function<Training, Stage> stages = task -> new Stage(task, environment, sandbox, starter, nanos);
        this.stage = stages.apply(training);
        this.evaluation = new Evaluation(training, stages);
        this.loading = new Loading(training, stages, sandbox.level() != Isolation.PLAIN);
        this.syntax = new SyntaxCheck(
                training,
                new Programs(training.project(), new Environment(environment, training.env()), starter),
                stages);
        this.proof = Proof.of(training);
        this.random = random;
    }

    /** What it runs. */
    public Training training() {
        return training;
    }

    /** The names of the variables of this JVM that runs see, where they are set. */
    public static List<String> variables() {
        return Environment.PASSED;
    }

    /**
     * The same with another value of a variable, such as one that shows a run a GPU of its own. It reaches the runs if it is one of the few that
     * are passed on, and the task does not set it.
     */
    public LocalRunner with(String variable, String value) {
        Map<String, String> other = new LinkedHashMap<>(environment);
        other.put(variable, value);
        return new LocalRunner(training, other, sandbox, nanos, random);
    }

    @Override
    public Execution run(Change change, Path workspace, boolean holdout) throws InterruptedException {
        return run(change, workspace, holdout, Watch.NONE);
    }

    @Override
    public Execution run(Change change, Path workspace, boolean holdout, Watch watch) throws InterruptedException {
        Path place = workspace.toAbsolutePath().normalize();
        Marker.of(place).end();
        Finish trained = train(change, place, watch);
        Execution execution = judged(evaluation.score(trained, change, place, holdout));
        boolean saves = training.saving().isPresent() && trained.endedWell() && hasValue(execution.outcome());
        return saves ? execution.saving(Optional.of(Given.saved(place))) : execution;
    }

    private static boolean hasValue(Outcome outcome) {
        return outcome instanceof Outcome.Measured || outcome instanceof Outcome.Infeasible;
    }

    /** A run without what the task needs beside its metric is none, and one that breaks what must hold is infeasible. */
    private Execution judged(Execution execution) {
        return execution.outcome() instanceof Outcome.Measured measured
                ? execution.but(training.objective().judged(measured))
                : execution;
    }

    private Finish train(Change change, Path workspace, Watch watch) throws InterruptedException {
        boolean edited = training.edits() || change.variant().isPresent();
        Optional<Nonce> nonce = edited && proof.isByNonce() ? Optional.of(Nonce.draw(random)) : Optional.empty();
        try {
            Stage.Place prepared = stage.prepare(Optional.of(change), workspace, List.of());
            Loading.Loaded loaded = loading.of(change, prepared.folder());
            if (loaded.failed().isPresent()) {
                Outcome.Failed failed = loaded.failed().get();
                return Attempt.unstarted(failed.reason(), failed.detail(), prepared.diff())
                        .longer(loaded.took());
            }
            Stage.Place place = loaded.folder().map(prepared::loading).orElse(prepared);
            if (!edited) {
                return stage.run(place, change.config(), nonce, watch).longer(loaded.took());
            }
            Guarded before = Guarded.of(training, place.folder(), sandbox.level());
            Finish finish = stage.run(place, change.config(), nonce, watch);
            Optional<String> broken = before.broken();
            return broken.isPresent() ? finish.but(new Outcome.Failed(Reason.REFUSED, broken.get())) : proven(finish);
        } catch (IOException e) {
            requireNoInterrupt();
            return Attempt.unstarted(Reason.INFRASTRUCTURE, "the workspace could not be prepared: " + e, "");
        } catch (IllegalArgumentException e) {
            return Attempt.unstarted(Reason.REFUSED, String.valueOf(e.getMessage()), "");
        }
    }

    /** An interrupt breaks off what is being read or written: that is a run given up, and no failure of the machine. */
    private static void requireNoInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("given up while its workspace was prepared");
        }
    }

    private Finish proven(Finish finish) {
        return finish.outcome() instanceof Outcome.Measured measured
                        && proof.impossible().isPresent()
                ? finish.but(new Outcome.Failed(
                        Reason.UNVERIFIED,
                        "it claims " + measured.value() + ", and "
                                + proof.impossible().get()))
                : finish;
    }

    /**
     * What an edited script could do here to a metric that counts, since this machine's sandbox cannot keep it from that; empty where it
     * cannot do anything. For the person to know before a study that edits begins.
     */
    public Optional<String> caution() {
        if (sandbox.level() == Isolation.PLAIN) {
            return Optional.of(
                    "without a sandbox an edited script can read what is hidden from it, and change what measures it");
        }
        return proof.isByNonce() && !sandbox.walls().keepsSecrets()
                ? Optional.of("with " + sandbox.level().label()
                        + " on this machine an edited script can look into the harness that starts it; install bubblewrap, use"
                        + " evaluate:, or set kernel.yama.ptrace_scope to 1")
                : Optional.empty();
    }

    /**
     * What the compiler of the script's language says against an edited script, in a line or a few and with its line; empty where it says
     * nothing, or there is none. Nothing of the script is run.
     *
     * @param workspace beside which there is room; nothing is left there
     * @throws InterruptedException if this thread was interrupted; all processes have been ended
     */
    public Optional<String> syntax(Change change, Path workspace) throws InterruptedException {
        return change.variant().isPresent()
                ? syntax.problem(
                        change.variant().get().text(),
                        workspace.toAbsolutePath().normalize())
                : Optional.empty();
    }

    /**
     * Opens a shell on this process's own terminal, in the very place and environment of a run with this change, and waits for its end.
     *
     * @param workspace an empty folder to work in
     * @return its exit status
     * @throws IOException if it cannot be opened
     * @throws InterruptedException if the wait is interrupted; the shell and all in it has ended then
     */
    public int shell(Change change, Path workspace) throws IOException, InterruptedException {
        return stage.shell(stage.prepare(Optional.of(change), workspace, List.of()), change.config());
    }
}
