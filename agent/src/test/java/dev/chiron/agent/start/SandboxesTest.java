package dev.chiron.agent.start;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.isolate.Containment;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxesTest {

    @TempDir
    Path folder;

    private Sandboxes sandboxes() {
        return new Sandboxes(new Surroundings(folder, Map.of("PATH", "/nowhere"), InstantSource.system(), note -> {}));
    }

    @Test
    void aStudyThatWasIsolatedGoesOnWithLessOnlyIfAsked() {
        Path study = folder.resolve("chiron-study");
        Trial isolated = new Trial(
                2,
                new Change.Settings(Config.of(Map.of("X", new Value.Real(0.25)))),
                Origin.RANDOM,
                new Outcome.Measured(0.25),
                Duration.ofSeconds(1));
        List<Entry> entries = List.of(
                new Entry(isolated, Optional.empty(), Optional.of(new Containment(Isolation.BUBBLEWRAP, true))));
        Sandboxes sandboxes = sandboxes();
        Sandbox plain = sandboxes.choose("off");
        assertThat(catchThrowable(() -> sandboxes.requireAsGoodAsBefore(plain, false, "default", study, entries)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("ran in bubblewrap, ")
                .hasMessageEndingWith("To go on with less all the same, ask for it: --sandbox off");
        sandboxes.requireAsGoodAsBefore(plain, true, "--sandbox", study, entries);
        assertThat(sandboxes.notes(new Sandbox(plain.walls(), Optional.empty()), "off", true, entries))
                .singleElement(as(STRING))
                .startsWith("the kernel counted the memory and processes of earlier trials");
    }

    @Test
    void whatFallsShortOfBubblewrapIsSaid() {
        Sandboxes sandboxes = sandboxes();
        sandboxes
                .look(Isolation.UNSHARE)
                .walls()
                .ifPresent(weaker -> assertThat(
                                sandboxes.notes(new Sandbox(weaker, Optional.empty()), "auto", false, List.of()))
                        .singleElement(as(STRING))
                        .startsWith("trials are isolated by unshare, which does not filter system calls: "));
        assertThat(sandboxes.notes(sandboxes.choose("off"), "auto", false, List.of()))
                .containsExactly(
                        "nothing isolates trials here: they can read and change what you can. See chiron doctor.");
    }
}
