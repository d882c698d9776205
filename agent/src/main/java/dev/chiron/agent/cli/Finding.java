package dev.chiron.agent.cli;

/**
 * One thing that {@code chiron doctor} looked at.
 *
 * @param detail what was found
 * @param advice what to do about it; empty where there is nothing to do
 * @param exitCode with what {@code run} would end for it; 0 if it would not
 */
record Finding(String what, State state, String detail, String advice, int exitCode) {

    enum State {
        /** it works */
        ok,
        /** it works, or is not needed, and there is something to know about it */
        note,
        /** it is not there, and nothing that was asked for needs it */
        absent,
        /** what was asked for does not work */
        broken
    }

    static Finding ok(String what, String detail) {
        return new Finding(what, State.ok, detail, "", 0);
    }

    static Finding note(String what, String detail, String advice) {
        return new Finding(what, State.note, detail, advice, 0);
    }

    static Finding absent(String what, String detail, String advice) {
        return new Finding(what, State.absent, detail, advice, 0);
    }

    static Finding broken(String what, String detail, String advice, int exitCode) {
        return new Finding(what, State.broken, detail, advice, exitCode);
    }
}
