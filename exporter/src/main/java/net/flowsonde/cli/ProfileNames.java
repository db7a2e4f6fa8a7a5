package net.flowsonde.cli;

import java.util.Iterator;
import net.flowsonde.config.ExportConfig;

/** The profiles that ship, for the help. */
final class ProfileNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return ExportConfig.PROFILES.iterator();
    }
}
