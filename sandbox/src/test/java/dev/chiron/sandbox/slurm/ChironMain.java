package dev.chiron.sandbox.slurm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that runs one trial as a job, to be killed. */
final class ChironMain {

    private ChironMain() {}

    /** @param args the plant's folder, whose script is written already */
    public static void main(String[] args) throws Exception {
        Plant plant = Plant.in(Path.of(args[0]), System.getenv());
        plant.runner().run(Plant.change(0.5), plant.slot(0));
    }

    /** Starts one. */
    static Process start(Plant plant) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChironMain.class.getName(),
                plant.folder().toString()));
        builder.environment().clear();
        builder.environment().putAll(plant.environment());
        return builder.redirectErrorStream(true)
                .redirectOutput(plant.folder().resolve("chiron.log").toFile())
                .start();
    }
}
