package net.flowsonde.ipfix;

import net.flowsonde.enrich.file.FileActivity;
import net.flowsonde.enrich.file.FileSignal;

/** What a file activity record holds: the totals of one user of one client on one share in a minute, and the ransomware signals. */
final class FileActivityElements extends RecordElements<FileActivity> {
    private static final int LONGEST_TEXT = 255;
    private static final int IPV4 = 0;
    private static final int IPV6 = 1;

    FileActivityElements(final OwnElements own) {
        super(RecordKind.FILE_ACTIVITY, FileActivity::addresses);
        addWho(own);
        addTotals(own);
        for (final FileSignal signal : FileSignal.values()) {
            number(own.fileSignals.get(signal.ordinal()), 4, ALWAYS, activity -> activity.signal(signal));
        }
        number(own.filesDestroyedPercent, 4, ALWAYS, FileActivity::destructionPercent);
        number(own.fileAccessesDeniedPercent, 4, ALWAYS, FileActivity::denialPercent);
        number(own.ransomwareScore, 2, ALWAYS, FileActivity::score);
    }

    @Override
    int shapeOf(final FileActivity activity) {
        return activity.ipVersion() == 4 ? IPV4 : IPV6;
    }

    @Override
    int shapes() {
        return 2;
    }

    private void addWho(final OwnElements own) {
        number(IanaElements.FLOW_START_NANOSECONDS, 8, ALWAYS, FileActivity::startNs);
        number(IanaElements.FLOW_END_NANOSECONDS, 8, ALWAYS, FileActivity::endNs);
        octets(IanaElements.SOURCE_IPV4_ADDRESS, 4, shape -> shape == IPV4, activity -> FileActivity.CLIENT_OFFSET);
        octets(IanaElements.DESTINATION_IPV4_ADDRESS, 4, shape -> shape == IPV4, activity -> FileActivity.SERVER_OFFSET);
        octets(IanaElements.SOURCE_IPV6_ADDRESS, 16, shape -> shape == IPV6, activity -> FileActivity.CLIENT_OFFSET);
        octets(IanaElements.DESTINATION_IPV6_ADDRESS, 16, shape -> shape == IPV6, activity -> FileActivity.SERVER_OFFSET);
        string(IanaElements.USER_NAME, LONGEST_TEXT, ALWAYS, FileActivity::user);
        string(own.fileUserDomain, LONGEST_TEXT, ALWAYS, FileActivity::domain);
        string(own.fileShare, LONGEST_TEXT, ALWAYS, FileActivity::share);
    }

    private void addTotals(final OwnElements own) {
        number(own.fileAccesses, 4, ALWAYS, FileActivity::accesses);
        number(own.filesRead, 4, ALWAYS, FileActivity::reads);
        number(own.filesWritten, 4, ALWAYS, FileActivity::writes);
        number(own.filesCreated, 4, ALWAYS, FileActivity::creations);
        number(own.filesDeleted, 4, ALWAYS, FileActivity::deletions);
        number(own.filesRenamed, 4, ALWAYS, FileActivity::renames);
        number(own.fileFailures, 4, ALWAYS, FileActivity::failures);
        number(own.fileReadOctets, 8, ALWAYS, FileActivity::readOctets);
        number(own.fileWriteOctets, 8, ALWAYS, FileActivity::writeOctets);
        number(own.fileRecordsSuppressed, 4, ALWAYS, FileActivity::suppressedRecords);
    }
}
