package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A way to keep a run in. */
public sealed interface Walls permits Bubblewrap, Unshare, Plain {

    /** How well it holds. */
    Isolation level();

    /** Whether the first process of a room can keep a {@link Room#secret() secret} from those that it starts. */
    boolean keepsSecrets();

    /** What the machine's list of processes has more than the run itself: those that hold the walls. */
    int ownProcesses();

    /** Lays out what a start needs, in the room's scaffold. */
    void prepare(Room room) throws IOException;

    /**
     * Whether a folder can be laid under one of a workspace, which is found by trying: it depends on the file systems, and on what is in it.
     *
     * @param upper a folder of the workspace, empty
     */
    boolean canLayer(Path lower, Path upper);

    /**
     * How to start a command inside a room that is {@link #prepare prepared}.
     *
     * @param groups files such as {@code cgroup.procs} into which the first process writes itself before anything else
     */
    Launch launch(Room room, List<String> command, List<Path> groups);

    /**
     * Whether the walls around a run that has ended by itself ever stood: if not, nothing of it ran. The run has no part in this: what it
     * prints may well look like a complaint of the programs that build them.
     */
    boolean stood(Room room) throws IOException;

    /** How to start a shell inside, on the terminal of the person who asks for it, otherwise like {@link #launch}. */
    Launch shell(Room room, List<String> command, List<Path> groups);
}
