package org.lectern.notification.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.lectern.notification.confirmation.AskingBranch.anAddress;
import static org.lectern.notification.confirmation.AskingBranch.confirm;
import static org.lectern.notification.confirmation.AskingBranch.link;
import static org.lectern.notification.confirmation.AskingBranch.open;
import static org.lectern.notification.confirmation.AskingBranch.refuse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lectern.notification.support.MailServer;
import org.lectern.notification.support.ServiceTest;

/** The page where an owner confirms an address. */
@ServiceTest
class ConfirmationPageTest {

    private String address;

    @BeforeEach
    void anAddressNobodyKnows() {
        MailServer.up();
        address = anAddress();
    }

    @Test
    void page_namesTheRequesterInBothLanguages() {
        AskingBranch county = AskingBranch.of("云山县", "zh-CN", null);
        AskingBranch branch = AskingBranch.of("青石村", "zh-CN", county.id());
        branch.added(address);
        String link = link(address);

        open(link)
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .header("Content-Language", equalTo("zh-CN"))
                .body(containsString("<html lang=\"zh-CN\">"))
                .body(containsString("<h1>是否用此邮箱接收青石村（云山县）的宣讲通知？</h1>"))
                .body(containsString("宣讲安排、变更、取消的通知与提醒，以及宣讲申请的答复"))
                .body(containsString("是，同意接收"), containsString("与我无关"))
                .body(containsString("href=\"?lang=en\""));
        open(link + "?lang=en")
                .statusCode(200)
                .header("Content-Language", equalTo("en"))
                .body(containsString("<html lang=\"en\">"))
                .body(containsString("<h1>Send notices for 青石村 (云山县) to this address?</h1>"))
                .body(containsString("booked, changed or cancelled"))
                .body(containsString("Yes, send notices here"), containsString("Not my address"));
    }

    @Test
    void everyState_isShownInBothLanguages() {
        AskingBranch branch = AskingBranch.speaking("zh-CN");
        branch.added(address);
        String confirmed = link(address);
        confirm(confirmed + "?lang=en").statusCode(303).header("Location", equalTo(confirmed + "?lang=en"));
        open(confirmed).body(containsString("已于"), not(containsString("<button")));
        open(confirmed + "?lang=en").body(containsString("Confirmed on"), not(containsString("<button")));

        String other = anAddress();
        branch.added(other);
        String refused = link(other);
        refuse(refused).statusCode(303);
        open(refused).body(containsString("您已说明此邮箱与您无关"), not(containsString("<button")));
        open(refused + "?lang=en")
                .body(containsString("You stated that this is not your address"), not(containsString("<button")));
    }

    @Test
    void page_letsNothingInAndMasksTheAddress() {
        AskingBranch branch = AskingBranch.of("<script>alert(1)</script>\r\n\u202E{title} & \"", "en", null);
        branch.added(address);
        String link = link(address);

        var answer = open(link).statusCode(200);
        String page = answer.extract().asString();
        assertThat(page)
                .contains(
                        "&lt;script&gt;alert(1)&lt;/script&gt; {title} &amp; &quot;",
                        address.charAt(0) + "***@example.org")
                .doesNotContain("<script", "http://", "https://", address, "\u202E");
        String nonce = page.replaceAll("(?s).*<style nonce=\"([^\"]+)\".*", "$1");
        answer.header(
                        "Content-Security-Policy",
                        equalTo("default-src 'none'; style-src 'nonce-" + nonce
                                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("Cache-Control", equalTo("no-store"))
                .header("X-Robots-Tag", containsString("noindex"))
                .header("X-Content-Type-Options", equalTo("nosniff"));
        assertThat(open(link).extract().asString()).doesNotContain(nonce);
    }
}
