package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link ImageIT} asks the kernel can also be answered otherwise. */
class ConfinementTest {

    private static final String STATUS = """
            Name:\tjava
            Uid:\t10001\t10001\t10001\t10001
            Gid:\t10001\t10001\t10001\t10001
            CapInh:\t0000000000000000
            CapPrm:\t0000000000000000
            CapEff:\t0000000000000000
            CapBnd:\t0000000000000000
            CapAmb:\t0000000000000000
            NoNewPrivs:\t1
            Seccomp:\t2
            """;

    private static final String MOUNTS = """
            600 500 0:50 /rootfs / ro,relatime - overlay overlay rw
            601 600 0:51 / /proc rw,relatime - proc proc rw
            602 600 0:52 / /tmp rw,nosuid,nodev - tmpfs tmpfs rw,size=131072k
            603 600 0:50 /app /lectern/app ro,relatime - ext4 /dev/sda rw
            """;

    private static List<String> escapes(String status, String mounts) {
        return new Confinement(status, mounts).escapes(10001, List.of("/tmp"));
    }

    @Test
    void confinedProcess_escapesNothing() {
        assertThat(escapes(STATUS, MOUNTS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'Uid:\t10001', 'Uid:\t0', Uid",
        "'Gid:\t10001\t10001', 'Gid:\t10001\t0', Gid",
        "'CapEff:\t0000000000000000', 'CapEff:\t0000000000001000', CapEff",
        "'CapBnd:\t0000000000000000', 'CapBnd:\t00000000a80425fb', CapBnd",
        "'NoNewPrivs:\t1', 'NoNewPrivs:\t0', NoNewPrivs",
        "'Seccomp:\t2', 'Seccomp:\t0', Seccomp",
        "'Seccomp:\t2', '', Seccomp"
    })
    void looserProcess_isFound(String tight, String loose, String found) {
        assertThat(STATUS).contains(tight);
        assertThat(escapes(STATUS.replace(tight, loose), MOUNTS))
                .singleElement()
                .asString()
                .startsWith(found);
    }

    @ParameterizedTest
    @CsvSource({
        "'/ ro,relatime', '/ rw,relatime', /",
        "'/lectern/app ro', '/lectern/app rw', /lectern/app",
        "'/tmp rw', '/tmp ro', /tmp",
        "'/tmp rw', '/var rw', nothing is mounted at /tmp"
    })
    void looserMount_isFound(String tight, String loose, String found) {
        assertThat(MOUNTS).contains(tight);
        assertThat(escapes(STATUS, MOUNTS.replace(tight, loose)))
                .singleElement()
                .asString()
                .startsWith(found);
    }
}
