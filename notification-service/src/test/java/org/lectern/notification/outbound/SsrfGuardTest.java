package org.lectern.notification.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No spelling of an address can make this service call its own network. */
class SsrfGuardTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final SsrfGuard production = new SsrfGuard(false, List.of(443, 8443), List.of(), List.of(), List.of());
    private final SsrfGuard development =
            new SsrfGuard(true, List.of(), List.of("127.0.0.0/8", "::1/128"), List.of(), List.of("localhost"));

    @ParameterizedTest
    @CsvSource({
        "https://alerts.example.org, https://alerts.example.org/",
        "https://ALERTS.example.org./hook?a=1, https://alerts.example.org/hook?a=1",
        "https://alerts.example.org:443/hook, https://alerts.example.org/hook",
        "https://alerts.example.org:8443/hook, https://alerts.example.org:8443/hook",
        "HTTPS://xn--fsqu00a.xn--fiqs8s/, https://xn--fsqu00a.xn--fiqs8s/",
        "https://alerts.example.org/@a, https://alerts.example.org/@a"
    })
    void aPublicNameIsKeptInOneForm(String written, String kept) {
        assertThat(production.parse(written)).map(Destination::asText).hasValue(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "alerts.example.org",
                "//alerts.example.org/",
                "http://alerts.example.org/",
                "ftp://alerts.example.org/",
                "file:///etc/passwd",
                "gopher://alerts.example.org/",
                "jar:https://alerts.example.org/!/",
                "https:alerts.example.org",
                "https:///hook",
                "https://alerts.example.org:22/",
                "https://alerts.example.org:0/",
                "https://alerts.example.org:65536/",
                "https://alerts.example.org:443:80/",
                "https://alerts.example.org:/",
                "https://user@alerts.example.org/",
                "https://alerts.example.org@127.0.0.1/",
                "https://127.0.0.1#@alerts.example.org/",
                "https://alerts.example.org/#fragment",
                "https://alerts.example.org\\@127.0.0.1/",
                "https://alerts.example.org/a b",
                "https://alerts.example.org/\nx",
                "https://alerts.example.org\t/",
                "https://alerts%2eexample.org/",
                "https://127.0.0.1/",
                "https://127.0.0.1./",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://0177.0.0.1/",
                "https://0177.0.0.01/",
                "https://8.8.8.8/",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[fe80::1%25eth0]/",
                "https://[fd00:ec2::254]/",
                "https://0.0.0.0/",
                "https://169.254.169.254/latest/meta-data",
                "https://localhost/",
                "https://LOCALHOST/",
                "https://localhost./",
                "https://x.localhost/",
                "https://ⓛocalhost/",
                "https://printer.local/",
                "https://metadata.google.internal/",
                "https://kubernetes.default.svc/",
                "https://kubernetes.default.svc.cluster.local/",
                "https://kafka/",
                "https://-x.example.org/",
                "https://例子.中国/"
            })
    void anythingElseIsRefusedWhenItIsEntered(String written) {
        assertThat(production.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::ffff:a9fe:a9fe",
                "::7f00:1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void anAddressThatIsNotPublicIsNeverDialled(String address) throws Exception {
        assertThat(production.mayDial(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "114.114.114.114",
                "172.15.255.255",
                "172.32.0.1",
                "100.128.0.1",
                "192.0.1.1",
                "2400:3200::1",
                "2606:4700::1111"
            })
    void aPublicAddressIsDialled(String address) throws Exception {
        assertThat(production.mayDial(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void mappedAddress_isCheckedByItsIpv4Address() {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 127;
        mapped[15] = 1;
        assertThat(PublicAddresses.contain(mapped)).isFalse();
        mapped[12] = 8;
        assertThat(PublicAddresses.contain(mapped)).isTrue();
    }

    @Test
    void developmentMayCallItselfAndNothingElseOfItsNetwork() throws Exception {
        assertThat(development.parse("http://localhost:9999/hook")).isPresent();
        assertThat(development.parse("http://127.0.0.1:9999/hook")).isPresent();
        assertThat(development.parse("http://[::1]:9999/hook")).isPresent();
        assertThat(development.parse("http://10.0.0.1/hook")).isEmpty();
        assertThat(development.mayDial(InetAddress.getByName("127.0.0.1"))).isTrue();
        assertThat(development.mayDial(InetAddress.getByName("10.0.0.1"))).isFalse();
    }

    @Test
    void aNetworkOfTheClusterCanBeDeniedThoughItIsPublic() throws Exception {
        var rules = new SsrfGuard(false, List.of(443), List.of(), List.of("8.8.8.0/24"), List.of());
        assertThat(rules.mayDial(InetAddress.getByName("8.8.8.8"))).isFalse();
        assertThat(rules.mayDial(InetAddress.getByName("8.8.4.4"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120|2026-11-23T12:02:00Z",
                "99999999|2026-11-23T18:00:00Z",
                "99999999999999999999|2026-11-23T18:00:00Z",
                "Mon, 23 Nov 2026 12:30:00 GMT|2026-11-23T12:30:00Z",
                "Fri, 31 Dec 2027 23:59:59 GMT|2026-11-23T18:00:00Z"
            })
    void retryAfterIsHonouredWithinReason(String header, Instant until) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(until);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "soon", "Mon, 23 Nov 2026 11:30:00 GMT"})
    void aRetryAfterThatMakesNoSenseIsIgnored(String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }
}
