package net.flowsonde.enrich.file;

import net.flowsonde.telemetry.AlertKind;

/** What of a user's doings on a share looks like ransomware: by itself an alert above its threshold, together a score. */
public enum FileSignal {
    /** S1: files read whole and then overwritten, in a minute. */
    READ_THEN_OVERWRITE(AlertKind.READ_THEN_OVERWRITE, 45, 20, "files were read whole and then overwritten"),
    /** S2: files deleted of which a new one with another ending had been made beside them, in a minute. */
    WRITE_NEW_DELETE_OLD(AlertKind.WRITE_NEW_DELETE_OLD, 45, 20, "files were replaced by new ones with another ending"),
    /** S3: files renamed to one and the same ending that was not known on the share, in a minute. */
    MASS_RENAME(AlertKind.MASS_RENAME, 45, 20, "files were renamed to one unknown ending"),
    /** S4: files that exist now under endings that were not known on the share, in a minute. */
    NEW_EXTENSIONS(AlertKind.NEW_EXTENSIONS, 20, 20, "files got endings that the share had not seen"),
    /** S5: directories in which one and the same new small file appeared, in ten minutes. */
    SAME_FILE(AlertKind.SAME_FILE_IN_MANY_DIRECTORIES, 30, 10, "directories got one and the same new file"),
    /** S6: directories listed, in a minute. */
    DIRECTORY_WALK(AlertKind.DIRECTORY_WALK, 10, 300, "directories were listed"),
    /** S8: files deleted or emptied for good, in a minute. */
    DESTRUCTION(AlertKind.DESTRUCTION_BURST, 20, 500, "files were deleted or emptied"),
    /** S8: accesses denied, in a minute. */
    DENIED(AlertKind.DESTRUCTION_BURST, 10, 50, "accesses were denied");

    static final int COUNT = 8;

    private final AlertKind alert;
    private final int weight;
    private final int fallback;
    private final String meaning;

    FileSignal(final AlertKind alert, final int weight, final int fallback, final String meaning) {
        this.alert = alert;
        this.weight = weight;
        this.fallback = fallback;
        this.meaning = meaning;
    }

    AlertKind alert() {
        return alert;
    }

    /** What it adds to the score when it reaches its threshold. */
    int weight() {
        return weight;
    }

    /** What the score holds it against where no threshold is configured. */
    int fallback() {
        return fallback;
    }

    /** To be read after a number. */
    public String meaning() {
        return meaning;
    }
}
