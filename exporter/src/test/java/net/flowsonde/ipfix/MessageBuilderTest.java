package net.flowsonde.ipfix;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessageBuilderTest {
    private static final UnsafeBuffer RECORD = new UnsafeBuffer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});

    @Test
    void shouldWriteHeaderSetsAndPadding() {
        final MessageBuilder message = new MessageBuilder(MessageForm.IPFIX, 512);
        write(message, 256, 5, true);
        write(message, 256, 5, true);
        write(message, 257, 6, true);
        assertThat(message.dataRecords()).isEqualTo(3);
        final int length = message.finish(new MessageStamp(0xFFFF_FFFEL, new UpTime()).at(1_000 * 0x66554433L), 0x01020304);
        assertThat(Hex.of(message.buffer(), 0, length)).isEqualTo(
            "000a 002c 6655 4433 0102 0304 ffff fffe "
                + "0100 0010 0102 0304 0501 0203 0405 0000 "
                + "0101 000c 0102 0304 0506 0000");
    }

    @Test
    void shouldNotPadSetsOfRecordsThatAreAsShortAsPadding() {
        final MessageBuilder message = new MessageBuilder(MessageForm.IPFIX, 512);
        assertThat(message.append(517, RECORD, 3)).isTrue();
        assertThat(Hex.of(message.buffer(), 16, message.finish(new MessageStamp(0, new UpTime()).at(0), 0) - 16)).isEqualTo("0205 0007 0102 03");
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndPadOnlyWhereThereIsRoom() {
        final MessageBuilder message = new MessageBuilder(MessageForm.IPFIX, 16 + 4 + 11);
        assertThat(message.maxRecordLength()).isEqualTo(11);
        assertThat(message.reserve(256, 12, true)).isEqualTo(MessageBuilder.NO_ROOM);
        write(message, 256, 11, true);
        assertThat(message.reserve(256, 1, true)).isEqualTo(MessageBuilder.NO_ROOM);
        assertThat(message.reserve(257, 1, true)).isEqualTo(MessageBuilder.NO_ROOM);
        assertThat(message.finish(new MessageStamp(0, new UpTime()).at(0), 0)).isEqualTo(31);
    }

    @Test
    void shouldFinishAgainWithOtherNumbersAndBeginAnew() {
        final MessageBuilder message = new MessageBuilder(MessageForm.IPFIX, 512);
        write(message, 256, 8, true);
        message.finish(new MessageStamp(1, new UpTime()).at(1_000 * 1), 1);
        assertThat(message.finish(new MessageStamp(4, new UpTime()).at(1_000 * 2), 3)).isEqualTo(28);
        assertThat(Hex.of(message.buffer(), 0, 16)).isEqualTo("000a 001c 0000 0002 0000 0003 0000 0004");
        message.reset();
        assertThat(message.isEmpty()).isTrue();
        assertThat(message.dataRecords()).isZero();
    }

    @Test
    void shouldGiveEachOptionsTemplateASetOfItsOwn() {
        final OptionsElements options = new OptionsElements(new OwnElements(32_473), ProfileReader.read("native"));
        final MessageBuilder message = new MessageBuilder(MessageForm.IPFIX, 512);
        message.append(options.tunnelTypes);
        message.append(options.teardownReasons);
        final int length = message.finish(new MessageStamp(0, new UpTime()).at(0), 0);
        assertThat(message.dataRecords()).isZero();
        assertThat(Hex.of(message.buffer(), 16, length - 16)).isEqualTo(
            "0003 001a 0206 0002 0001 80a0 0001 0000 7ed9 80c4 ffff 0000 7ed9 "
                + "0003 001a 0205 0002 0001 8020 0001 0000 7ed9 80c3 ffff 0000 7ed9");
    }

    private static void write(final MessageBuilder message, final int setId, final int length, final boolean isPadded) {
        final int offset = message.reserve(setId, length, isPadded);
        message.buffer().putBytes(offset, RECORD, 0, length);
        message.commit(offset + length);
    }
}
