package dev.chiron.sandbox.branch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.sandbox.branch.ThreeWay.Conflict;
import dev.chiron.sandbox.branch.ThreeWay.Conflicting;
import dev.chiron.sandbox.branch.ThreeWay.Merged;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreeWayTest {

    private static final String BASE = "a\nb\nc\nd\ne\nf\n";

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void changesApartAreBroughtTogether(String end) {
        String base = BASE.replace("\n", end);
        assertThat(ThreeWay.merge(base, base.replace("a", "A"), base.replace("f", "\tF ö")))
                .isEqualTo(new Merged("A\nb\nc\nd\ne\n\tF ö\n".replace("\n", end)));
    }

    @Test
    void whatOneSideLeftIsTheOthers() {
        String other = BASE + "g";
        assertThat(ThreeWay.merge(BASE, BASE, other)).isEqualTo(new Merged(other));
        assertThat(ThreeWay.merge(BASE, other, BASE)).isEqualTo(new Merged(other));
        assertThat(ThreeWay.merge(BASE, other, other)).isEqualTo(new Merged(other));
        assertThat(ThreeWay.merge("", "", "")).isEqualTo(new Merged(""));
        assertThat(ThreeWay.merge("", "a", "b")).isInstanceOf(Conflicting.class);
    }

    @Test
    void changesThatMeetAreNamedByOurLines() {
        String ours = "0\n" + BASE.replace("b\nc", "B1\nB2").replace("f\n", "");
        String theirs = BASE.replace("c", "C").replace("f", "F");
        assertThat(ThreeWay.merge(BASE, ours, theirs))
                .isEqualTo(new Conflicting(List.of(new Conflict(3, "B1\nB2\n", "b\nC\n"), new Conflict(7, "", "F\n"))));
    }

    @Test
    void linesNextToEachOtherMeetAsInGit() {
        assertThat(ThreeWay.merge(BASE, BASE.replace("b", "B"), BASE.replace("c", "C")))
                .isInstanceOf(Conflicting.class);
    }

    @ParameterizedTest
    @CsvSource({"x, x\\n", "x\\n, x"})
    void aMissingLastNewlineIsAChangeLikeAnyOther(String before, String after) {
        String base = "a\nb\nc\n" + before.replace("\\n", "\n");
        String theirs = "a\nb\nc\n" + after.replace("\\n", "\n");
        assertThat(ThreeWay.merge(base, "A" + base.substring(1), theirs))
                .isEqualTo(new Merged("A" + theirs.substring(1)));
    }

    @Test
    void anEditIsTakenOutOfWhatCameAfterIt() {
        String edited = BASE.replace("b\n", "b1\nb2\n");
        String last = edited.replace("e", "E");
        assertThat(ThreeWay.without(BASE, edited, last)).contains(BASE.replace("e", "E"));
        assertThat(ThreeWay.without(BASE, edited, edited)).contains(BASE);
        assertThat(ThreeWay.without(BASE, edited, last.replace("b2", "B2"))).isEmpty();
        String windows = last.replace("\n", "\r\n");
        assertThat(ThreeWay.without(BASE.replace("\n", "\r\n"), edited.replace("\n", "\r\n"), windows))
                .contains(BASE.replace("e", "E").replace("\n", "\r\n"));
    }

    /** Lines far enough apart never meet, however many edits there are; taking one out leaves the others. */
    @Test
    void inLongScriptsEachOfManyEditsComesOutAlone() {
        Random random = new Random(7);
        List<String> lines = IntStream.range(0, 5000)
                .mapToObj(line -> random.nextInt(5) == 0 ? "" : "x = " + random.nextInt(50))
                .collect(Collectors.toList());
        String root = String.join("\n", lines);
        lines.set(100, "first = 1");
        String first = String.join("\n", lines);
        lines.remove(2500);
        lines.add(2500, "second = 2\nsecond = 3");
        String second = String.join("\n", lines);
        lines.set(4990, "third = 4");
        String third = String.join("\n", lines);

        assertThat(ThreeWay.without(root, first, third).orElseThrow())
                .isEqualTo(third.replace("first = 1", root.split("\n", -1)[100]));
        String withoutSecond = ThreeWay.without(first, second, third).orElseThrow();
        assertThat(withoutSecond).contains("first = 1", "third = 4").doesNotContain("second");
        assertThat(ThreeWay.without(second, third, third)).contains(second);
    }
}
