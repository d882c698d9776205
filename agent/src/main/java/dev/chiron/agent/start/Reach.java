package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.SandboxSpec;
import dev.chiron.sandbox.isolate.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds on this machine what a task's trials may see of it. */
final class Reach {

    private static final String HOME = "~/";

    private final Path home;
    private final Path project;
    private final Path study;

    /** @param study the study's folder, below which its own caches are */
    Reach(Surroundings surroundings, Path project, Path study) {
        this.home = Path.of(surroundings.environment().getOrDefault("HOME", "/"));
        this.project = project;
        this.study = study.toAbsolutePath().normalize();
    }

    /** @throws BadInput if something listed is not there */
    Access access(SandboxSpec spec) {
        List<Access.Cache> caches = new ArrayList<>();
        for (Map.Entry<String, String> cache : spec.caches().entrySet()) {
            String path = cache.getKey();
            String target = path.startsWith(HOME) ? path.substring(HOME.length()) : path;
            boolean writable = cache.getValue().equals(SandboxSpec.STUDY);
            String name = path.replaceAll("[^A-Za-z0-9.-]+", "_");
            Path source = writable ? study.resolve("caches").resolve(name) : existing("caches", path);
            caches.add(new Access.Cache(source, target, writable));
        }
        return new Access(
                spec.read().stream().map(path -> existing("sandbox.read", path)).toList(),
                spec.network(),
                spec.devices().map(devices -> devices.stream().map(Path::of).toList()),
                caches);
    }

    /** Better known now than from a trial that does not find it. */
    private Path existing(String key, String path) {
        Path place = place(path);
        if (!Files.exists(place)) {
            throw new BadInput(key + ": there is no " + place + "; correct or remove it");
        }
        return place;
    }

    private Path place(String path) {
        return path.startsWith(HOME)
                ? home.resolve(path.substring(HOME.length())).normalize()
                : project.resolve(path).normalize();
    }
}
