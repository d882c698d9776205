package dev.chiron.agent.cli;

import dev.chiron.agent.Control;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C: once finishes the running trial, twice stops now. The JDK has no supported way to take a signal without
 * ending, so {@code sun.misc.Signal} is used where it is there; without it Ctrl-C stops at once, which is safe, too.
 */
final class Interrupts {

    private final Thread loop;

    /** SIGTERM or a closed terminal ends the JVM; the trial's processes must not outlive it. */
    private final Thread atExit;

    private Interrupts(Thread loop) {
        this.loop = loop;
        this.atExit = new Thread(this::endLoop, "end-running-trial");
    }

    /** Takes interrupts until {@link #release}, for the loop that runs in the current thread. */
    static Interrupts route(Control control, PrintStream err) {
        Interrupts interrupts = new Interrupts(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interrupts.atExit);
        try {
            handle("INT", () -> {
                if (control.stop()) {
                    err.println(
                            "\nStopping after the running trial; Ctrl-C again stops now. Nothing is lost either way.");
                } else {
                    interrupts.loop.interrupt();
                }
            });
        } catch (ReflectiveOperationException e) {
            err.println("Ctrl-C will stop at once here (" + e.getClass().getSimpleName() + ").");
        }
        return interrupts;
    }

    /**
     * Leaves Ctrl-C to the program that has the terminal now, until {@link #release}. A closed terminal or SIGTERM interrupts the current
     * thread, which has a few seconds to clear away what it made.
     */
    static Interrupts leaveToProgram() {
        Interrupts interrupts = new Interrupts(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interrupts.atExit);
        try {
            handle("INT", () -> {});
        } catch (ReflectiveOperationException e) {
            return interrupts; // then it ends both, which is safe, too
        }
        return interrupts;
    }

    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler methods = (self, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "Chiron's " + name + " handler";
        };
        Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, methods);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }

    private void endLoop() {
        loop.interrupt();
        try {
            loop.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on Ctrl-C and SIGTERM end the process as usual. */
    void release() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending already, and the hook has done its work
        }
    }
}
