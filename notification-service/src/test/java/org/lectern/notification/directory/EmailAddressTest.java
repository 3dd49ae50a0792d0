package org.lectern.notification.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmailAddressTest {

    @Test
    void theDomainIsKeptInLowerCaseAscii() {
        assertThat(EmailAddress.parse("Ann.Lee+x@Example.ORG").map(EmailAddress::asText))
                .hasValue("Ann.Lee+x@example.org");
        assertThat(EmailAddress.parse("a@bücher.example").map(EmailAddress::asText))
                .hasValue("a@xn--bcher-kva.example");
    }

    @Test
    void anAddressIsMaskedWhereItIsNotNeeded() {
        assertThat(EmailAddress.masked("branch@example.org")).isEqualTo("b***@example.org");
        assertThat(EmailAddress.parse("branch@example.org").orElseThrow().toString())
                .isEqualTo("b***@example.org");
    }
}
