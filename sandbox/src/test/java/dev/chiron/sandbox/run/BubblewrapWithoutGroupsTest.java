package dev.chiron.sandbox.run;

import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Sandbox;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** As where no control group can be made: limits are kept by looking. */
@Tag("bubblewrap")
class BubblewrapWithoutGroupsTest extends HostileScripts {

    @Override
    Sandbox sandbox() {
        return Walled.of(Isolation.BUBBLEWRAP, Optional.empty());
    }
}
