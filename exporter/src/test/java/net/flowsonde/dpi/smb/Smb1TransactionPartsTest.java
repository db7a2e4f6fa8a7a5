package net.flowsonde.dpi.smb;

import static net.flowsonde.dpi.smb.Smb1Messages.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.flowsonde.dpi.smb.Smb1Messages.Part;
import net.flowsonde.telemetry.Counter;
import org.junit.jupiter.api.Test;

/** Transactions whose requests and answers come in several messages (MS-CIFS 2.2.4.34, 2.2.4.47, 2.2.4.63, 3.2.4.1.5). */
class Smb1TransactionPartsTest extends Smb1Talk {
    private static final int SET_END_OF_FILE = 0x104;
    private static final int RENAME = 1_010;

    private static byte[] path(final int before, final String path) {
        return new SmbBytes().zeros(before).utf16(path).number16(0).toBytes();
    }

    /** The server asks for the rest. */
    private void goOn(final int command) {
        connection.response(smb.done(command));
    }

    @Test
    void shouldReadAPathThatSpansTwoParts() {
        final byte[] parameters = path(4, "\\a long way\\down");
        connection.request(smb.first(Smb1Commands.TRANSACTION2, Smb1Commands.CREATE_DIRECTORY2, part(parameters, 0, 11, NONE, 0, 0)));
        goOn(Smb1Commands.TRANSACTION2);
        assertThat(talk.lines()).isEmpty();
        connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 11, parameters.length, NONE, 0, 0)));
        connection.response(smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly("SMB1 mkdir ok" + WHO + "path=[a long way\\down] directory guessed");
        assertThat(talk.count(Counter.SMB_TRANSACTIONS_JOINED)).isEqualTo(1);
        assertThat(talk.count(Counter.SMB_TRANSACTION_PARTS_REFUSED)).isZero();
    }

    /** As smbclient and Windows send what does not fit: parameters first, then the data in as many messages as they need. */
    @Test
    void shouldReadInformationThatSpansParts() {
        connection.exchange(smb.ntCreate("\\old", 1, 0), smb.ntCreated(5, OPENED, 10, false));
        final byte[] parameters = new SmbBytes().number16(5).number16(RENAME).number16(0).toBytes();
        final byte[] data = new SmbBytes().number32(1).number32(0).number32(14).utf16("new.txt").toBytes();
        connection.request(smb.first(Smb1Commands.TRANSACTION2, Smb1Commands.SET_FILE_INFORMATION, part(parameters, 0, 6, data, 0, 3)));
        goOn(Smb1Commands.TRANSACTION2);
        connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 6, 6, data, 3, 17)));
        connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 6, 6, data, 17, data.length)));
        connection.response(smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly("SMB1 rename ok" + WHO + "path=[old] to=[new.txt] guessed");
    }

    @Test
    void shouldReadPartsThatComeInAnotherOrder() {
        final byte[] parameters = new SmbBytes().number16(0x201).zeros(4).utf16("\\link").number16(0).toBytes();
        final byte[] data = path(0, "to here");
        connection.request(smb.first(Smb1Commands.TRANSACTION2, Smb1Commands.SET_PATH_INFORMATION, part(parameters, 0, 0, data, 0, 0)));
        goOn(Smb1Commands.TRANSACTION2);
        connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 9, parameters.length, data, 8, data.length)));
        connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 0, 9, data, 0, 8)));
        connection.response(smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly("SMB1 symlink ok" + WHO + "path=[link] to=[to here] guessed");
    }

    @Test
    void shouldReadAnNtTransactionInParts() {
        final byte[] parameters = new SmbBytes().zeros(28).number32(2).number32(0).zeros(8).number32(18).zeros(5).octet(0).utf16("\\sub\\file")
            .toBytes();
        final byte[] data = new byte[9_000];
        connection.request(smb.ntFirst(1, part(parameters, 0, 60, data, 0, 0)));
        goOn(Smb1Commands.NT_TRANSACT);
        connection.request(smb.ntNext(part(parameters, 60, parameters.length, data, 0, 4_000)));
        connection.request(smb.ntNext(part(parameters, parameters.length, parameters.length, data, 4_000, 9_000)));
        connection.response(smb.ntAnswer(part(ntCreated(), 0, 69, NONE, 0, 0)));
        connection.exchange(smb.close(9), smb.done(Smb1Commands.CLOSE));
        assertThat(talk.lines()).containsExactly("SMB1 create ok" + WHO + "path=[sub\\file] size=700/-1 guessed created");
    }

    /** Parameters of the answer to NT_TRANSACT_CREATE (2.2.7.1.2): FID 9, made, 700 octets. */
    private static byte[] ntCreated() {
        return new SmbBytes().octet(0, 0).number16(9).number32(2).zeros(48).number64(700).zeros(4).octet(0).toBytes();
    }

    @Test
    void shouldTakeTotalsThatShrink() {
        final byte[] parameters = path(4, "\\shrunk");
        connection.request(smb.first(Smb1Commands.TRANSACTION2, Smb1Commands.CREATE_DIRECTORY2,
            new Part(Arrays.copyOf(parameters, 8), 0, 500, NONE, 0, 300)));
        goOn(Smb1Commands.TRANSACTION2);
        connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 8, parameters.length, NONE, 0, 0)));
        assertThat(talk.count(Counter.SMB_TRANSACTIONS_JOINED)).isEqualTo(1);
        connection.response(smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly("SMB1 mkdir ok" + WHO + "path=[shrunk] directory guessed");
    }

    @Test
    void shouldTellOfARequestOnceThatTheServerRefusesBeforeItsEnd() {
        final byte[] parameters = path(4, "\\no");
        connection.request(smb.first(Smb1Commands.TRANSACTION2, Smb1Commands.CREATE_DIRECTORY2, part(parameters, 0, 10, new byte[90], 0, 0)));
        smb.status(0xC000_0022);
        connection.response(smb.done(Smb1Commands.TRANSACTION2_SECONDARY));
        connection.response(smb.done(Smb1Commands.TRANSACTION2));
        assertThat(talk.lines()).containsExactly("SMB1 mkdir denied(c0000022)" + WHO + "path=[no] directory guessed gap");
        assertThat(talk.count(Counter.SMB_TRANSACTIONS_INCOMPLETE)).isEqualTo(1);
    }

    @Test
    void shouldMarkARequestOfWhichAPartWasMissed() {
        final byte[] parameters = path(4, "\\lost end");
        connection.request(smb.first(Smb1Commands.TRANSACTION2, Smb1Commands.CREATE_DIRECTORY2, part(parameters, 0, 14, NONE, 0, 0)));
        goOn(Smb1Commands.TRANSACTION2);
        connection.response(smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly("SMB1 mkdir ok" + WHO + "path=[lost] directory guessed gap");
        assertThat(talk.count(Counter.SMB_TRANSACTIONS_INCOMPLETE)).isEqualTo(1);
    }

    @Test
    void shouldKeepApartTheTransactionsOfOneConnection() {
        final byte[] one = path(4, "\\one");
        final byte[] two = path(4, "\\two");
        connection.request(smb.multiplex(3).first(Smb1Commands.TRANSACTION2, Smb1Commands.CREATE_DIRECTORY2, part(one, 0, 6, NONE, 0, 0)));
        connection.request(smb.multiplex(4).first(Smb1Commands.TRANSACTION2, Smb1Commands.CREATE_DIRECTORY2, part(two, 0, 8, NONE, 0, 0)));
        connection.request(smb.multiplex(3).next(Smb1Commands.TRANSACTION2_SECONDARY, part(one, 6, one.length, NONE, 0, 0)));
        connection.request(smb.multiplex(4).next(Smb1Commands.TRANSACTION2_SECONDARY, part(two, 8, two.length, NONE, 0, 0)));
        connection.response(smb.multiplex(4).transaction2Done(new byte[2]));
        connection.response(smb.multiplex(3).transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly("SMB1 mkdir ok" + WHO + "path=[two] directory guessed",
            "SMB1 mkdir ok" + WHO + "path=[one] directory guessed");
    }

    /** What does not fit the first part of its transaction is left out, and the server's answer decides. */
    @Test
    void shouldRefusePartsThatDoNotFit() {
        final byte[] parameters = path(4, "\\x");
        final Part rest = part(parameters, 6, parameters.length, NONE, 0, 0);
        final Part[] bad = {
            new Part(rest.parameters(), 0xFFFF, parameters.length, NONE, 0, 0),
            new Part(rest.parameters(), 7, parameters.length, NONE, 0, 0),
            new Part(rest.parameters(), 6, parameters.length + 1, NONE, 0, 0),
            new Part(rest.parameters(), 6, parameters.length, NONE, 0, 1),
            new Part(rest.parameters(), 6, 3, NONE, 0, 0),
            new Part(rest.parameters(), 6, parameters.length, new byte[1], 0, 0)};
        connection.request(smb.first(Smb1Commands.TRANSACTION2, Smb1Commands.CREATE_DIRECTORY2, part(parameters, 0, 6, NONE, 0, 0)));
        for (final Part part : bad) {
            connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part));
        }
        assertThat(talk.count(Counter.SMB_TRANSACTION_PARTS_REFUSED)).isEqualTo(bad.length);
        // of another user, of another share, of another kind, and octets that the message does not have
        connection.request(smb.user(101).next(Smb1Commands.TRANSACTION2_SECONDARY, rest));
        connection.request(smb.user(100).tree(8).next(Smb1Commands.TRANSACTION2_SECONDARY, rest));
        connection.request(smb.tree(7).next(Smb1Commands.TRANSACTION_SECONDARY, rest));
        final byte[] beyond = smb.next(Smb1Commands.TRANSACTION2_SECONDARY, rest);
        beyond[33 + 6] = (byte) 0xF0;
        connection.request(beyond);
        assertThat(talk.count(Counter.SMB_TRANSACTION_PARTS_REFUSED)).isEqualTo(bad.length + 4);
        connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, rest));
        connection.response(smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly("SMB1 mkdir ok" + WHO + "path=[x] directory guessed");
        connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, rest));
        assertThat(talk.count(Counter.SMB_TRANSACTION_PARTS_REFUSED)).isEqualTo(bad.length + 5);
    }

    @Test
    void shouldRefuseOffsetsOf32BitsThatDoNotFit() {
        final byte[] parameters = path(53, "\\x");
        for (final int field : new int[] {3, 7, 11, 15, 19, 23, 27, 31}) {
            connection.request(smb.ntFirst(1, part(parameters, 0, 6, new byte[9], 0, 1)));
            final byte[] part = smb.ntNext(part(parameters, 6, 8, new byte[9], 1, 2));
            connection.request(SmbBytes.patch32(part, 33 + field, 0x7FFF_FFFF));
            connection.request(SmbBytes.patch32(part, 33 + field, -1));
        }
        assertThat(talk.count(Counter.SMB_TRANSACTION_PARTS_REFUSED)).isEqualTo(16);
        assertThat(talk.count(Counter.SMB_TRANSACTIONS_INCOMPLETE)).isEqualTo(7);
    }

    @Test
    void shouldForgetTheTransactionThatWasSpokenOfLeastLatelyAboveTheLimit() {
        final byte[] parameters = path(4, "\\many");
        for (int i = 0; i <= SmbState.MOST_TRANSACTIONS; i++) {
            connection.request(
                smb.multiplex(i).first(Smb1Commands.TRANSACTION2, Smb1Commands.CREATE_DIRECTORY2, part(parameters, 0, 6, NONE, 0, 0)));
        }
        assertThat(talk.count(Counter.SMB_TRANSACTIONS_EVICTED)).isEqualTo(1);
        final byte[] rest = smb.multiplex(1).next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 6, parameters.length, NONE, 0, 0));
        connection.exchange(rest, smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly("SMB1 mkdir ok" + WHO + "path=[many] directory guessed");
        talk.end();
        assertThat(talk.count(Counter.SMB_TRANSACTIONS_INCOMPLETE)).isEqualTo(SmbState.MOST_TRANSACTIONS - 1);
        assertThat(talk.lines()).isEmpty();
    }

    /** What no record holds is not kept, however long it is. */
    @Test
    void shouldReadTheHeadOfWhatIsLong() {
        final byte[] parameters = new SmbBytes().number16(0x201).zeros(4).utf16("\\link").number16(0).toBytes();
        final byte[] data = path(0, "t".repeat(25_000));
        connection.request(smb.first(Smb1Commands.TRANSACTION2, Smb1Commands.SET_PATH_INFORMATION, part(parameters, 0, 18, data, 0, 900)));
        for (int at = 900; at < data.length; at += 1_000) {
            connection.request(
                smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 18, 18, data, at, Math.min(data.length, at + 1_000))));
        }
        connection.response(smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).singleElement().asString().startsWith("SMB1 symlink ok" + WHO + "path=[link] to=[ttttt")
            .contains("path-cut");
    }

    @Test
    void shouldCountAnAnswerInPartsOnce() {
        final byte[] parameters = new SmbBytes().zeros(12).utf16("\\d\\*").number16(0).toBytes();
        connection.request(smb.transaction2(Smb1Commands.FIND_FIRST2, parameters, NONE));
        final byte[] found = new byte[10];
        final byte[] entries = new byte[3_000];
        connection.response(smb.answer(part(found, 0, 10, entries, 0, 1_000)));
        smb.status(0xC000_0022);
        connection.response(smb.answer(part(found, 10, 10, entries, 1_000, 2_000)));
        connection.response(smb.answer(part(found, 10, 10, entries, 2_000, 3_000)));
        assertThat(talk.end().lines()).containsExactly("SMB1 list ok" + WHO + "path=[d] guessed");
    }

    @Test
    void shouldWaitForTheHandleInAnAnswerInParts() {
        connection.request(smb.ntFirst(1, part(path(53, "\\f"), 0, 59, NONE, 0, 0)));
        final byte[] parameters = ntCreated();
        connection.response(smb.ntAnswer(part(parameters, 0, 3, new byte[4], 0, 0)));
        connection.response(smb.ntAnswer(part(parameters, 60, 69, new byte[4], 0, 4)));
        connection.response(smb.ntAnswer(part(parameters, 3, 60, new byte[4], 4, 4)));
        connection.exchange(smb.write(9, 50), smb.written(50));
        connection.exchange(smb.close(9), smb.done(Smb1Commands.CLOSE));
        assertThat(talk.lines()).singleElement().asString().contains(" create ok ").contains(" written=50/1 size=700/-1 guessed created");
    }

    @Test
    void shouldLeaveOutPartsOfPipeTransactionsThatSayNothing() {
        connection.request(smb.first(Smb1Commands.TRANSACTION, 0x26, part(NONE, 0, 0, new byte[9], 0, 4)));
        goOn(Smb1Commands.TRANSACTION);
        connection.request(smb.next(Smb1Commands.TRANSACTION_SECONDARY, part(NONE, 0, 0, new byte[9], 4, 9)));
        connection.response(smb.done(Smb1Commands.TRANSACTION));
        assertThat(talk.count(Counter.SMB_TRANSACTIONS_JOINED)).isEqualTo(1);
        assertThat(talk.end().lines()).isEmpty();
    }

    /** Property: however a transaction is cut, and in whatever order its parts come, it says the same. */
    @Test
    void shouldTellTheSameHoweverATransactionIsCut() {
        final SplittableRandom random = new SplittableRandom(3);
        final byte[] parameters = new SmbBytes().number16(0x203).zeros(4).utf16("\\dir\\name of it").number16(0).toBytes();
        final byte[] data = path(0, "dir\\another name");
        for (int i = 0; i < 500; i++) {
            final int parameterCut = random.nextInt(parameters.length + 1);
            final int dataCut = random.nextInt(data.length + 1);
            final boolean isSwapped = random.nextBoolean();
            final Part one = part(parameters, 0, parameterCut, data, dataCut, data.length);
            final Part two = part(parameters, parameterCut, parameters.length, data, 0, dataCut);
            connection.request(smb.multiplex(i).first(Smb1Commands.TRANSACTION2, Smb1Commands.SET_PATH_INFORMATION, part(parameters, 0, 0, data, 0, 0)));
            connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, isSwapped ? two : one));
            connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, isSwapped ? one : two));
            connection.response(smb.transaction2Done(new byte[2]));
            assertThat(talk.lines()).as("cut at " + parameterCut + " and " + dataCut)
                .containsExactly("SMB1 link ok" + WHO + "path=[dir\\name of it] to=[dir\\another name] guessed");
        }
    }

    @Test
    void shouldTruncateToWhatASizeInPartsSays() {
        connection.exchange(smb.ntCreate("\\big", 1, 0), smb.ntCreated(5, OPENED, 100_000, false));
        final byte[] parameters = new SmbBytes().number16(5).number16(SET_END_OF_FILE).number16(0).toBytes();
        final byte[] data = new SmbBytes().number64(70_000).toBytes();
        connection.request(smb.first(Smb1Commands.TRANSACTION2, Smb1Commands.SET_FILE_INFORMATION, part(parameters, 0, 6, data, 0, 2)));
        goOn(Smb1Commands.TRANSACTION2);
        connection.request(smb.next(Smb1Commands.TRANSACTION2_SECONDARY, part(parameters, 6, 6, data, 2, 8)));
        connection.response(smb.transaction2Done(new byte[2]));
        assertThat(talk.lines()).containsExactly("SMB1 truncate ok" + WHO + "path=[big] size=100000/70000 guessed");
    }
}
