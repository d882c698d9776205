package dev.chiron.agent.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads which earlier results a study begins with; whether they are there is seen when they are read. */
record FromReader(Path folder, Settings settings) {

    /** Parts a file from the study in it that is meant. */
    private static final char STUDY = '#';

    FromSpec read() {
        List<String> sources = new ArrayList<>();
        settings.get(Key.FROM_SOURCES).unlessNone(this::split).ifPresent(sources::addAll);
        Optional<String> metric = settings.get(Key.FROM_METRIC).unlessNone(Scalar::words);
        boolean baseline = settings.get(Key.FROM_MISSING)
                .oneOf(Arrays.asList(FromSpec.REFUSE, FromSpec.BASELINE))
                .equals(FromSpec.BASELINE);
        return new FromSpec(sources, metric, baseline);
    }

    /** Several, as one text. */
    static Scalar joined(Place place, List<Scalar> items) {
        List<String> sources = items.stream().map(Scalar::words).toList();
        if (sources.isEmpty() || sources.stream().anyMatch(source -> source.contains(","))) {
            throw place.bad(
                    "expected a list of files without commas in their names, such as [runs.csv, old/chiron-study]");
        }
        return new Scalar(place, String.join(", ", sources), true);
    }

    private List<String> split(Scalar text) {
        List<String> sources = new ArrayList<>();
        for (String part : text.words().split("\\s*,\\s*", -1)) {
            String source = part.isEmpty() ? part : path(text, part);
            if (source.isEmpty()) {
                throw text.bad(text.shown() + " has a comma too many");
            }
            if (sources.contains(source)) {
                throw text.bad(source + " is given twice; keep one of them");
            }
            sources.add(source);
        }
        return sources;
    }

    /** Relative where it lies in the project, so that both can be moved together. */
    private String path(Scalar text, String source) {
        int hash = source.lastIndexOf(STUDY);
        String file = hash > 0 ? source.substring(0, hash) : source;
        String study = hash > 0 ? source.substring(hash) : "";
        try {
            Path absolute = folder.resolve(file).normalize();
            Path shown = absolute.startsWith(folder) && !absolute.equals(folder)
                    ? folder.relativize(absolute)
                    : Path.of(file).isAbsolute() ? absolute : Path.of(file).normalize();
            return shown.toString().replace('\\', '/') + study;
        } catch (InvalidPathException e) {
            throw text.bad(text.shown() + " is no file name");
        }
    }
}
