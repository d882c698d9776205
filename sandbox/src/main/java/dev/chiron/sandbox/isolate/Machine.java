package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What every run sees of the machine: its programs and libraries, some of its settings, its GPUs. No home, no secrets, no sockets. */
final class Machine {

    private static final List<String> PROGRAMS = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");
    private static final List<String> STORES =
            List.of("/nix/store", "/gnu/store", "/run/current-system", "/run/opengl-driver");

    /** Of /etc what programs need to start, to know names and times, and to check certificates. */
    private static final List<String> SETTINGS = List.of(
            "OpenCL",
            "alternatives",
            "ca-certificates",
            "ca-certificates.conf",
            "fonts",
            "group",
            "hosts",
            "host.conf",
            "inputrc",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "locale.alias",
            "localtime",
            "magic",
            "mime.types",
            "nsswitch.conf",
            "os-release",
            "passwd",
            "pki/ca-trust",
            "pki/tls/certs",
            "protocols",
            "services",
            "ssl/certs",
            "ssl/openssl.cnf",
            "terminfo",
            "timezone",
            "vulkan");

    private static final List<String> LANGUAGES = List.of("java*", "python*", "perl", "R", "julia");

    /** The numbers of processors and memory nodes, from which libraries choose their threads. */
    private static final List<String> HARDWARE = List.of("/sys/devices/system/cpu", "/sys/devices/system/node");

    /** What the kernel says of the machine beside all that it says of processes. */
    private static final List<String> FACTS = List.of(
            "cpuinfo",
            "devices",
            "driver",
            "filesystems",
            "loadavg",
            "meminfo",
            "modules",
            "stat",
            "uptime",
            "version");

    private static final List<String> GPUS =
            List.of("nvidia[0-9]*", "nvidiactl", "nvidia-uvm", "nvidia-uvm-tools", "kfd");
    private static final List<String> GPU_FOLDERS = List.of("/dev/dri", "/dev/nvidia-caps");
    private static final List<String> GPU_HARDWARE = List.of(
            "/sys/bus/pci", "/sys/class/drm", "/sys/class/kfd", "/sys/devices/virtual/kfd", "/sys/module/nvidia");

    private Machine() {}

    /** Programs, libraries and settings. */
    static List<Mount> programs() {
        List<Mount> mounts = new ArrayList<>();
        add(mounts, Path.of("/usr"));
        for (String name : PROGRAMS) {
            Path place = Path.of("/", name);
            if (Files.isSymbolicLink(place)) {
                mounts.add(new Mount(Mount.Kind.LINK, target(place), place));
            } else {
                add(mounts, place);
            }
        }
        STORES.forEach(store -> add(mounts, Path.of(store)));
        SETTINGS.forEach(name -> add(mounts, Path.of("/etc", name)));
        LANGUAGES.forEach(pattern -> matching(Path.of("/etc"), pattern).forEach(path -> add(mounts, path)));
        HARDWARE.forEach(path -> add(mounts, Path.of(path)));
        return mounts;
    }

    /** What is left of {@code /proc} without the processes. */
    static List<Mount> facts() {
        List<Mount> mounts = new ArrayList<>();
        FACTS.forEach(name -> add(mounts, Path.of("/proc", name)));
        return mounts;
    }

    /** What name servers are asked through; only of use with a network. */
    static List<Mount> network() {
        List<Mount> mounts = new ArrayList<>();
        add(mounts, Path.of("/etc/resolv.conf"));
        return mounts;
    }

    /** The devices of the GPUs here. */
    static List<Path> gpus() {
        List<Path> devices = new ArrayList<>();
        GPUS.forEach(pattern -> devices.addAll(matching(Path.of("/dev"), pattern)));
        GPU_FOLDERS.stream().map(Path::of).filter(Files::isDirectory).forEach(devices::add);
        return devices;
    }

    /** Devices by path, with what their drivers say of the hardware. */
    static List<Mount> devices(List<Path> devices) {
        List<Mount> mounts = new ArrayList<>();
        devices.forEach(device -> mounts.add(new Mount(Mount.Kind.DEVICE, device, device)));
        if (!devices.isEmpty()) {
            GPU_HARDWARE.forEach(path -> add(mounts, Path.of(path)));
            matching(Path.of("/sys/devices"), "pci*").forEach(path -> add(mounts, path));
        }
        return mounts;
    }

    private static void add(List<Mount> mounts, Path path) {
        if (Files.exists(path)) {
            mounts.add(Mount.read(path));
        }
    }

    private static List<Path> matching(Path folder, String pattern) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
            entries.forEach(found::add);
        } catch (IOException absent) {
            return List.of();
        }
        found.sort(null);
        return found;
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return link;
        }
    }
}
