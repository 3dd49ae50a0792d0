package org.lectern.notification.portal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lectern.notification.support.ServiceTest;
import org.lectern.testing.AbstractPageTest;

@ServiceTest
class PageTest extends AbstractPageTest {

    PageTest() {
        super("/portal");
    }

    @Test
    void theWorker_keepsEveryFileOfTheFrame() {
        Response worker = given().get("/portal/worker.js");
        worker.then().statusCode(200).contentType("text/javascript").header("Cache-Control", "no-cache");
        assertThat(worker.header("Service-Worker-Allowed")).isEqualTo("/portal");
        String script = worker.asString();
        assertThat(files().keySet())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(script).contains("\"" + file + "\""));
    }

    @ParameterizedTest
    @CsvSource({"en, Lectern for branches", "zh-CN, 宣讲通知"})
    void theManifest_isInTheLanguageAndItsIconsExist(String language, String name) {
        Response manifest = given().header("Accept-Language", language).get("/portal/app.webmanifest");
        manifest.then().statusCode(200).contentType("application/manifest+json");
        Map<String, Object> app = manifest.jsonPath().getMap("");
        assertThat(app)
                .containsEntry("name", name)
                .containsEntry("lang", language)
                .containsEntry("scope", "/portal");
        List<Map<String, String>> icons = manifest.jsonPath().getList("icons");
        assertThat(icons)
                .isNotEmpty()
                .allSatisfy(icon ->
                        given().get(icon.get("src")).then().statusCode(200).contentType(icon.get("type")));
    }

    @Test
    void anUnknownIcon_isNotFound() {
        given().get("/portal/icons/..%2fworker.js").then().statusCode(404);
        given().get("/portal/icons/none.png").then().statusCode(404);
    }
}
