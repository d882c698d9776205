package dev.chiron.agent.store;

import dev.chiron.optimizers.study.Outcome.CurvePoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is kept of a trial beside the journal; any of it may have been deleted to save room. */
public record TrialFolder(Path folder) {

    /** The text of a file, if it is there. */
    public Optional<String> text(String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The values reported on the way, in order, up to the first line that is none; empty without a curve. */
    public List<CurvePoint> curve() {
        return curve("curve.csv");
    }

    /** The same of another file of steps and values. */
    public List<CurvePoint> curve(String name) {
        List<CurvePoint> points = new ArrayList<>();
        for (String line : text(name).orElse("").lines().skip(1).toList()) {
            String[] cells = line.split(",", -1);
            try {
                points.add(new CurvePoint(Double.parseDouble(cells[0]), Double.parseDouble(cells[1])));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                break; // a process killed while it wrote the file
            }
        }
        return points;
    }
}
