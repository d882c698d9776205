package dev.chiron.agent.cli;

import dev.chiron.agent.Control;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Ctrl-C, SIGTERM and a closed terminal (SIGHUP): once finishes the running trial, twice stops now. The JDK has no supported way to take
 * a signal without ending, so {@code sun.misc.Signal} is used where it is there; without it they stop at once, which is safe, too. A signal
 * that was ignored when the program started, as nohup does, stays ignored.
 */
final class Interrupts {

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final Thread loop;
    private final List<Runnable> before = new ArrayList<>();

    /** Whatever ends the JVM, the trial's processes must not outlive it. */
    private final Thread atExit;

    private Interrupts(Thread loop) {
        this.loop = loop;
        this.atExit = new Thread(this::endLoop, "end-running-trial");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Takes signals until {@link #release}, for the loop that runs in the current thread.
     *
     * @param workers how many trials it runs at once
     */
    static Interrupts route(Control control, int workers, PrintStream err) {
        Interrupts interrupts = new Interrupts(Thread.currentThread());
        for (String signal : SIGNALS) {
            boolean taken = interrupts.take(signal, () -> {
                if (control.stop()) {
                    err.println("\nStopping after the running " + (workers > 1 ? "trials" : "trial")
                            + (signal.equals("INT") ? "; Ctrl-C again" : " (SIG" + signal + "); once more")
                            + " stops now. Nothing is lost either way.");
                } else {
                    interrupts.loop.interrupt();
                }
            });
            if (!taken && signal.equals("INT")) {
                err.println("Ctrl-C will stop at once here.");
            }
        }
        return interrupts;
    }

    /**
     * Leaves Ctrl-C to the program that has the terminal now, until {@link #release}. A closed terminal or SIGTERM interrupts the current
     * thread, which has a few seconds to clear away what it made.
     */
    static Interrupts leaveToProgram() {
        Interrupts interrupts = endingTrial();
        interrupts.take("INT", () -> {}); // where that cannot be, it ends both, which is safe, too
        return interrupts;
    }

    /** Lets all signals end the process at once, until {@link #release}; the current thread has a few seconds to clear away what it made. */
    static Interrupts endingTrial() {
        return new Interrupts(Thread.currentThread());
    }

    private boolean take(String name, Runnable action) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object signal = signals.getConstructor(String.class).newInstance(name);
            Object handler =
                    Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, methods(name, action));
            Object old = signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
            before.add(() -> {
                try {
                    signals.getMethod("handle", signals, handlers).invoke(null, signal, old);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e); // it could be taken, so it can be given back
                }
            });
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static InvocationHandler methods(String name, Runnable action) {
        return (self, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "Chiron's " + name + " handler";
        };
    }

    private void endLoop() {
        loop.interrupt();
        try {
            loop.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on all signals end the process as usual. */
    void release() {
        before.forEach(Runnable::run);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending already, and the hook has done its work
        }
    }
}
