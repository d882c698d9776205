package dev.chiron.agent.cli;

import dev.chiron.agent.store.Versions;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Versions here = Versions.here();
        return new String[] {"chiron " + here.chiron() + " (Java " + here.java() + ")"};
    }

    static String number() {
        return Versions.here().chiron();
    }
}
