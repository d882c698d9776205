package dev.chiron.sandbox.branch;

import java.io.File;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.UserConfigFile;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * What JGit sees of the machine: git's own settings, read only. By itself it would start {@code git} to find the system's settings,
 * measure the clock of the file system with files of its own inside the repository, and write what it measured into the home.
 */
final class QuietSystem extends SystemReader {

    private static final File SYSTEM_SETTINGS = new File("/etc/gitconfig");

    private final Map<String, String> environment;
    private final SystemReader usual;

    private QuietSystem(Map<String, String> environment, SystemReader usual) {
        this.environment = new LinkedHashMap<>(environment);
        this.usual = usual;
        setPlatformChecker();
    }

    /** JGit knows but one system, for all repositories of this process. */
    static void install(Map<String, String> environment) {
        SystemReader now = SystemReader.getInstance();
        SystemReader usual = now instanceof QuietSystem quiet ? quiet.usual : now;
        SystemReader.setInstance(new QuietSystem(environment, usual));
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    @SuppressWarnings("NullAway") // as SystemReader has it
    public String getenv(String variable) {
        return environment.get(variable);
    }

    @Override
    public String getProperty(String key) {
        return usual.getProperty(key);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        File home = new File(environment.getOrDefault("HOME", usual.getProperty("user.home")));
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", new File(home, ".config").getPath());
        return new Personal(parent, new File(home, ".gitconfig"), new File(xdg, "git/config"), fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return environment.containsKey("GIT_CONFIG_NOSYSTEM")
                ? new Nothing(parent, fs)
                : new FileBasedConfig(parent, SYSTEM_SETTINGS, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    @SuppressWarnings("deprecation") // JGit has no other way yet
    public long getCurrentTime() {
        return now().toEpochMilli();
    }

    @Override
    public Instant now() {
        return usual.now();
    }

    @Override
    @SuppressWarnings("deprecation") // JGit has no other way yet
    public int getTimezone(long when) {
        return TimeZone.getDefault().getOffset(when) / 60_000;
    }

    /** The person's settings. They say how exact the clock of every file system is, so that JGit does not find out. */
    private static final class Personal extends UserConfigFile {

        private static final String CLOCK = "filesystem";

        Personal(Config parent, File home, File xdg, FS fs) {
            super(parent, home, xdg, fs);
        }

        @Override
        public void save() {
            // they are the person's
        }

        @Override
        public String getString(String section, String subsection, String name) {
            return section.equals(CLOCK) ? "10 ms" : super.getString(section, subsection, name);
        }
    }

    /** A file of settings that is not there and never will be. */
    private static final class Nothing extends FileBasedConfig {

        Nothing(Config parent, FS fs) {
            super(parent, new File("/dev/null"), fs);
        }

        @Override
        public void load() {
            // there is nothing to read
        }

        @Override
        public void save() {
            // and nothing to keep
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
