package dev.chiron.agent.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Taken;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseTest {

    private static final String TASK = """
            script: train.py
            run: python3 {script}
            metric: { name: loss }
            space:
              X: { type: float, low: 0, high: 1 }
              K: { type: int, low: 1, high: 32 }
              KIND: { type: choice, options: [a, b, c] }
              MOMENTUM: { type: float, low: 0, high: 1, when: { KIND: a } }
            """;

    @TempDir
    Path folder;

    private Course course(String... settings) {
        try {
            Files.writeString(folder.resolve("chiron.yaml"), TASK);
            Files.writeString(
                    folder.resolve("train.py"),
                    "X = 0.5\nK = 16\nKIND = \"a\"\nMOMENTUM = 0.9\nDECAY = 0.1\nNAME = open('x').read()\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Surroundings surroundings =
                new Surroundings(folder, Map.of("HOME", folder.toString()), InstantSource.system(), note -> {});
        Spec spec = new TaskFile(surroundings)
                .read(
                        folder.resolve("chiron.yaml"),
                        Stream.of(settings).map(Setting::set).toList());
        return Course.of(spec, () -> TaskFile.constants(folder.resolve("train.py"), "train.py"), taken -> false);
    }

    private static Course steer(Course course, Steering... steerings) {
        Course steered = course;
        for (Steering steering : steerings) {
            steered = steered.with(new Taken(steered.taken().size() + 1, 3, steering));
        }
        return steered;
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Value real(double number) {
        return new Value.Real(number);
    }

    private static Trial trial(int number, Object... values) {
        Map<String, Value> config = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            config.put((String) values[i], Value.of(values[i + 1]));
        }
        return new Trial(
                number,
                new Change.Settings(Config.of(config)),
                Origin.RANDOM,
                new Outcome.Measured(1),
                Duration.ofSeconds(1));
    }

    private void assertRefused(Course course, Steering steering, String... words) {
        assertThatThrownBy(() -> steer(course, steering))
                .isInstanceOf(BadInput.class)
                .hasMessageContainingAll(words)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void whatIsWrongIsSaidInOneMessage() {
        Course course = course("method=centaur", "llm.model=builtin");
        assertRefused(course, new Steering.Pin("X", real(5)), "pin X=5", "[0, 1]", "widen it with range");
        assertRefused(course, new Steering.Pin("KINF", text("a")), "no parameter `KINF`", "did you mean `KIND`?");
        assertRefused(course, new Steering.Unpin("X"), "unpin X: it is not pinned");
        assertRefused(course, new Steering.Range("X", real(2), real(1)), "range X 2", "low must not be above high");
        assertRefused(course, new Steering.Range("KIND", real(0), real(1)), "KIND is a choice");
        assertRefused(course, new Steering.Range("K", real(0.5), real(3)), "0.5 is no whole number");
        assertRefused(course, new Steering.Options("K", List.of(text("a"))), "K is a number");
        assertRefused(course, new Steering.Options("KIND", List.of()), "a choice needs an option");
        assertRefused(course, new Steering.Ban("K"), "no comparison");
        assertRefused(course, new Steering.Ban("DEPTH > 3"), "no parameter `DEPTH`");
        assertRefused(course, new Steering.Ban("KIND == 1"), "KIND is no number", "range");
        assertRefused(course, new Steering.Ban("K > 0"), "next to no config");
        assertRefused(course, new Steering.Add("X", "{ type: float, low: 0, high: 1 }"), "tuned already");
        assertRefused(
                course, new Steering.Add("DECAI", "{ type: float, low: 0, high: 1 }"), "no constant DECAI", "`DECAY`");
        assertRefused(course, new Steering.Add("NAME", "{ type: choice, options: [a] }"), "cannot be set");
        assertRefused(course, new Steering.Add("DECAY", "{ type: float, low: 0.2, high: 1 }"), "DECAY = 0.1");
        assertRefused(course, decay("{ KIND: d }"), "add DECAY", "KIND", "a, b, c");
        assertRefused(course, decay("{ KINF: a }"), "unknown parameter `KINF`", "did you mean `KIND`?");
        assertRefused(course, decay("{ X: 0.5 }"), "X is a float", "use a choice");
        assertRefused(course, decay("{ DECAY: 0.5 }"), "add DECAY");
        assertRefused(course, decay("{}"), "is empty");
        assertRefused(course, new Steering.Add("DECAY", "{ type: flout }"), "flout");
        assertRefused(course, new Steering.Share(OptionalDouble.of(1.5)), "share 1.5", "[0, 1]");
        assertRefused(course, new Steering.Note("  "), "note: is empty");
        assertRefused(
                course,
                new Steering.Limit(OptionalInt.empty(), Optional.empty(), OptionalDouble.empty()),
                "say which bound");
        assertRefused(course, new Steering.Limit(OptionalInt.of(0), Optional.empty(), OptionalDouble.empty()), "not 0");
        assertRefused(course, new Steering.Undo(1), "no steering of that number");
        assertRefused(course, new Steering.Try(trial(0, "X", 0.5).config()), "K is missing");
    }

    @Test
    void aMethodWithoutAModelTakesNothingForOne() {
        Course course = course("method=tpe");
        assertRefused(course, new Steering.Note("try less"), "nobody would read it", "tpe asks no model");
        assertRefused(course, new Steering.Share(OptionalDouble.of(0.5)), "tpe asks no model");
        assertRefused(course, new Steering.Model("builtin"), "tpe asks no model");
    }

    @Test
    void whereScriptsAreEditedTheSpaceCannotBeSteered() {
        Course course = course("method=code", "llm.model=ollama:qwen3:0.6b");
        assertRefused(course, new Steering.Pin("X", real(0.5)), "method code", "say it in a note");
        assertRefused(course, new Steering.Share(OptionalDouble.of(0.5)), "every turn is the model's");
        assertThat(steer(course, new Steering.Note("use a cosine schedule")).notes())
                .containsExactly("use a cosine schedule");
    }

    @Test
    void aPinnedParameterKeepsItsValueUntilItIsUnpinned() {
        Course course = course("method=random");
        Course pinned = steer(course, new Steering.Pin("K", new Value.Whole(8)));
        assertThat(pinned.space().space().find("K").orElseThrow().isFixed()).isTrue();
        assertThat(pinned.space().start().get("K")).isEqualTo(new Value.Whole(8));
        assertThat(pinned.seen(trial(1, "X", 0.25, "K", 8L, "KIND", "b"))).isPresent();
        assertThat(pinned.seen(trial(1, "X", 0.25, "K", 9L, "KIND", "b"))).isEmpty();
        assertThat(steer(pinned, new Steering.Unpin("K")).space().space())
                .isEqualTo(course.space().space());
        assertRefused(pinned, new Steering.Range("K", new Value.Whole(16), new Value.Whole(32)), "unpin it first");
    }

    @Test
    void whatCanNeverBeActiveIsNoParameterWhileItsParentIsPinned() {
        Course pinned = steer(course("method=random"), new Steering.Pin("KIND", text("b")));
        assertThat(pinned.space().space().find("MOMENTUM")).isEmpty();
        assertThat(steer(pinned, new Steering.Unpin("KIND")).space().space().find("MOMENTUM"))
                .isPresent();
    }

    @Test
    void earlierTrialsHaveTheScriptsOwnValueOfWhatWasAddedLater() {
        Course added = steer(course("method=random"), new Steering.Add("DECAY", "{ type: float, low: 0, high: 0.5 }"));
        assertThat(added.seen(trial(1, "X", 0.25, "K", 8L, "KIND", "b"))
                        .orElseThrow()
                        .config()
                        .get("DECAY"))
                .isEqualTo(real(0.1));
        assertThat(added.seen(trial(7, "X", 0.25, "K", 8L, "KIND", "b", "DECAY", 0.3))
                        .orElseThrow()
                        .config()
                        .get("DECAY"))
                .isEqualTo(real(0.3));
    }

    private static Steering decay(String when) {
        return new Steering.Add("DECAY", "{ type: float, low: 0, high: 0.5, when: " + when + " }");
    }

    private static Optional<Value> decay(Course course, Trial trial) {
        return course.seen(trial).orElseThrow().config().find("DECAY");
    }

    @Test
    void whatIsAddedUnderAConditionIsInEarlierTrialsWhereItHolds() {
        Course added = steer(course("method=random"), decay("{ KIND: [b, c] }"));

        assertThat(added.space().start().find("DECAY")).isEmpty();
        assertThat(decay(added, trial(1, "X", 0.25, "K", 8L, "KIND", "a", "MOMENTUM", 0.5)))
                .isEmpty();
        assertThat(decay(added, trial(1, "X", 0.25, "K", 8L, "KIND", "b"))).contains(real(0.1));
        assertThat(decay(added, trial(7, "X", 0.25, "K", 8L, "KIND", "b", "DECAY", 0.3)))
                .contains(real(0.3));
        assertThat(added.seen(trial(7, "X", 0.25, "K", 8L, "KIND", "b"))).isEmpty();
        assertThat(added.seen(trial(7, "X", 0.25, "K", 8L, "KIND", "a", "MOMENTUM", 0.5, "DECAY", 0.3)))
                .isEmpty();
    }

    @Test
    void aConditionMayAskForAnOptionThatWasAddedAndForWhatHasConditionsItself() {
        Course added = steer(
                course("method=random"),
                new Steering.Options("KIND", List.of(text("a"), text("b"), text("c"), text("d"))),
                decay("{ KIND: [a, d], K: 8 }"));

        assertThat(decay(added, trial(1, "X", 0.25, "K", 8L, "KIND", "a", "MOMENTUM", 0.5)))
                .contains(real(0.1));
        assertThat(decay(added, trial(1, "X", 0.25, "K", 9L, "KIND", "a", "MOMENTUM", 0.5)))
                .isEmpty();
        assertThat(decay(added, trial(7, "X", 0.25, "K", 8L, "KIND", "d", "DECAY", 0.2)))
                .contains(real(0.2));
    }

    @Test
    void whatCouldNeverBeActiveIsNotAdded() {
        Course pinned = steer(course("method=random"), new Steering.Pin("KIND", text("a")));

        assertRefused(pinned, decay("{ KIND: b }"), "add DECAY", "never be active", "unpin");
        assertThat(steer(pinned, decay("{ KIND: a }")).space().start().get("DECAY"))
                .isEqualTo(real(0.1));
    }

    @Test
    void whatIsTunedAgainKeepsItsConditions() {
        Course dropped = steer(course("method=random"), new Steering.Drop("MOMENTUM"));
        String wider = "{ type: float, low: 0, high: 2";

        Course again = steer(dropped, new Steering.Add("MOMENTUM", wider + " }"));
        assertThat(again.space().space().conditions()).hasSize(1);
        assertThat(steer(dropped, new Steering.Add("MOMENTUM", wider + ", when: { KIND: a } }"))
                        .space()
                        .space())
                .isEqualTo(again.space().space());
        assertRefused(dropped, new Steering.Add("MOMENTUM", wider + ", when: { KIND: b } }"), "leave `when` out");
        Course elsewhere =
                steer(dropped, new Steering.Pin("KIND", text("b")), new Steering.Add("MOMENTUM", wider + " }"));
        assertThat(elsewhere.space().space().find("MOMENTUM")).isEmpty();
        assertThat(steer(elsewhere, new Steering.Unpin("KIND")).space().space())
                .isEqualTo(again.space().space());
    }

    @Test
    void anOptionIsAddedAndOfTheKindOfTheOthers() {
        Course course = steer(
                course("method=random"),
                new Steering.Options("KIND", List.of(text("a"), text("d"))),
                new Steering.Add("DECAY", "{ type: choice, options: [0.1, 0.2] }"));
        Course wider = steer(course, new Steering.Options("DECAY", List.of(text("0.1"), text("0.5"), text("2"))));

        assertThat(course.space().space().find("KIND").orElseThrow().describe()).isEqualTo("one of {a, d}");
        assertThat(wider.space().space().find("DECAY").orElseThrow().describe()).isEqualTo("one of {0.1, 0.5, 2}");
        assertThat(steer(wider, new Steering.Pin("DECAY", text("0.5"))).space().pins())
                .containsExactly(Map.entry("DECAY", real(0.5)));
        assertRefused(
                course, new Steering.Options("DECAY", List.of(text("low"))), "options of DECAY are numbers, not low");
    }

    @Test
    void whatIsDroppedMayBePinnedAtAnotherOption() {
        Course dropped = steer(course("method=random"), new Steering.Drop("KIND"));

        assertThat(steer(dropped, new Steering.Pin("KIND", text("b"))).space().pins())
                .containsExactly(Map.entry("KIND", text("b")));
    }

    @Test
    void aStartOutsideTheNewRangeMovesToItsEnd() {
        Course narrowed = steer(course("method=random"), new Steering.Range("X", real(0.6), real(2)));
        assertThat(narrowed.space().start().get("X")).isEqualTo(real(0.6));
        assertThat(steer(narrowed, new Steering.Ban("K > 8")).space().start().get("K"))
                .isEqualTo(new Value.Whole(8));
    }

    @Test
    void theLastSteeringIsTakenBackAndNoOther() {
        Course course = course("method=random");
        Course steered = steer(course, new Steering.Pin("K", new Value.Whole(8)), new Steering.Ban("X > 0.5"));
        assertRefused(steered, new Steering.Undo(1), "only the last", "2 (ban X > 0.5)");
        Course back = steer(steered, new Steering.Undo(2));
        assertThat(back.space().space().constraints()).isEmpty();
        assertThat(back.space().pins()).containsOnlyKeys("K");
        assertThat(steer(back, new Steering.Undo(1)).space().space())
                .isEqualTo(course.space().space());
        assertThat(back.lines()).contains("  1  before trial 3: pin K=8", "  K: pinned at 8");
    }

    @Test
    void notesAddUpUntilTheyAreForgotten() {
        Course course = course("method=centaur", "llm.model=builtin");
        Course noted = steer(course, new Steering.Note("small X"), new Steering.Note("large K"));
        assertThat(noted.notes()).containsExactly("small X", "large K");
        assertThat(noted.isMoved()).isFalse();
        assertThat(steer(noted, new Steering.Forget()).notes()).isEmpty();
    }
}
