package org.lectern.notification.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractDoctorTest;

@ServiceTest
class DoctorTest extends AbstractDoctorTest {

    DoctorTest() {
        super(ServiceNeeds.NEEDS, "lectern.acknowledgements", "triggers_endpoint");
    }

    /** The mail server; no client connects to it. */
    private static ServerSocket mail;

    @BeforeAll
    static void listen() throws IOException {
        mail = new ServerSocket(0);
    }

    @AfterAll
    static void close() throws IOException {
        mail.close();
    }

    @Override
    protected Map<String, String> ownSettings() {
        return Map.of(
                "lectern.secrets.keys",
                        running.getOptionalValue("lectern.secrets.keys", String.class)
                                .orElse("x"),
                "lectern.public-url",
                        running.getOptionalValue("lectern.public-url", String.class)
                                .orElse("x"),
                "lectern.mail.host", "localhost",
                "lectern.mail.port", Integer.toString(mail.getLocalPort()));
    }

    @Test
    void unreachableMailServer_isNamed() {
        assertThat(ills(Map.of("lectern.mail.port", "1")))
                .singleElement()
                .satisfies(ill -> assertThat(ill.what()).contains("The mail server does not answer at localhost:1"));
    }

    @Test
    void mailServerIsSoughtAtPort25_unlessSetOtherwise() {
        assertThat(ills(Map.of("lectern.mail.host", "mail.invalid", "lectern.mail.port", "")))
                .singleElement()
                .satisfies(ill -> assertThat(ill.what()).contains("does not answer at mail.invalid:25"));
        assertThat(ills(Map.of("lectern.mail.host", "", "lectern.mail.port", "")))
                .singleElement()
                .satisfies(ill -> assertThat(ill.what()).isEqualTo("LECTERN_MAIL_HOST is not set"));
    }
}
