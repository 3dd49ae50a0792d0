package org.lectern.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.lectern.acceptance.LocalStack;

/**
 * The product as started processes and one browser, for all tests of the console. With
 * {@code -Dlectern.console.stack=…/stack.properties} the tests use a stack that runs already.
 */
public final class Stage implements AutoCloseable {

    /** Long, because a busy machine must not fail a test. */
    public static final double PATIENCE = 60_000;

    private final LocalStack stack;
    private final Playwright playwright;
    private final Browser browser;
    private final Map<Person, String> signedIn = new EnumMap<>(Person.class);

    private Stage(LocalStack stack, Playwright playwright, Browser browser) {
        this.stack = stack;
        this.playwright = playwright;
        this.browser = browser;
    }

    public static Stage start(Path chromium) throws IOException {
        String running = System.getProperty("lectern.console.stack", "");
        LocalStack stack = running.isEmpty() ? LocalStack.start() : LocalStack.running(Path.of(running));
        try {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium)
                            .setTimeout(PATIENCE)
                            .setArgs(List.of(
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync")));
            return new Stage(stack, playwright, browser);
        } catch (RuntimeException | Error e) {
            stack.close();
            throw e;
        }
    }

    public LocalStack stack() {
        return stack;
    }

    public String origin() {
        return stack.address("scheduler");
    }

    /** Another host than the console's: cookies know no ports, so both would share one session. */
    public String portalOrigin() {
        return stack.address("notification").replace("//localhost", "//127.0.0.1");
    }

    /** Signs in as a person of a branch that the sign-in page does not offer. */
    static void signInFor(Page page, Scene.Entry branch) {
        signIn(
                page,
                branch.code(),
                Map.of(
                        "name",
                        "Ann of " + branch.code(),
                        "roles",
                        List.of("branch"),
                        "branches",
                        List.of(branch.code())));
    }

    /** Signs in as a lecturer that the sign-in page does not offer. */
    static void signInAs(Page page, Scene.Entry lecturer) {
        signIn(
                page,
                lecturer.code(),
                Map.of("name", lecturer.name(), "roles", List.of("lecturer"), "lecturer", lecturer.code()));
    }

    /** Signs in as a person who is a lecturer and belongs to a branch as well. */
    static void signInAs(Page page, Scene.Entry lecturer, Scene.Entry branch) {
        signIn(
                page,
                lecturer.code(),
                Map.of(
                        "name",
                        lecturer.name(),
                        "roles",
                        List.of("lecturer", "branch"),
                        "lecturer",
                        lecturer.code(),
                        "branches",
                        List.of(branch.code())));
    }

    private static void signIn(Page page, String code, Map<String, Object> claims) {
        assertThat(page.locator("input[name=claims]").first()).isAttached();
        page.evaluate("""
                ([code, claims]) => {
                  const form = document.forms[0];
                  form.elements.username.value = "of." + code.toLowerCase();
                  form.elements.claims.value = JSON.stringify(claims);
                  form.submit();
                }""", List.of(code, claims));
    }

    /** A window of a person who has signed in before. */
    public BrowserContext signedIn(Person person, Look look) {
        return browser.newContext(look.options().setStorageState(state(person)));
    }

    /** A window of a user who has not signed in. */
    public BrowserContext visitor(Look look) {
        return browser.newContext(look.options());
    }

    private String state(Person person) {
        String known = signedIn.get(person);
        if (known == null) {
            try (BrowserContext context = visitor(Look.DESKTOP)) {
                Page page = context.newPage();
                page.setDefaultTimeout(PATIENCE);
                page.navigate(origin() + "/console");
                choose(page, person);
                assertThat(page.getByRole(AriaRole.BANNER)).isVisible();
                known = context.storageState();
            }
            signedIn.put(person, known);
        }
        return known;
    }

    /** Chooses a person on the sign-in page. */
    public static void choose(Page page, Person person) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(person.choice())))
                .click();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        stack.close();
    }
}
