package net.flowsonde.dpi;

/** The constants of the enums with codes, once: {@code values()} makes a new array each time. */
final class Codes {
    static final FileProtocol[] FILE_PROTOCOLS = FileProtocol.values();
    static final FileOperation[] FILE_OPERATIONS = FileOperation.values();
    static final FileAuthentication[] FILE_AUTHENTICATIONS = FileAuthentication.values();
    static final FileResult[] FILE_RESULTS = FileResult.values();

    private Codes() {
    }
}
