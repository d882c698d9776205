package dev.chiron.agent;

import com.sun.management.OperatingSystemMXBean;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.view.TrialLine;
import dev.chiron.optimizers.study.Budget;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * What a study of very many trials costs Chiron itself: {@code METHOD FOLDER [TRIALS [WORKERS]]}, with {@code cma-es} or {@code asha}. The
 * workers' time is simulated and nothing is run; the loop, the proposers, the journal, the state and the trials' files are the real ones, in a
 * real folder. A study that is there already is read and gone through again instead, with {@code state.json} and without it.
 */
final class ScaleMeasure {

    private static final int TENTHS = 10;

    private ScaleMeasure() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        int trials = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100_000;
        int workers = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 512;
        Throng throng = new Throng(arguments[0]);
        if (Files.exists(folder)) {
            replay(throng, folder, trials, workers);
        } else {
            run(throng, folder, trials, workers);
        }
        System.out.printf(Locale.ROOT, "memory of the process, at most: %s%n", most());
    }

    private static void run(Throng throng, Path folder, int trials, int workers) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int[] ended = {0};
        long[] tenth = {cpu()};
        Event.Listener listener = event -> {
            if (event instanceof Event.Finished finished) {
                nowhere.println(TrialLine.of(finished.entry(), finished.history()));
                if (++ended[0] % (trials / TENTHS) == 0) {
                    System.out.printf(
                            Locale.ROOT,
                            "%,8d trials: %.3f ms of CPU a trial since the line before%n",
                            ended[0],
                            (cpu() - tenth[0]) / 1e6 / (trials / TENTHS));
                    tenth[0] = cpu();
                }
            }
        };
        long began = cpu();
        long start = System.nanoTime();
        try (StudyFolder study = StudyFolder.open(folder, "task: scale\n", InstantSource.system())) {
            System.out.println(throng.run(study, workers, Budget.ofTrials(trials), listener, 0));
        }
        System.out.printf(
                Locale.ROOT,
                "%.3f ms of CPU a trial, %.3f ms by the clock%n",
                (cpu() - began) / 1e6 / trials,
                (System.nanoTime() - start) / 1e6 / trials);
    }

    private static void replay(Throng throng, Path folder, int trials, int workers) throws IOException {
        Lap lap = new Lap();
        int read = Recording.read(folder).orElseThrow().entries().size();
        System.out.printf(Locale.ROOT, "%,d trials read: %s%n", read, lap.text());
        for (boolean state : List.of(true, false)) {
            if (!state) {
                Files.delete(folder.resolve("state.json"));
            }
            lap = new Lap();
            try (StudyFolder study = StudyFolder.open(folder, "task: scale\n", InstantSource.system())) {
                int told = throng.known(study);
                throng.run(study, workers, Budget.ofTrials(trials), event -> {}, told);
                System.out.printf(
                        Locale.ROOT,
                        "%s state.json, which knows %,d trials, opened and gone through: %s%n",
                        state ? "with" : "without",
                        told,
                        lap.text());
            }
        }
    }

    /** From now on. */
    private static final class Lap {
        private final long cpu = cpu();
        private final long nanos = System.nanoTime();

        String text() {
            return String.format(
                    Locale.ROOT,
                    "%.2f s of CPU, %.2f s by the clock",
                    (cpu() - cpu) / 1e9,
                    (System.nanoTime() - nanos) / 1e9);
        }
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static String most() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("unknown");
    }
}
