package dev.chiron.agent.cli;

import dev.chiron.agent.propose.Method;
import dev.chiron.agent.report.ReportFormat;
import java.util.Iterator;
import java.util.stream.Stream;

/** What a shell completes as the value of a flag. */
final class Candidates {

    private Candidates() {}

    /** All methods. */
    static final class Methods implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Method.values()).map(Method::label).iterator();
        }
    }

    /** All formats of a report. */
    static final class ReportFormats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(ReportFormat.values()).map(ReportFormat::ending).iterator();
        }
    }
}
