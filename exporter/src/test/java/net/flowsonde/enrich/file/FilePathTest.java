package net.flowsonde.enrich.file;

import static org.assertj.core.api.Assertions.assertThat;

import net.flowsonde.dpi.FileProtocol;
import org.junit.jupiter.api.Test;

class FilePathTest {
    @Test
    void shouldLeaveOutTheStreamOfAFileOfSmb() {
        assertThat(FilePath.of(FileProtocol.SMB3_1_1, "docs\\plan.txt:Zone.Identifier:$DATA").name()).isEqualTo("plan.txt");
        assertThat(FilePath.of(FileProtocol.SMB1, "docs/plan.txt").directory()).isEqualTo("docs");
    }

    /** Of NFS a colon and a backslash are characters as others are, and a file without a name is told by its handle. */
    @Test
    void shouldTellApartNamesOfNfs() {
        final FilePath path = FilePath.of(FileProtocol.NFS3, "/d/a:b\\c.txt");
        assertThat(path.directory()).isEqualTo("/d");
        assertThat(path.name()).isEqualTo("a:b\\c.txt");
        assertThat(FilePath.of(FileProtocol.NFS4_1, "<fh:38a4e9f6>").key()).isNotEqualTo(FilePath.of(FileProtocol.NFS4_1, "<fh:38a4e9f7>").key());
    }
}
