package dev.chiron.sandbox.slurm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that runs trials as jobs, to be killed. */
final class ChironMain {

    private ChironMain() {}

    /** @param args the plant's folder, whose script is written already, and how many trials run at once */
    public static void main(String[] args) throws Exception {
        Plant plant = Plant.in(Path.of(args[0]), System.getenv());
        int trials = Integer.parseInt(args[1]);
        if (trials == 1) {
            plant.runner().run(Plant.change(0.5), plant.slot(0));
        } else {
            new Together(plant.inArrays(trials)).run(trials).forEach(Together::outcome);
        }
    }

    /** Starts one that runs a trial. */
    static Process start(Plant plant) throws IOException {
        return start(plant, 1);
    }

    /** Starts one that runs so many at once, as an array. */
    static Process start(Plant plant, int trials) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChironMain.class.getName(),
                plant.folder().toString(),
                String.valueOf(trials)));
        builder.environment().clear();
        builder.environment().putAll(plant.environment());
        return builder.redirectErrorStream(true)
                .redirectOutput(plant.folder().resolve("chiron.log").toFile())
                .start();
    }
}
