package dev.chiron.sandbox.run;

import dev.chiron.sandbox.isolate.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps hidden files out of sight wherever else a run could see them: where a link of the project leads to a folder that holds them, or the
 * task lets the run see one.
 *
 * @param hidden as the task names them
 * @param real where they are on the machine, links followed
 */
record Hiding(List<Path> hidden, List<Path> real) {

    private static final Path NOTHING = Path.of("/dev/null");

    static Hiding of(Path project, List<String> hidden) throws IOException {
        List<Path> relative =
                hidden.stream().map(path -> Path.of(path).normalize()).toList();
        Set<Path> real = new LinkedHashSet<>();
        for (Path path : relative) {
            if (Files.exists(project.resolve(path))) {
                real.add(project.resolve(path).toRealPath());
            }
        }
        return new Hiding(relative, List.copyOf(real));
    }

    /** What a copy of the project leaves out, by name and, where a link of the project leads there, by place. */
    List<Path> places(Path project) {
        return Stream.concat(hidden.stream().map(project::resolve), real.stream())
                .toList();
    }

    /** Those of some paths of the project that are not hidden. */
    List<String> without(List<String> paths) {
        return paths.stream()
                .filter(path -> hidden.stream().noneMatch(Path.of(path).normalize()::startsWith))
                .toList();
    }

    /**
     * The mounts with something over each that would show what is hidden.
     *
     * @param folders of the workspace that are hidden, too
     */
    List<Mount> over(List<Mount> mounts, List<Path> folders) throws IOException {
        if (real.isEmpty()) {
            return mounts;
        }
        List<Mount> kept = new ArrayList<>();
        Set<Mount> covers = new LinkedHashSet<>();
        for (Mount mount : mounts) {
            boolean shows = mount.kind() == Mount.Kind.READ || mount.kind() == Mount.Kind.WRITE;
            Path source = shows && Files.exists(mount.source()) ? mount.source().toRealPath() : mount.source();
            if (shows && real.stream().anyMatch(source::startsWith)) {
                continue;
            }
            kept.add(mount);
            for (Path path : real) {
                if (shows && path.startsWith(source) && Files.exists(path)) {
                    covers.add(cover(path, mount.target().resolve(source.relativize(path))));
                }
            }
        }
        folders.forEach(folder -> covers.add(new Mount(Mount.Kind.EMPTY, folder, folder)));
        kept.addAll(covers);
        return kept;
    }

    private static Mount cover(Path path, Path target) {
        return Files.isDirectory(path)
                ? new Mount(Mount.Kind.EMPTY, path, target)
                : new Mount(Mount.Kind.READ, NOTHING, target);
    }
}
