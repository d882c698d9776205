package dev.chiron.sandbox.isolate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws up the list of what the runs of one task see. */
public final class View {

    /** Variables that hold folders, or lists of them, which a program then wants to find. */
    private static final List<String> FOLDERS =
            List.of("PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX", "JAVA_HOME", "PYTHONUSERBASE");

    private final Path home;
    private final Path project;
    private final Access access;

    /**
     * @param home the person's home folder
     * @param project the tuned project
     */
    public View(Path home, Path project, Access access) {
        this.home = home;
        this.project = project;
        this.access = access;
    }

    /**
     * What one run sees.
     *
     * @param programs what it will start, as far as that is known
     * @param environment its variables
     * @param linked where the project's links lead that leave it
     * @param layered folders of the project that lie under the workspace's, and what is hidden of them
     * @param readonly paths in the workspace that it must not change
     */
    public List<Mount> mounts(
            Path workspace,
            List<Path> programs,
            Map<String, String> environment,
            List<Path> linked,
            List<Mount> layered,
            List<String> readonly)
            throws IOException {
        Set<Mount> mounts = new LinkedHashSet<>(Machine.programs());
        if (access.network()) {
            mounts.addAll(Machine.network());
        }
        mounts.addAll(Machine.devices(access.devices().orElseGet(Machine::gpus)));
        Toolchain toolchain = new Toolchain(new Homes(home, Path.of("/etc/passwd")), project);
        programs.forEach(toolchain::program);
        for (String name : FOLDERS) {
            for (String folder : environment.getOrDefault(name, "").split(File.pathSeparator, -1)) {
                toolchain.folder(Path.of(folder));
            }
        }
        linked.forEach(toolchain::file);
        toolchain.folders().forEach(folder -> mounts.add(Mount.read(folder)));
        access.read().stream().filter(Files::exists).forEach(path -> mounts.add(Mount.read(path)));
        List<Mount> fixed = new ArrayList<>();
        for (Path path : outermost(readonly)) {
            fixed.addAll(fixed(workspace, path));
        }
        // a folder that is mounted over itself would cover what was mounted below it before
        fixed.stream()
                .filter(mount -> isWay(mount) && Files.exists(mount.source()))
                .forEach(mounts::add);
        mounts.addAll(layered);
        fixed.stream()
                .filter(mount -> isWay(mount) && !Files.exists(mount.source()))
                .forEach(mounts::add);
        for (Access.Cache cache : access.caches()) {
            mounts.addAll(cache(cache, workspace));
        }
        fixed.stream().filter(mount -> !isWay(mount)).forEach(mounts::add);
        return new ArrayList<>(mounts);
    }

    private static boolean isWay(Mount mount) {
        return mount.kind() == Mount.Kind.WRITE;
    }

    /** Without those that lie in another of them: what leads to one would be opened for writing inside the other. */
    private static List<Path> outermost(List<String> readonly) {
        List<Path> paths = readonly.stream()
                .map(path -> Path.of(path).normalize())
                .distinct()
                .toList();
        return paths.stream()
                .filter(path -> paths.stream().noneMatch(other -> !other.equals(path) && path.startsWith(other)))
                .toList();
    }

    private static List<Mount> cache(Access.Cache cache, Path workspace) throws IOException {
        if (cache.writable()) {
            Files.createDirectories(cache.source());
        } else if (!Files.exists(cache.source())) {
            return List.of();
        }
        Mount.Kind kind = cache.writable() ? Mount.Kind.WRITE : Mount.Kind.READ;
        return List.of(new Mount(
                kind,
                cache.source().toRealPath(),
                workspace.resolve(cache.target()).normalize()));
    }

    /**
     * A path that cannot be changed. Each folder on the way is mounted over itself, since what is a mount cannot be moved away and replaced;
     * a link on the way gives place to what it leads to, which is fixed, too, if it lies in the workspace.
     */
    private List<Mount> fixed(Path workspace, Path relative) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        Path at = workspace;
        for (Path name : relative) {
            at = at.resolve(name);
            boolean last = at.equals(workspace.resolve(relative));
            boolean below =
                    Files.exists(project.resolve(workspace.relativize(at))); // in a layer, where it is not copied
            if (!Files.exists(at) && !below) {
                return mounts;
            }
            if (!Files.exists(at)) {
                mounts.add(new Mount(last ? Mount.Kind.READ : Mount.Kind.WRITE, at, at));
                continue;
            }
            Path real = at.toRealPath();
            if (Files.isSymbolicLink(at)) {
                boolean folder = Files.isDirectory(real);
                Files.delete(at);
                Path made = folder ? Files.createDirectory(at) : Files.createFile(at);
                mounts.add(new Mount(Mount.Kind.READ, real, made));
                Path inside = workspace.toRealPath();
                if (real.startsWith(inside) && !real.equals(inside)) {
                    Path rest = workspace.resolve(relative);
                    mounts.addAll(fixed(workspace, inside.relativize(real).resolve(at.relativize(rest))));
                }
                return mounts;
            }
            mounts.add(new Mount(last ? Mount.Kind.READ : Mount.Kind.WRITE, at, at));
        }
        return mounts;
    }
}
