package net.flowsonde.dpi.smb;

import net.flowsonde.dpi.FileAccess;
import net.flowsonde.dpi.FileAuthentication;
import net.flowsonde.dpi.Text;

/** A user's session with a server: by server address and SessionId (SMB2), or by connection and UID (SMB1). */
final class SmbSession extends StateEntry<SmbSession> {
    final Text user = new Text(FileAccess.LONGEST_NAME);
    final Text domain = new Text(FileAccess.LONGEST_NAME);
    final Text workstation = new Text(FileAccess.LONGEST_NAME);
    final OwnerList<SmbTree> trees = new OwnerList<>();
    /** The first of its open files, which {@link SmbFile#nextOfSession()} leads through. */
    SmbFile files;
    SmbFile lastFile;
    /** Unique: a part of the keys of its trees and files. */
    long serial;
    /** SessionId or UID. */
    long id;
    FileAuthentication authentication = FileAuthentication.UNKNOWN;
    /** Hash of the ticket by which the user was let in; 0 for none, or when it is known whose it is. */
    long ticketHigh;
    long ticketLow;
    /** The connection that it was seen on first. */
    long connection;
    /** It uses more than one connection (multichannel), so that its files outlive one of them. */
    boolean isMultichannel;
    /** One of them is seen by another queue, so that messages do not come here in the order of the wire. */
    boolean isShared;
    /** When its user logged off; what belongs to it may still come. */
    long endedNs;

    @Override
    void reset() {
        user.reset();
        domain.reset();
        workstation.reset();
        authentication = FileAuthentication.UNKNOWN;
        isMultichannel = false;
        isShared = false;
        ticketHigh = 0;
        files = null;
        lastFile = null;
    }

    /** Takes over who logged on. */
    void identify(final SmbRequest logon, final FileAuthentication how) {
        user.reset().append(logon.user);
        domain.reset().append(logon.domain);
        workstation.reset().append(logon.workstation);
        authentication = how;
        ticketHigh = logon.user.isEmpty() ? logon.ticketHigh : 0;
        ticketLow = logon.ticketLow;
    }
}
