package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.SplitMix;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;

/** Turns the library's loop inside out: its thread waits at each evaluation until the value is handed in. */
final class CommonsMathThread implements AutoCloseable {

    private final SynchronousQueue<double[]> points = new SynchronousQueue<>();
    private final SynchronousQueue<Double> values = new SynchronousQueue<>();
    private final double[] start;
    private final double sigma;
    private final SplitMix random;
    private final Thread thread;
    private boolean closed;

    CommonsMathThread(double[] start, double sigma, long seed) {
        this.start = start.clone();
        this.sigma = sigma;
        this.random = new SplitMix(seed);
        this.thread = new Thread(this::optimizeAgainAndAgain, "commons-math-cma-es");
        thread.setDaemon(true);
        thread.start();
    }

    /** Thrown through the library to end its loop. */
    private static final class Closed extends RuntimeException {
        Closed() {
            super("closed", null, false, false);
        }
    }

    /**
     * The point to be evaluated next; each has to be answered once.
     *
     * @throws IllegalStateException if the thread was closed or has ended
     */
    double[] next() {
        return exchange(() -> Optional.ofNullable(points.poll(1, TimeUnit.SECONDS)));
    }

    /**
     * Hands in the value of the point taken last.
     *
     * @throws IllegalStateException if the thread was closed or has ended
     */
    void answer(double value) {
        exchange(() -> values.offer(value, 1, TimeUnit.SECONDS) ? Optional.of(value) : Optional.empty());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void optimizeAgainAndAgain() {
        try {
            while (true) {
                optimize();
            }
        } catch (Closed e) {
            // the thread ends here
        }
    }

    /** With the active update, and the population that the method's authors recommend. */
    private void optimize() {
        double[] lower = new double[start.length];
        double[] upper = new double[start.length];
        double[] widths = new double[start.length];
        Arrays.fill(upper, 1);
        Arrays.fill(widths, sigma);
        int population = 4 + (int) Math.floor(3 * StrictMath.log(start.length));
        try {
            new CMAESOptimizer(Integer.MAX_VALUE, 0, true, 0, 0, random, false, null)
                    .optimize(
                            new InitialGuess(start),
                            new ObjectiveFunction(this::evaluate),
                            GoalType.MINIMIZE,
                            new SimpleBounds(lower, upper),
                            MaxEval.unlimited(),
                            new CMAESOptimizer.Sigma(widths),
                            new CMAESOptimizer.PopulationSize(population));
        } catch (MathIllegalStateException e) {
            // the library could not decompose its covariance: as good as converged, so it starts again
        }
    }

    private double evaluate(double[] point) {
        try {
            points.put(point.clone());
            return values.take();
        } catch (InterruptedException e) {
            throw new Closed();
        }
    }

    private interface Attempt<T> {
        Optional<T> run() throws InterruptedException;
    }

    /** The library answers within microseconds, so an interrupt of the caller can wait for it; it is not lost. */
    private <T> T exchange(Attempt<T> attempt) {
        boolean interrupted = false;
        try {
            while (!closed && thread.isAlive()) {
                try {
                    Optional<T> exchanged = attempt.run();
                    if (exchanged.isPresent()) {
                        return exchanged.get();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            throw new IllegalStateException("Commons Math's optimizer was closed or has ended");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
