package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * Started by root, the hostile scripts once more as somebody who may do nothing: other walls hold then, since root's namespaces, limits and
 * control groups are others.
 */
@Timeout(400)
class OrdinaryUserTest {

    private static final String NOBODY = "65534";
    /** As many tests as run beside each other otherwise: see junit-platform.properties. */
    private static final int AT_ONCE = 3;

    @TempDir
    Path folder;

    @Tag("bubblewrap")
    @Test
    void nobodyIsKeptInByBubblewrapAsRootIs() throws Exception {
        String report = report(BubblewrapTest.class);
        assertThat(report).endsWith(" held\n").doesNotContain("FAILED");
        assumeTrue(!report.equals("0 held\n"), "bubblewrap does not work here for an ordinary user");
    }

    private String report(Class<? extends HostileScripts> suite) throws Exception {
        boolean isRoot = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        assumeTrue(isRoot && Files.isExecutable(Path.of("/usr/bin/setpriv")), "not root: all tests run so");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> classes = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path copy = folder.resolve("class" + classes.size());
            new ProcessBuilder("cp", "-r", entry, copy.toString()).start().waitFor();
            new ProcessBuilder("chmod", "-R", "a+rX", copy.toString()).start().waitFor();
            classes.add(copy.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(
                        "/usr/bin/setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        "--bounding-set=-all",
                        "--inh-caps=-all",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(File.pathSeparator, classes),
                        OrdinaryUserTest.class.getName(),
                        suite.getName(),
                        own.toString())
                .directory(own.toFile())
                .redirectErrorStream(true);
        builder.environment().put("HOME", own.toString());
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Runs all tests of a suite, each in a folder of its own, and prints which did not hold. */
    public static void main(String[] arguments) throws Exception {
        Class<?> suite = Class.forName(arguments[0]);
        List<Method> tests = Stream.concat(
                        Stream.of(HostileScripts.class.getDeclaredMethods()), Stream.of(suite.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        ExecutorService several = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        for (Method test : tests) {
            Path place = Path.of(arguments[1], "test" + outcomes.size()); // short: what runs say of paths is, too
            outcomes.add(several.submit(() -> holds(suite, test, place)));
        }
        int held = 0;
        for (Future<Boolean> outcome : outcomes) {
            held += outcome.get() ? 1 : 0;
        }
        several.shutdown();
        System.out.println(held + " held");
    }

    private static boolean holds(Class<?> suite, Method test, Path place)
            throws ReflectiveOperationException, IOException {
        HostileScripts scripts = (HostileScripts) suite.getDeclaredConstructor().newInstance();
        scripts.folder = Files.createDirectories(place);
        try {
            test.invoke(scripts);
            return true;
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof TestAbortedException)) {
                System.out.println("FAILED " + test.getName() + ": " + e.getCause());
            }
            return false;
        } finally {
            Clearing.remove(place);
        }
    }
}
