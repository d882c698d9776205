package dev.chiron.sandbox.isolate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * No walls: a process like any other. What it starts is still found again, whatever it does to its parents and its environment: a Perl of
 * five lines becomes the parent of all its orphans (Linux, prctl(2), PR_SET_CHILD_SUBREAPER) and ends them with it.
 *
 * @param session {@code setsid}: a session of its own, because a terminal sends Ctrl-C to a whole one
 * @param perl with the number of its machine's {@code prctl}; without it, orphans are found by a mark in their environment only
 */
record Plain(Optional<Path> session, Optional<Perl> perl, Optional<Prlimit> prlimit) implements Walls {

    private static final String REAPER = """
            syscall(PRCTL, 36, 1, 0, 0, 0);
            my $run = fork // exit 125;
            if (!$run) { exec { $ARGV[0] } @ARGV; exit 127 }
            1 until wait == $run;
            my $status = $?;
            for (1 .. 100_000) {
                open(my $children, '<', "/proc/$$/task/$$/children") or last;
                kill 9, split ' ', <$children> // '';
                last if wait < 0;
            }
            exit($status & 127 ? 128 + ($status & 127) : $status >> 8);
            """;

    /** Where it is, and the number of the system call prctl. */
    record Perl(Path program, int prctl) {}

    @Override
    public Isolation level() {
        return Isolation.PLAIN;
    }

    @Override
    public boolean keepsSecrets() {
        return false;
    }

    @Override
    public int ownProcesses() {
        return perl.isPresent() ? 1 : 0;
    }

    @Override
    public Launch launch(Room room, List<String> command, List<Path> groups) {
        List<String> words = new ArrayList<>();
        perl.ifPresent(found -> {
            session.ifPresent(setsid -> words.add(setsid.toString()));
            words.addAll(
                    List.of(found.program().toString(), "-e", REAPER.replace("PRCTL", String.valueOf(found.prctl()))));
        });
        session.ifPresent(setsid -> words.add(setsid.toString()));
        words.addAll(limited(room, command));
        return new Launch(
                Start.in(groups).then(words),
                new LinkedHashMap<>(room.environment()),
                room.secret().orElse(""));
    }

    @Override
    public boolean canLayer(Path lower, Path upper) {
        return false;
    }

    @Override
    public void prepare(Room room) {}

    @Override
    public boolean stood(Room room) {
        return true;
    }

    @Override
    public Launch shell(Room room, List<String> command, List<Path> groups) {
        return new Launch(Start.in(groups).then(limited(room, command)), room.environment(), "");
    }

    private List<String> limited(Room room, List<String> command) {
        return prlimit.map(program -> program.limited(room, false, command)).orElse(command);
    }
}
