package org.lectern.notification.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Test
    void theDomainIsKeptInLowerCaseAscii() {
        assertThat(EmailAddress.parse("Ann.Lee+x@Example.ORG").map(EmailAddress::asText))
                .hasValue("Ann.Lee+x@example.org");
        assertThat(EmailAddress.parse("a@bücher.example").map(EmailAddress::asText))
                .hasValue("a@xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "用户@example.org",
                "a@faß.example",
                "a@βόλος.example",
                "a@x\u200dy.example",
                "a b@example.org",
                "a@example.org\r\nBcc: b@example.org",
                "a@example.org, b@example.org",
                "<a@example.org>",
                "\"a b\"@example.org",
                "a@localhost",
                "a@[127.0.0.1]",
                "a\u0000@example.org"
            })
    void addressThatMailServersMayNotKnow_isRefused(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void anAddressIsMaskedWhereItIsNotNeeded() {
        assertThat(EmailAddress.masked("branch@example.org")).isEqualTo("b***@example.org");
        assertThat(EmailAddress.parse("branch@example.org").orElseThrow().toString())
                .isEqualTo("b***@example.org");
    }
}
