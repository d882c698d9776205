package dev.chiron.sandbox.slurm;

import java.nio.file.Path;

/** The program that the tests' jobs start, as {@code chiron job} is in earnest. */
final class JobMain {

    private JobMain() {}

    public static void main(String[] args) throws Exception {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            main.interrupt();
            try {
                main.join(5000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        new Job(Path.of(args[0]), System.getenv()).run();
        Runtime.getRuntime().halt(0);
    }
}
