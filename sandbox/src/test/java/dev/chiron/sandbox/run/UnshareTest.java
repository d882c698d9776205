package dev.chiron.sandbox.run;

import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Sandbox;
import org.junit.jupiter.api.Tag;

@Tag("unshare")
class UnshareTest extends HostileScripts {

    @Override
    Sandbox sandbox() {
        return Walled.of(Isolation.UNSHARE, Walled.groups());
    }
}
